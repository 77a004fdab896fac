"""Finding clauses, completions while typing, answers to questions."""

from litestar import get
from litestar.di import NamedDependency
from msgspec.structs import replace

from api.doc import Doc, Given, documented
from policyhub.services.answers import AnswersQuery, AnswersView, answer
from policyhub.services.search import (
    SearchAnswer,
    SearchQuery,
    SuggestAnswer,
    SuggestQuery,
    search,
    suggest,
)
from policyhub.services.standard_answers import with_standard_answers


@get(
    "/search",
    sync_to_thread=True,
    opt=documented(
        Doc(
            id="search",
            tag="检索",
            summary="检索条款",
            description="文号条号（19号15条、民间投资 15）、字词、整句话、拼音（全拼、首字母）、错别字、口头说法都可以；"
            "引号里的要原样出现，减号后面的不要。几个词先要求都有，没有时放宽并说明放宽了什么（relaxed）。"
            "每条说明为什么找到（why）、读成了什么（understood.readings），facets 是各项分面的数量。",
            query=SearchQuery,
            answer=SearchAnswer,
            example=lambda services: replace(
                search(services.snapshot, SearchQuery(q="工业用地 容积率", limit=1), services.today()),
                took_ms=5.0,
            ),
            problems=(400, 406),
        )
    ),
)
def get_search(services: Given, asked: NamedDependency[SearchQuery]) -> SearchAnswer:
    return search(services.snapshot, asked, asked.as_of or services.today())


@get(
    "/suggest",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="suggest",
            tag="检索",
            summary="边打边补全",
            description="条款标题、措施、责任单位、文件名称和条文用词，按文字、全拼或首字母补全；文号条号直接给出条款。",
            query=SuggestQuery,
            answer=SuggestAnswer,
            example=lambda services: suggest(services.snapshot, SuggestQuery(q="gf", limit=3)),
            problems=(400, 406),
        )
    ),
)
def get_suggest(services: Given, asked: NamedDependency[SuggestQuery]) -> SuggestAnswer:
    return suggest(services.snapshot, asked)


@get(
    "/answers",
    sync_to_thread=True,
    opt=documented(
        Doc(
            id="answers",
            tag="检索",
            summary="回答一个问题",
            description="spoken 是可以照着说的一句（六十字以内），quote 是原话，units 是责任单位（第一个牵头），"
            "caution 是不能承诺的，ask 是要问来电人的事实，alternatives 是同样回答了问题的其他措施。"
            "文件没有回答时 found 为 false，related 只是相关条款，不是答案。triage 按晋市政办〔2023〕21号分流。",
            query=AnswersQuery,
            answer=AnswersView,
            example=lambda services: answer(
                services.snapshot, AnswersQuery(q="盖厂房买地能便宜多少"), services.today()
            ),
            problems=(400, 406),
            records=True,
        )
    ),
)
def get_answers(services: Given, asked: NamedDependency[AnswersQuery]) -> AnswersView:
    as_of = asked.as_of or services.today()
    found = answer(services.snapshot, asked, as_of)
    return with_standard_answers(found, services.snapshot.library, services.desk.records.answers, as_of)
