"""Matching profiles."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import RawBody

from api.doc import Doc, Given, documented
from api.examples import example
from api.metrics import Metrics
from policyhub.services.compare import CompareRequest, Comparison, compare
from policyhub.services.json_text import read_json
from policyhub.services.match import MatchAnswer, MatchRequest, match


@post(
    "/match",
    status_code=200,
    sync_to_thread=True,  # a long profile holds up nobody else
    opt=documented(
        Doc(
            id="match",
            tag="匹配",
            summary="按画像匹配措施",
            description="对画像里的每个对象判定每项措施：符合、待定或暂不符合，附原话、缺什么、谁认定、差距、责任单位；"
            "questions 是下一步最该问的事实；receipt 可供日后复核。所填内容不保存。",
            body=MatchRequest,
            examples=lambda _services: {
                "100MW 光伏项目": example("match-solar"),
                "只看一类对象、只看符合的": example("match-brief"),
            },
            answer=MatchAnswer,
            example=lambda services: match(services.snapshot, services.today, example("match-brief")),
            problems=(400, 406, 413, 415),
        )
    ),
)
def post_match(body: RawBody, services: Given, metrics: NamedDependency[Metrics]) -> MatchAnswer:
    answer = match(services.snapshot, services.today, read_json(body))
    metrics.found(answer.summary)
    return answer


@post(
    "/match/compare",
    status_code=200,
    sync_to_thread=True,  # a long profile holds up nobody else
    opt=documented(
        Doc(
            id="compare",
            tag="匹配",
            summary="几个方案并排比较",
            description="二到四份画像并排，只列出结论、标签或得分不同的措施，以及不同的事实。",
            body=CompareRequest,
            examples=lambda _services: {"直埋与架空": example("compare")},
            answer=Comparison,
            example=lambda services: compare(services.snapshot, services.today, example("compare")),
            problems=(400, 406, 413, 415),
        )
    ),
)
def post_compare(body: RawBody, services: Given) -> Comparison:
    return compare(services.snapshot, services.today, read_json(body))
