"""The desk: what an agent needs for a call, whatever becomes of the records; codes and gaps handed over to it."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from api.app import build_app
from policyhub.bootstrap import Services, open_desk
from policyhub.services.acting import Act
from policyhub.services.call_codes import CONSENT, MOST_BYTES
from policyhub.services.desk import DeskView, desk_view
from policyhub.services.desk_handover import freeze, thaw
from policyhub.services.questionnaire import result_of
from policyhub.services.sheet import read_sheet
from policyhub.services.standard_answers import Seen, approve_card, submit_card, write_card
from policyhub.storage import Records, StandardAnswer, StorageError, not_connected, open_storage
from search_index.understand import MOST

Client = TestClient[Litestar]
FOUND, NOTHING, URGENT = "盖厂房买地能便宜多少", "贷款贴息给多少", "有人拿刀砍人"
MEASURE = "jszb-2023-19/15/land-floor-price"
PROFILE = '{"enterprise":{"所有制":"民营"},"projects":[{"建设地点":"泽州县"}]}'
LONG_AGO, UNTIL = date(2023, 6, 1), date(2033, 1, 1)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    storage = open_storage(f"sqlite:///{tmp_path}/desk.sqlite3")
    yield storage.records
    storage.close()


@pytest.fixture
def services(packaged: Services, records: Records) -> Services:
    """The packaged library with a desk of the test's own."""
    return replace(packaged, desk=open_desk(records, None, ()))


@pytest.fixture
def desk(services: Services) -> Iterator[Client]:
    with TestClient(build_app(services)) as client:
        yield client


def approved(services: Services, target: str, review_by: date = UNTIL) -> StandardAnswer:
    """A card that two persons have written and approved, long ago."""
    records, library = services.desk.records, services.snapshot.library
    author, other = (Act(who=who, now=services.desk.now(), today=LONG_AGO) for who in ("王芳", "李明"))
    draft = {"target": target, "question": "出让底价有没有优惠", "answer": "照条文答，能不能办由主管部门定。"}
    card = write_card(records.answers, library, {**draft, "review_by": str(review_by)}, author)
    submit_card(records.answers, Seen(card.id, 1), author)
    return approve_card(records.answers, library, Seen(card.id, 1), other)


def ask(client: Client, query: str, **given: str) -> str:
    response = client.get("/desk", params={"q": query, **given})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return response.text


def ticket(page: str, number: int = 1) -> str:
    found = re.search(rf'<textarea id="ticket-{number}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])


def gaps(records: Records) -> dict[str, int]:
    return {gap.query: gap.count for gap in records.gaps.listed(date.min, date.max)}


def viewed(services: Services, query: str) -> DeskView:
    view = desk_view(
        services.snapshot, services.desk.records.answers, query, services.today(), services.desk.now()
    )
    assert view
    return view


def test_an_answer_has_everything_for_a_call(desk: Client) -> None:
    """Said, quoted, cited, whom to turn to, what to ask, what not to promise, how fresh, whether in force."""
    page = ask(desk, FOUND)

    for words in ("百分之七十", "对支持类工业项目土地出让底价按最低价标准的 70％执行", "第二部分第15条", "派给谁",
                  "市规划和自然资源局", "牵头", "要问来电人", "这是工业项目吗？", "不能承诺", "不能答应能拿多少",
                  "还没有核准的口径", "效力待确认", "数据截至", "分流：12345"):  # fmt: skip
        assert words in page, words


def test_a_ticket_is_the_same_text_each_time(services: Services, desk: Client) -> None:
    """Plain, complete, in one order; only the time differs."""
    approved(services, MEASURE)
    first, second = (ticket(ask(desk, FOUND)) for _ in range(2))
    lines = first.splitlines()

    assert lines[:-1] == second.splitlines()[:-1]
    assert [line.partition("：")[0] for line in lines] == [
        "问题", "分流", "答复", "原话", "依据", "责任单位", "不能承诺1", "不能承诺2", "不能承诺3", "口径",
        "政策库版本",
    ]  # fmt: skip
    assert "晋市政办〔2023〕19号 第二部分第15条 强化用地保障" in first
    assert "市规划和自然资源局（牵头）、市发展改革委、市能源局" in first
    assert services.snapshot.short in lines[-1]
    assert re.search(r"按2023年7月1日的条文；答复时间：\d{4}年\d+月\d+日 \d\d:\d\d$", lines[-1])


def test_standard_answers_stand_beside_the_clause(services: Services, desk: Client) -> None:
    """With who wrote and approved them; the quotation stays."""
    approved(services, MEASURE)
    page = ask(desk, FOUND)

    assert "王芳撰写，李明核准" in page
    assert "已核准" in page
    assert "对支持类工业项目土地出让底价" in page
    assert "还没有核准的口径" not in page.partition('id="choice-2"')[0]


def test_a_card_for_this_very_question_is_shown_first(services: Services, desk: Client) -> None:
    """Under the words of the clause, never instead of them; punctuation makes no other question."""
    approved(services, MEASURE)
    page = ask(desk, "出让底价有没有优惠？").partition('id="choice-2"')[0]

    assert 0 < page.index('class="spoken"') < page.index("正好有核准的口径") < page.index("<h3>原话</h3>")
    assert "正好有核准的口径" not in ask(desk, FOUND)


def test_a_card_closes_the_gap_that_it_was_written_for(services: Services, desk: Client) -> None:
    """Though no clause answers the question: in its own words, with what it stands on, and in the ticket."""
    records, library = services.desk.records, services.snapshot.library
    author, other = (Act(who=who, now=services.desk.now(), today=LONG_AGO) for who in ("王芳", "李明"))
    draft = {"target": MEASURE, "question": NOTHING, "answer": "这些文件没有写，请向经办窗口核实。"}
    card = write_card(records.answers, library, {**draft, "review_by": str(UNTIL)}, author)
    submit_card(records.answers, Seen(card.id, 1), author)
    before = ask(desk, NOTHING)
    approve_card(records.answers, library, Seen(card.id, 1), other)
    page = ask(desk, NOTHING)

    assert draft["answer"] not in before
    assert f'<p class="spoken">{draft["answer"]}</p>' in page
    assert library.measures[MEASURE].title in page
    assert draft["answer"] in ticket(page, 0)


def test_an_overdue_card_says_so_and_goes_into_no_ticket(services: Services, desk: Client) -> None:
    """Shown in amber and in words."""
    approved(services, MEASURE, date(2023, 6, 15))
    page = ask(desk, FOUND)

    assert "过了复核日期" in page
    assert "口径：" not in ticket(page)


def test_a_clause_has_the_cards_of_its_measures(services: Services) -> None:
    """And a measure those of its clause, after its own; another clause has none."""
    approved(services, MEASURE)
    own = viewed(services, "19号15条").choices[0]

    assert [card.version.target for card in own.cards] == [MEASURE]
    assert own.measures
    assert viewed(services, "19号16条").choices[0].cards == ()


def test_records_that_cannot_be_read_stop_nothing(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """The clause is answered; that the standard answers are missing is said, and nothing is said to be logged."""
    with TestClient(build_app(replace(services, desk=open_desk(not_connected(), None, ())))) as client:
        assert "口径暂时打不开" in ask(client, FOUND)
        assert "读不到口径" in caplog.text
        page = ask(client, NOTHING)
        flagged = client.post("/desk/flag", data={"what": MEASURE, "reason": "旧了", "q": FOUND})

    assert "查不到" in page
    assert "没有记上" in page
    assert (flagged.status_code, "没有记上" in flagged.text) == (503, True)
    assert 'value="旧了"' in flagged.text


class Away(NamedTuple):
    """Records of gaps or flags that are out for the first write."""

    store: Any
    failed: list[str]

    def note(self, *given: Any, **named: Any) -> Any:
        return self._write("note", *given, **named)

    def add(self, flag: Any) -> Any:
        return self._write("add", flag)

    def _write(self, what: str, *given: Any, **named: Any) -> Any:
        if not self.failed:
            self.failed.append(what)
            raise StorageError("数据库没有完成这一步：out")
        return getattr(self.store, what)(*given, **named)


def test_what_was_not_stored_is_not_said_to_be(
    services: Services, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    """The second try counts, the third is a repeat; the log says what was out, and not what was asked."""
    out = replace(records, gaps=Away(records.gaps, []), flags=Away(records.flags, []))
    flagged = {"what": MEASURE, "pick": "已经过时", "q": FOUND}
    with TestClient(build_app(replace(services, desk=open_desk(out, None, ())))) as client:
        noted = [client.post("/desk/gap", data={"q": NOTHING}).text for _ in range(3)]
        flags = [client.post("/desk/flag", data=flagged).text for _ in range(3)]

    for (first, second, third), done in ((noted, "已登记"), (flags, "已标记")):
        assert "没有记上" in first
        assert done in second
        assert "不重复" in third
    assert gaps(records) == {NOTHING: 1}
    assert len(records.flags.listed()) == 1
    assert caplog.text.count("out") == 2
    assert NOTHING not in caplog.text
    assert FOUND not in caplog.text


@pytest.mark.parametrize("query", ["你好", "a", "😀", "12345"])
def test_what_says_nothing_is_not_logged_unasked(records: Records, desk: Client, query: str) -> None:
    """An agent may still do so."""
    ask(desk, query)

    assert gaps(records) == {}


def test_the_ticket_of_a_related_clause_does_not_deny_the_answer(desk: Client) -> None:
    """It was passed over by the agent, and is there."""
    page = ask(desk, FOUND)
    related = int(re.findall(r'id="choice-(\d+)"', page)[-1])

    assert ticket(page, related).splitlines()[2].startswith("答复：没有用查到的答复")


@pytest.mark.parametrize("path", ["/desk/gap", "/desk/flag", "/desk/code"])
def test_what_answers_a_form_leads_on_when_opened(desk: Client, path: str) -> None:
    """To where the form is."""
    assert desk.get(path, follow_redirects=False).headers["location"] == "/desk"


def test_nothing_found_is_said_and_logged_once(records: Records, desk: Client) -> None:
    """What to say, what is only related, and one count for the query of one client."""
    page = ask(desk, NOTHING)
    ask(desk, NOTHING)
    again = desk.post("/desk/gap", data={"q": NOTHING})

    assert "查不到这个问题的答案" in page
    assert "我不能随口答复您" in page
    assert "相关，不是答案" in page
    assert "已登记为口径缺口" in page
    assert "已经登记，不重复计数" in again.text
    assert gaps(records) == {NOTHING: 1}
    assert ticket(page, 0).splitlines()[1].startswith("答复：查不到")


def test_what_is_still_being_typed_is_not_logged(records: Records, desk: Client) -> None:
    """Only a question that was asked is one."""
    response = desk.get("/desk", params={"q": NOTHING}, headers={"X-Part": "typing"})

    assert "<html" not in response.text
    assert gaps(records) == {}
    assert "已登记" in desk.get("/desk", params={"q": NOTHING}, headers={"X-Part": "answer"}).text
    assert gaps(records) == {NOTHING: 1}


@pytest.mark.parametrize(
    ("headers", "logged"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty", "X-Part": "answer"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, False),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "document"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"}, False),
        ({"Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch;prerender"}, False),
        ({"Purpose": "prefetch"}, False),
    ],
)
def test_only_what_a_person_asks_is_logged(
    records: Records, desk: Client, headers: dict[str, str], logged: bool
) -> None:
    """Not what another site, a picture or a browser ahead of time asks; all are answered, and may log by hand."""
    page = desk.get("/desk", params={"q": NOTHING}, headers=headers)

    assert page.status_code == 200
    assert ("登记为口径缺口</button>" in re.sub(" <kbd.*?</kbd>", "", page.text)) is not logged
    assert bool(gaps(records)) is logged


@pytest.mark.parametrize("path", ["/gaps", "/desk/gap", "/desk/flag", "/desk/code"])
def test_another_site_writes_nothing_here(records: Records, desk: Client, path: str) -> None:
    """403 with what to do; behind a proxy that changes the Host our own pages still may."""
    data = {"q": NOTHING, "what": MEASURE, "pick": "已经过时", "code": "AAAAAA"}
    for site in ("cross-site", "same-site"):
        page = desk.post(path, data=data, headers={"Sec-Fetch-Site": site})
        assert page.status_code == 403
        assert "回到本站的页面" in page.text
    assert gaps(records) == {}
    assert records.flags.listed() == ()

    own = {"Sec-Fetch-Site": "same-origin", "Origin": "null", "Host": "inner:8000"}
    assert desk.post(path, data=data, headers=own).status_code == 200


def test_a_gap_holds_nothing_of_the_caller(records: Records, desk: Client) -> None:
    """Masked before it is kept; a query of which nothing is left is not kept at all."""
    desk.post("/gaps", data={"q": "我叫王小明，电话13812345678，火星移民有没有补贴"})
    kept = " ".join(gaps(records))

    assert "火星移民" in kept
    assert "13812345678" not in kept
    assert "王小明" not in kept
    assert "没有登记上" in desk.post("/gaps", data={"q": "  "}).text


def test_an_agent_may_log_an_answer_that_is_none(records: Records, desk: Client) -> None:
    """It is marked as one that was found."""
    assert "已登记" in desk.post("/desk/gap", data={"q": FOUND, "found": "yes"}).text
    assert [gap.found for gap in records.gaps.listed(date.min, date.max)] == [True]


def test_gaps_have_a_limit_that_stops_no_answer(records: Records, desk: Client) -> None:
    """Beyond it the question is answered and not logged."""
    pages = [ask(desk, f"火星移民{number}号基地补贴多少") for number in range(32)]

    assert all("查不到" in page for page in pages)
    assert "请" in pages[-1]
    assert "记得太频繁" in pages[-1]
    assert len(gaps(records)) == 30


ALARMS = {
    URGENT: "紧急，转 110！",
    "有人要跳楼": "紧急，转 110！",
    "着火了": "紧急，联动 119！",
    "有人触电了": "紧急，联动 120！",
    "水管爆了": "紧急求助，马上联动！",
}


@pytest.mark.parametrize("query", list(ALARMS))
def test_an_urgent_request_comes_first(desk: Client, query: str) -> None:
    """Before every answer, with its reason and the words of the clause; the ticket begins with it."""
    page = ask(desk, query)

    assert page.index('class="urgent"') < page.index('id="choice-1"')
    assert f">{ALARMS[query]}</p>" in page
    assert "紧急" in ticket(page).splitlines()[1]
    assert "相关，不是答案" not in page


def test_an_urgent_request_quotes_the_words_it_rests_on(services: Services) -> None:
    """Not the first sentence of the clause, which is about the other line."""
    view = viewed(services, URGENT)

    assert view.found.triage
    assert view.found.triage.quote in view.choices[0].quote
    assert view.choices[0].quote in services.snapshot.library.clauses[view.choices[0].clause_id].text


def test_a_flag_goes_to_the_lead_unit(services: Services, records: Records, desk: Client) -> None:
    """With its reason and the query; of a standard answer also the version that was seen."""
    card = approved(services, MEASURE)
    told = desk.post("/desk/flag", data={"what": MEASURE, "pick": "已经过时", "reason": "有新文", "q": FOUND})
    desk.post("/desk/flag", data={"what": f"{card.id}@1", "pick": "责任单位不对", "q": FOUND})
    first, second = records.flags.listed()

    assert "进入市规划和自然资源局的清单" in told.text
    assert (first.target, first.reason, first.query) == (MEASURE, "已经过时:有新文", FOUND)
    assert (second.target, second.version) == (card.id, 1)
    assert "没有" in desk.post("/desk/flag", data={"what": "nothing", "pick": "x"}).text


def test_a_flag_that_is_not_taken_comes_back_filled_in(
    services: Services, records: Records, desk: Client
) -> None:
    """Without a script: open, at the card it was on, with what was chosen and typed; and what is wrong is said."""
    card = approved(services, MEASURE)
    typed = {"what": f"{card.id}@1", "pick": "已经过时", "reason": "看" * 200, "q": FOUND, "n": "1"}
    response = desk.post("/desk/flag", data=typed)
    other, form = (response.text.partition('id="choice-2"')[index] for index in (2, 0))
    form = form.partition('id="choice-1"')[2]

    assert response.status_code == 400
    assert "不超过 200 个字，实为 205 个" in response.text
    assert re.search(r"<details [^>]*flag[^>]* open>", form)
    assert re.search(r'value="已经过时" checked>', form)
    assert form.count(" checked") == 1
    assert f'<option value="{card.id}@1" selected>' in form
    assert f'value="{"看" * 200}"' in form
    assert "看看" not in other
    assert records.flags.listed() == ()


@pytest.mark.parametrize("version", ["9" * 5000, "٣", "-1", "1.0", ""])
def test_a_version_that_is_none_is_a_fault(records: Records, desk: Client, version: str) -> None:
    """Said, and shown no longer than needed; nothing is kept."""
    response = desk.post(
        "/desk/flag", data={"what": f"{MEASURE}@{version}", "pick": "已经过时"}, headers={"X-Part": "said"}
    )

    assert response.status_code == 400
    assert "应为整数" in response.text
    assert version[:41] not in response.text or len(version) < 41
    assert records.flags.listed() == ()


def test_flags_have_a_limit(records: Records, desk: Client) -> None:
    """Twenty in ten minutes, then kind words."""
    for number in range(21):
        data = {"what": MEASURE, "pick": "已经过时", "reason": str(number)}
        told = desk.post("/desk/flag", data=data, headers={"X-Part": "said"})

    assert 'data-done="no"' in told.text
    assert told.status_code == 429
    assert int(told.headers["retry-after"]) > 0
    assert len(records.flags.listed()) == 20


@pytest.mark.parametrize("query", ["", "  ", "？！", "\x00\x01", "长" * 3000, "<b>x</b>", "%", '-a "b'])
def test_no_query_breaks_the_desk(desk: Client, query: str) -> None:
    """Whatever is typed; nothing typed is markup."""
    page = ask(desk, query, n="99")

    assert "<b>x" not in page
    assert page.count("<h1") == 1


def test_the_chosen_card_comes_from_the_server(desk: Client) -> None:
    """Without a script a candidate is a link."""
    page = ask(desk, FOUND, n="2")

    assert re.search(r'id="choice-1"[^>]* hidden', page)
    assert not re.search(r'id="choice-2"[^>]* hidden', page)


def made(client: Client, **fields: str) -> str:
    """The code for a result."""
    data = {"profile": PROFILE, "trail": "", "as_of": "", **fields}
    page = client.post("/check/code", data=data)
    assert page.status_code == 200, page.text
    found = re.search(r'class="callcode" aria-label="([^"]*)"', page.text)
    assert found
    return found[1].replace(" ", "")


def test_a_code_shows_the_agent_what_the_caller_saw(desk: Client) -> None:
    """Once; spaces and case do not matter; consent and its time stand on the page."""
    code = made(desk, consent="yes")
    opened = desk.post("/desk/code", data={"code": f" {code[:3].lower()} {code[3:]}"})
    again = desk.post("/desk/code", data={"code": code})

    assert "来电人的自测结果" in opened.text
    assert CONSENT in opened.text
    assert "建设地点" in opened.text
    assert opened.headers["cache-control"] == "no-store"
    assert "打不开" in again.text


def test_used_and_unknown_codes_are_told_alike(desk: Client) -> None:
    """Word for word the same page."""
    code = made(desk, consent="yes")
    desk.post("/desk/code", data={"code": code})
    pages = {desk.post("/desk/code", data={"code": one}).text for one in (code, "AAAAAA", "?", "x" * 500)}

    assert len(pages) == 1


def test_no_code_without_consent(desk: Client) -> None:
    """What was filled in is not lost, and the words to agree to are those of the service."""
    page = desk.post("/check/code", data={"profile": PROFILE, "trail": "", "as_of": ""})

    assert page.status_code == 400
    assert "请先同意" in page.text
    assert CONSENT in page.text
    assert "泽州县" in unescape(page.text)
    assert CONSENT in desk.post("/check/result", data={"profile": PROFILE}).text


def test_guessing_codes_has_an_end(desk: Client) -> None:
    """429 with the time to wait, in kind words."""
    answers = [desk.post("/desk/code", data={"code": f"AAAAA{number}"}) for number in range(21)]

    assert {answer.status_code for answer in answers[:20]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "请稍等" in answers[-1].text


def test_making_codes_has_an_end(desk: Client) -> None:
    """Twenty, then kind words."""
    data = {"profile": PROFILE, "consent": "yes"}
    answers = [desk.post("/check/code", data=data) for _ in range(21)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_the_largest_result_fits_a_code(packaged: Services) -> None:
    """With twenty projects something is left out, never a count."""
    places = ",".join(f'{{"name":"项目{number}","建设地点":"泽州县"}}' for number in range(20))
    whole = f'{{"enterprise":{{"所有制":"民营"}},"projects":[{places}],"assets":[{places.replace("建设地点", "位置")}]}}'
    sheet = read_sheet(packaged.snapshot.library, whole.replace(',"位置":"泽州县"', "").encode())
    result = result_of(packaged.snapshot, packaged.today, sheet)
    content = freeze(result)
    handed = thaw(content)

    assert len(content) <= MOST_BYTES
    assert handed
    assert [group.count for group in handed.groups] == [len(group.cards) for group in result.groups]
    assert thaw(b"something else") is None


@pytest.mark.parametrize("length", [MOST, MOST + 1, 420, 501])
def test_how_much_of_a_long_question_is_read_is_said(desk: Client, length: int) -> None:
    """The number is that of the search."""
    assert (f"只读了前 {MOST} 个字" in ask(desk, "光" * length)) is (length > MOST)


def test_what_is_copied_is_counted_and_nothing_else(desk: Client) -> None:
    """A number in /metrics."""
    assert desk.post("/desk/copied").status_code == 204
    assert 'route="/desk/copied",method="POST",status="204"} 1' in desk.get("/metrics").text


def test_neither_query_nor_code_is_logged(desk: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is asked."""
    ask(desk, FOUND)
    code = made(desk, consent="yes")
    desk.post("/desk/code", data={"code": code})

    assert FOUND not in caplog.text
    assert code not in caplog.text
