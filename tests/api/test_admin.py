"""Administration: behind a key, from our own pages only, by two persons; nothing typed is lost, nothing is kept."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace
from openpyxl import load_workbook

from api.app import build_app
from policyhub import clock
from policyhub.admin_keys import CLOSED, AdminKey, key_digest
from policyhub.bootstrap import Services, open_desk
from policyhub.redis_link import RedisLink
from policyhub.services.acting import Act
from policyhub.services.flags import raise_flag
from policyhub.services.gaps import note_gap
from policyhub.services.standard_answers import cards_for
from policyhub.settings import read_settings
from policyhub.storage import (
    AnswerStatus,
    Change,
    Flag,
    Gap,
    Records,
    StandardAnswer,
    StorageError,
    open_storage,
)
from tests.api.conftest import services_over
from tests.sample import AS_OF, sample_library
from tests.services.processes import free_port

ORIGIN = "http://testserver.local"
KEYS = {"张三": "phk_zhang", "李四": "phk_li"}
CLAUSE = "yang-2023-1/1"
MEASURE = "yang-2023-1/1/land-floor-price"
DRAFT = {
    "target": MEASURE,
    "question": "工业用地的出让底价怎么定？",
    "answer": "支持类工业项目按最低价标准的 70％ 执行。",
    "review_by": "2024-01-01",
    "do": "save",
}
PAGES = (
    "/admin",
    "/admin/gaps",
    "/admin/gaps/1",
    "/admin/gaps/replay",
    "/admin/gaps/sheet.xlsx",
    "/admin/flags",
    "/admin/flags/1",
    "/admin/answers",
    "/admin/answers/new",
    "/admin/answers/0123456789abcdef",
    "/admin/audit",
    "/admin/audit/verify",
)


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self.client = client

    def sign_in(self, name: str) -> "Person":
        assert self.post("/admin/session", key=KEYS[name]).status_code == 303
        return self

    def get(self, path: str, expected: int = 200, **params: str) -> str:
        """A page as text; in it quotation marks are as typed."""
        response = self.client.get(path, params=params, follow_redirects=False)
        assert response.status_code == expected, response.text
        return unescape(response.text)

    def post(self, path: str, *, origin: str | None = ORIGIN, **data: str) -> Response:
        headers = {} if origin is None else {"Origin": origin}
        return self.client.post(path, data=data, headers=headers, follow_redirects=False)

    def write(self, **changes: str) -> str:
        """A card, up to its page."""
        response = self.post("/admin/answers/new", **DRAFT | changes)
        assert response.status_code == 303, words_of(response.text)
        return response.headers["location"]


def words_of(html: str) -> str:
    """The text of a page."""
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    storage = open_storage(f"sqlite:///{tmp_path}/admin.sqlite3")
    yield storage.records
    storage.close()


@pytest.fixture
def services(records: Records) -> Services:
    keys = [AdminKey(name=name, digest=key_digest(key)) for name, key in KEYS.items()]
    return replace(services_over(sample_library()), desk=open_desk(records, None, keys))


@pytest.fixture
def visitor(services: Services) -> Iterator[Person]:
    with TestClient(build_app(services)) as client:
        yield Person(client)


@pytest.fixture
def zhang(services: Services) -> Iterator[Person]:
    with TestClient(build_app(services)) as client:
        yield Person(client).sign_in("张三")


@pytest.fixture
def li(services: Services) -> Iterator[Person]:
    with TestClient(build_app(services)) as client:
        yield Person(client).sign_in("李四")


def noted(records: Records, query: str, day: date = AS_OF) -> Gap:
    gap = note_gap(records.gaps, query, day)
    assert gap is not None
    return gap


def flagged(records: Records, target: str = CLAUSE) -> Flag:
    act = Act(who="坐席", now=clock.now(), today=AS_OF)
    return raise_flag(records, sample_library(), {"target": target, "reason": "牵头单位已经改名"}, act)


# —— The door ——


@pytest.mark.parametrize("path", PAGES)
def test_nobody_enters_without_a_key(visitor: Person, path: str) -> None:
    """The way leads to signing in, and from there back; nothing is kept on the way."""
    response = visitor.client.get(path, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"].startswith("/admin/session?back=%2Fadmin")
    assert response.headers["cache-control"] == "no-store"


def test_a_wrong_key_opens_nothing(visitor: Person) -> None:
    """Said kindly, and no cookie comes of it."""
    response = visitor.post("/admin/session", key="phk_wrong")

    assert response.status_code == 403
    assert "这把钥匙不对" in response.text
    assert "set-cookie" not in response.headers
    visitor.get("/admin", 303)


def test_a_key_opens_a_session_for_the_browser_alone(visitor: Person) -> None:
    """HttpOnly, SameSite, for administration only, eight hours; the key is not in it."""
    response = visitor.post("/admin/session", key=KEYS["张三"], back="/admin/gaps?status=%E5%B7%B2%E6%B4%BE")
    cookie = response.headers["set-cookie"]

    assert response.headers["location"] == "/admin/gaps?status=%E5%B7%B2%E6%B4%BE"
    assert {"HttpOnly", "SameSite=strict", "Path=/admin", "Max-Age=28800"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert KEYS["张三"] not in cookie
    assert "张三" in visitor.get("/admin")


def test_the_cookie_is_secure_where_the_browser_came_by_https(services: Services) -> None:
    """Also when a proxy has taken the encryption off."""
    with TestClient(build_app(services), base_url="https://testserver.local") as client:
        direct = Person(client).post("/admin/session", origin="https://testserver.local", key=KEYS["张三"])
    with TestClient(build_app(services)) as client:
        behind = Person(client).post("/admin/session", origin="https://testserver.local", key=KEYS["张三"])

    assert "Secure" in direct.headers["set-cookie"].split("; ")
    assert "Secure" in behind.headers["set-cookie"].split("; ")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/library", "/adminx"])
def test_signing_in_leads_nowhere_else(visitor: Person, back: str) -> None:
    assert visitor.post("/admin/session", key=KEYS["张三"], back=back).headers["location"] == "/admin"


def test_signing_out_ends_the_session_itself(zhang: Person) -> None:
    """A copy of the cookie opens nothing any more."""
    token = zhang.client.cookies["admin"]
    response = zhang.post("/admin/session/end")
    zhang.client.cookies.set("admin", token)

    assert response.headers["location"] == "/admin/session"
    zhang.get("/admin", 303)


def test_guesses_are_few(visitor: Person) -> None:
    """429, when to come again, and a page that says so; the right key waits as well."""
    for _ in range(10):
        visitor.post("/admin/session", key="phk_guess")
    response = visitor.post("/admin/session", key=KEYS["张三"])

    assert response.status_code == 429
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["cache-control"] == "no-store"
    assert "请稍等一会儿" in response.text


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://elsewhere.example",
        "http://testserver.local.evil",
        "http://[",
        "testserver.local",
    ],
)
def test_forms_of_other_sites_do_nothing(zhang: Person, records: Records, origin: str | None) -> None:
    """Neither with a session nor for signing in; nothing is written."""
    written = zhang.post("/admin/answers/new", origin=origin, **DRAFT)
    entered = zhang.post("/admin/session", origin=origin, key=KEYS["李四"])

    assert (written.status_code, entered.status_code) == (403, 403)
    assert written.headers["cache-control"] == "no-store"
    assert records.answers.listed() == ()


def test_the_browser_s_own_word_on_the_site_counts(zhang: Person) -> None:
    headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}

    assert zhang.client.post("/admin/answers/new", data=DRAFT, headers=headers).status_code == 403


def test_our_own_forms_may_say_where_they_come_from(zhang: Person) -> None:
    """Without this browsers would send ``Origin: null``."""
    assert zhang.client.get("/admin/answers/new").headers["referrer-policy"] == "same-origin"


def test_without_keys_the_page_says_how_to_open_it(client: TestClient[Litestar]) -> None:
    """No field for a key, and no key opens."""
    html = client.get("/admin").text

    assert CLOSED in unescape(html)
    assert 'type="password"' not in html
    assert Person(client).post("/admin/session", key="").status_code == 403


def test_what_was_typed_survives_the_end_of_a_session(visitor: Person) -> None:
    """Shown to be copied; not done."""
    response = visitor.post("/admin/answers/new", **DRAFT)

    assert response.status_code == 403
    assert "登录已过期" in response.text
    assert DRAFT["answer"] in unescape(response.text)


def test_what_nobody_typed_is_not_shown_as_typed(visitor: Person) -> None:
    """The unit that was on the screen travels along."""
    response = visitor.post("/admin/gaps/1/assign", unit="市财政局", seen="市规划和自然资源局")

    assert "市财政局" in response.text
    assert "市规划和自然资源局" not in response.text


def test_nothing_is_kept_anywhere(zhang: Person, records: Records) -> None:
    """Every page and every error."""
    noted(records, "无人机补贴")
    flagged(records)
    card = zhang.write()
    for path in (*PAGES, card, f"{card}/edit", "/admin/gaps/99", "/admin/session"):
        assert zhang.client.get(path).headers["cache-control"] == "no-store", path


def test_a_dead_database_is_said_where_one_looks() -> None:
    """The overview still opens; the rest says that it is being prepared."""

    def gone() -> object:
        raise StorageError("gone")

    keys = [AdminKey(name="张三", digest=key_digest(KEYS["张三"]))]
    services = services_over(sample_library())
    services = replace(services, check=gone, desk=open_desk(services.desk.records, None, keys))
    with TestClient(build_app(services)) as client:
        person = Person(client).sign_in("张三")
        assert "连不上" in person.get("/admin")
        assert "请过一会儿再试" in person.get("/admin/gaps", 503)


def test_while_the_cache_is_away_signing_in_says_so(records: Records) -> None:
    """No session is known; the right key is not called wrong, and no cookie is given."""
    keys = [AdminKey(name="张三", digest=key_digest(KEYS["张三"]))]
    away = RedisLink(f"redis://127.0.0.1:{free_port()}/0")
    services = replace(services_over(sample_library()), desk=open_desk(records, away, keys))
    with TestClient(build_app(services)) as client:
        person = Person(client)
        response = person.post("/admin/session", key=KEYS["张三"])
        person.get("/admin", 303)

    assert response.status_code == 503
    assert "缓存暂时连不上" in response.text
    assert "set-cookie" not in response.headers


def test_settings_are_shown_without_secrets(records: Records) -> None:
    """Of addresses the kind, of keys the names."""
    environ = {
        "DATABASE_URL": "postgresql://user:secret@host/base",
        "REDIS_URL": "redis://:secret@host:6379/0",
        "ADMIN_KEYS": f"张三:{key_digest(KEYS['张三'])}",
    }
    settings = read_settings(environ)
    desk = open_desk(records, None, settings.admin_keys)
    with TestClient(
        build_app(replace(services_over(sample_library()), desk=desk, settings=settings))
    ) as client:
        text = Person(client).sign_in("张三").get("/admin")

    assert "postgresql://…" in text
    assert "redis://…" in text
    assert not any(word in text for word in ("secret", "user", key_digest(KEYS["张三"])))
    assert "l" * 64 in text


# —— Gaps ——


def test_gaps_are_filtered_and_counted(zhang: Person, records: Records) -> None:
    """By status, unit and day; an empty list says so."""
    for query, day in (("无人机补贴", AS_OF), ("无人机补贴", AS_OF), ("落户材料", AS_OF - timedelta(40))):
        noted(records, query, day)
    zhang.post("/admin/gaps/2/assign", unit="市财政局")

    assert "2 种问法，共问 3 次" in words_of(zhang.get("/admin/gaps"))
    assert "落户材料" not in zhang.get("/admin/gaps", status="未处理")
    assert "无人机补贴" not in zhang.get("/admin/gaps", unit="市财政局")
    assert "落户材料" not in zhang.get("/admin/gaps", since=AS_OF.isoformat())
    assert "无人机补贴" in zhang.get("/admin/gaps", since="yesterday", page="x")
    assert "没有同时符合这些条件的缺口" in zhang.get("/admin/gaps", status="已解决")


def test_a_gap_goes_to_a_unit_of_the_library(zhang: Person, records: Records) -> None:
    """To no other, and the page says why."""
    gap = noted(records, "无人机补贴")
    refused = zhang.post(f"/admin/gaps/{gap.id}/assign", unit="某某局")
    sent = zhang.post(f"/admin/gaps/{gap.id}/assign", unit="市财政局")

    assert refused.status_code == 400
    assert "请从名单里选一个责任单位" in refused.text
    assert sent.headers["location"] == f"/admin/gaps/{gap.id}"
    assert "市财政局" in zhang.get("/admin/gaps")
    zhang.get("/admin/gaps/999", 404)


def test_a_gap_is_sent_on_by_who_saw_where_it_is(zhang: Person, li: Person, records: Records) -> None:
    """Of two with the same page the second is told, and sees the unit that it has now."""
    gap = noted(records, "无人机补贴")
    where = f"/admin/gaps/{gap.id}/assign"
    zhang.post(where, unit="市财政局", seen="")
    late = li.post(where, unit="市规划和自然资源局", seen="")
    again = li.post(where, unit="市规划和自然资源局", seen="市财政局")

    assert late.status_code == 400
    assert "已被别人改动" in late.text
    assert '<input type="hidden" name="seen" value="市财政局">' in late.text
    assert again.status_code == 303


def test_a_gap_and_its_line_in_the_log_are_kept_together(
    zhang: Person, li: Person, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, which names the card: there is no second step that could fail."""
    gap = noted(records, "工业用地出让底价")
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    li.post(f"{page}/approve", version="1")
    before = len(records.audit.entries())

    def full(_change: Change) -> object:
        raise StorageError("full")

    monkeypatch.setattr(records.audit, "append", full)
    zhang.post(f"/admin/gaps/{gap.id}/resolve", card=page.rpartition("/")[2])
    (line,) = records.audit.entries(before)

    assert (line.what, line.subject) == ("以口径答复缺口", f"缺口/{gap.id} 口径/{page.rpartition('/')[2]}/1")
    assert line.before != line.after


def test_a_gap_is_settled_by_an_approved_card(zhang: Person, li: Person, records: Records) -> None:
    """A card nobody approved settles nothing; the log names the version."""
    gap = noted(records, "工业用地出让底价")
    page = zhang.write()
    card = page.rpartition("/")[2]
    refused = zhang.post(f"/admin/gaps/{gap.id}/resolve", card=card)
    zhang.post(f"{page}/submit", version="1")
    li.post(f"{page}/approve", version="1")
    offered = zhang.get(f"/admin/gaps/{gap.id}")
    settled = zhang.post(f"/admin/gaps/{gap.id}/resolve", card=card)

    assert refused.status_code == 400
    assert "没有已核准的版本" in refused.text
    assert DRAFT["question"] in offered
    assert settled.status_code == 303
    assert "已解决" in zhang.get(f"/admin/gaps/{gap.id}")
    assert f"缺口/{gap.id} 口径/{card}/1" in zhang.get("/admin/audit")
    assert "已经解决" in zhang.post(f"/admin/gaps/{gap.id}/resolve", card="").text


def test_what_nobody_here_has_to_answer_is_settled_as_such(zhang: Person, records: Records) -> None:
    """The log tells it apart from what was answered."""
    gap = noted(records, "今天天气怎么样")
    offered = zhang.get(f"/admin/gaps/{gap.id}")
    settled = zhang.post(f"/admin/gaps/{gap.id}/resolve", card="-")

    assert "不是这里该答的" in offered
    assert settled.status_code == 303
    assert records.audit.entries()[-1].what == "缺口不用答复"


def test_a_gap_is_asked_again_without_what_was_taken_out_of_it(zhang: Person, records: Records) -> None:
    """The marks are no words of the question; nothing but marks is no question."""
    noted(records, "我电话13800138000，工业用地出让底价")
    whole = noted(records, "我叫张伟，13800138000")
    page = zhang.get("/admin/gaps/replay")

    assert "〔电话〕" in page
    assert "答得上" in page
    assert "查不到" in zhang.get(f"/admin/gaps/{whole.id}")


def test_a_card_begins_with_the_words_of_a_gap(zhang: Person, records: Records) -> None:
    """They come from the records and stand in no address."""
    gap = noted(records, "支持类工业项目土地出让底价")
    text = zhang.get("/admin/answers/new", gap=str(gap.id))

    assert "支持类工业项目土地出让底价</textarea>" in text
    assert f'href="/admin/answers/new?gap={gap.id}"' in zhang.get(f"/admin/gaps/{gap.id}")
    for number in ("999", "0", "x"):
        zhang.get("/admin/answers/new", 404, gap=number)


def test_the_weekly_sheet_opens(zhang: Person, records: Records) -> None:
    """A sheet for each unit; seven days unless others are asked for; days the wrong way round are refused."""
    noted(records, "=HYPERLINK(无人机)")
    noted(records, "去年的", AS_OF - timedelta(300))
    zhang.post("/admin/gaps/1/assign", unit="市财政局")
    response = zhang.client.get("/admin/gaps/sheet.xlsx")
    book = load_workbook(BytesIO(response.content))

    assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert book.sheetnames == ["汇总", "市财政局"]
    assert str(book["市财政局"]["B2"].value).startswith("'=")
    assert "请对调" in zhang.get("/admin/gaps/sheet.xlsx", 400, since="2023-07-02", until="2023-07-01")


def test_a_sheet_of_days_that_are_none_is_refused(zhang: Person) -> None:
    """Both are named, and no other days are taken instead."""
    text = zhang.get("/admin/gaps/sheet.xlsx", 400, since="2023-13-45", until="gestern")

    assert "「2023-13-45」" in text
    assert "「gestern」" in text


@pytest.mark.parametrize(
    "day", ["0001-01-02", "1899-12-31", "2101-01-01", "20230602", "2023-W01-1", "2023-6-2"]
)
def test_a_day_is_read_as_a_date_field_writes_it(zhang: Person, records: Records, day: str) -> None:
    """The list passes over any other, the way to the sheet as well; the sheet names it."""
    noted(records, "无人机补贴")
    listed = zhang.get("/admin/gaps", since=day, until=day)

    assert "无人机补贴" in listed
    assert "sheet.xlsx?since=2023-06-25&until=2023-07-01" in listed
    assert f"「{day}」" in zhang.get("/admin/gaps/sheet.xlsx", 400, until=day)


def test_a_sheet_begins_where_its_days_do(zhang: Person) -> None:
    """Seven days, at either end of the days that the service answers for."""
    for until in ("1900-01-01", "2100-12-31"):
        assert zhang.client.get("/admin/gaps/sheet.xlsx", params={"until": until}).status_code == 200


def test_all_gaps_are_asked_again(zhang: Person, records: Records) -> None:
    """Before and after for each, two hundred at a time, and nothing is changed."""
    noted(records, "支持类工业项目土地出让底价")
    for number in range(203):
        noted(records, f"无人机第{number}种")
    first, second = (zhang.get("/admin/gaps/replay", page=page) for page in "12")

    assert "第 1 批，共 2 批，全部 204 句" in first
    assert first.count('data-label="当时"') == 200
    assert second.count('data-label="当时"') == 4
    assert "1句原来没有、现在答得上" in "".join(
        words_of(first).split()
    ) or "句原来没有、现在答得上1" in "".join(words_of(first).split())
    assert {gap.status.value for gap in records.gaps.listed(AS_OF, AS_OF)} == {"未处理"}


def test_without_gaps_there_is_nothing_to_ask(zhang: Person) -> None:
    assert "没有可以重新问的" in zhang.get("/admin/gaps/replay")
    assert "还没有缺口" in zhang.get("/admin/gaps")


# —— Flags ——


def test_flags_are_listed_by_unit_and_settled_in_words(zhang: Person, records: Records) -> None:
    """All faults at once and what was typed kept; then it is done once."""
    flag = flagged(records)
    where = f"/admin/flags/{flag.id}"
    refused = zhang.post(where, status="", resolution=" ")
    kept = zhang.post(where, status="", resolution="已请市规划和自然资源局改正")
    done = zhang.post(where, status="已处理", resolution="已请市规划和自然资源局改正")
    again = zhang.post(where, status="不成立", resolution="没有错")

    assert "有 2 处要改" in refused.text
    assert "已请市规划和自然资源局改正</textarea>" in kept.text
    assert done.status_code == 303
    assert again.status_code == 400
    assert "没有等着处理的标记" in zhang.get("/admin/flags")
    assert "张三：已请市规划和自然资源局改正" in zhang.get(
        "/admin/flags", status="全部", unit="市规划和自然资源局"
    )
    assert "没有同时符合" in zhang.get("/admin/flags", unit="市财政局", status="已处理")
    zhang.get("/admin/flags/99", 404)


def test_a_flag_stands_beside_what_it_is_about(zhang: Person, records: Records) -> None:
    """A clause verbatim; a card with its version and its clause."""
    page = zhang.write()
    flag = flagged(records, page.rpartition("/")[2])
    text = zhang.get(f"/admin/flags/{flag.id}")

    assert DRAFT["answer"] in text
    assert sample_library().clauses[CLAUSE].text in words_of(text)


# —— Standard answers ——


def test_a_card_is_written_beside_its_clause(zhang: Person) -> None:
    """Verbatim, the words that the measure rests on marked."""
    text = zhang.get("/admin/answers/new", target=MEASURE)

    assert sample_library().clauses[CLAUSE].text in words_of(text)
    assert "<mark>对支持类工业项目" in text


def test_a_clause_is_found_by_words(zhang: Person) -> None:
    """What was typed stays; a choice shows the clause; words that find nothing are said."""
    found = zhang.post("/admin/answers/new", **DRAFT | {"target": "出让底价", "do": "find"})
    chosen = zhang.post("/admin/answers/new", **DRAFT | {"target": "出让底价", "do": "find", "pick": CLAUSE})
    nothing = zhang.post("/admin/answers/new", **DRAFT | {"target": "！！", "do": "find"})

    assert f'name="pick" value="{MEASURE}"' in found.text
    assert DRAFT["answer"] in unescape(found.text)
    assert f'value="{CLAUSE}"' in chosen.text
    assert sample_library().clauses[CLAUSE].text in words_of(chosen.text)
    assert "没有找到" in nothing.text


def test_all_faults_come_at_once_and_nothing_is_lost(zhang: Person, records: Records) -> None:
    """Each named with its field; the texts are still there."""
    given = {
        "target": "yang-2023-1/9",
        "question": "是不是？能不能？",
        "answer": "按 99％ 执行" + "好" * 200,
        "review_by": "2001-01-01",
    }
    response = zhang.post("/admin/answers/new", **DRAFT | given)
    text = unescape(response.text)

    assert response.status_code == 400
    assert all(f'<a href="#{name}">' in text for name in given)
    assert "是不是？能不能？</textarea>" in text
    assert "好" * 200 in text
    assert 'value="2001-01-01"' in text
    assert zhang.post("/admin/answers/new", do="save").text.count("缺少这一项") >= 4
    assert records.answers.listed() == ()


def test_a_button_pressed_twice_writes_one_card(zhang: Person, records: Records) -> None:
    """Both times the page of that card follows."""
    assert zhang.write() == zhang.write()
    assert len(records.answers.listed()) == 1


def test_author_and_approver_are_two_persons(zhang: Person, li: Person, records: Records) -> None:
    """The author sees why there is no button, is refused all the same, and another person's approval counts."""
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    author, other = zhang.get(page), li.get(page)
    refused = zhang.post(f"{page}/approve", version="1")

    assert "须请另一位同事核准" in author
    assert "核准第 1 版" not in author
    assert "核准第 1 版" in other
    assert refused.status_code == 400
    assert "核准人不能是撰写人，请另一人核准" in refused.text
    assert cards_for(records.answers, sample_library(), MEASURE, AS_OF) == ()
    assert li.post(f"{page}/approve", version="1").status_code == 303
    (card,) = cards_for(records.answers, sample_library(), MEASURE, AS_OF)
    assert (card.version.author, card.version.approver) == ("张三", "李四")


def test_versions_are_compared_and_the_approved_one_holds(zhang: Person, li: Person) -> None:
    """What was taken out and put in; until approval the desk keeps the old one."""
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    li.post(f"{page}/approve", version="1")
    given = DRAFT | {
        "answer": "支持类工业项目按最低价标准的 70％ 执行，由市规划和自然资源局办理。",
        "version": "1",
    }
    li.post(f"{page}/edit", **given)
    text = zhang.get(page)

    assert "坐席现在用的：第 1 版" in text
    assert re.search(r"<ins><span[^>]*>增加：</span>，由市规划和自然资源局办理</ins>", text)
    assert "坐席现用第 1 版" in words_of(zhang.get("/admin/answers", status="草稿"))
    assert DRAFT["question"] in zhang.get(f"{page}/edit")


def test_nobody_acts_on_a_version_they_did_not_see(zhang: Person, li: Person, records: Records) -> None:
    """Submitting, approving and editing are refused once there is a newer one; the text is kept."""
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    zhang.post(f"{page}/edit", **DRAFT | {"answer": "由主管部门办理。", "version": "1"})
    zhang.post(f"{page}/submit", version="2")
    late = li.post(f"{page}/approve", version="1")
    lost = li.post(f"{page}/edit", **DRAFT | {"answer": "我写的另一句。", "version": "1"})

    assert "已被别人改动" in late.text
    assert "已被别人改动" in lost.text
    assert "我写的另一句。</textarea>" in lost.text
    assert records.answers.listed(AnswerStatus.APPROVED) == ()


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "１", "9" * 99])
def test_without_a_version_nothing_is_done(zhang: Person, li: Person, records: Records, version: str) -> None:
    """No version is guessed; the page says which field, and what was written is kept."""
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    refused = [
        li.post(f"{page}/approve", version=version),
        li.post(f"{page}/approve"),
        li.post(f"{page}/withdraw", version=version),
        li.post(f"{page}/edit", **DRAFT | {"answer": "我写的另一句。", "version": version}),
    ]

    assert [response.status_code for response in refused] == [400] * 4
    assert all("应为屏幕上这一版的版次" in response.text for response in refused)
    assert "我写的另一句。</textarea>" in refused[3].text
    (card,) = records.answers.listed()
    assert card.status is AnswerStatus.PENDING


def test_a_newer_version_in_the_last_moment_is_not_approved(
    zhang: Person, li: Person, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written and submitted between reading the card and deciding on it: approval is refused."""
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    store = records.answers
    read = store.versions

    def overtaken(name: str) -> tuple[StandardAnswer, ...]:
        found = read(name)
        monkeypatch.setattr(store, "versions", read)
        zhang.post(f"{page}/edit", **DRAFT | {"answer": "由主管部门办理。", "version": "1"})
        zhang.post(f"{page}/submit", version="2")
        return found

    monkeypatch.setattr(store, "versions", overtaken)
    late = li.post(f"{page}/approve", version="1")

    assert "已被别人改动" in late.text
    assert store.listed(AnswerStatus.APPROVED) == ()


def test_a_card_is_withdrawn(zhang: Person, li: Person, records: Records) -> None:
    page = zhang.write()
    zhang.post(f"{page}/submit", version="1")
    li.post(f"{page}/approve", version="1")

    assert zhang.post(f"{page}/withdraw", version="1").status_code == 303
    assert "已撤回" in zhang.get(page)
    assert "已撤回" in zhang.post(f"{page}/withdraw", version="1").text
    assert cards_for(records.answers, sample_library(), MEASURE, AS_OF) == ()
    assert zhang.post(f"{page}/burn", version="1").status_code == 404
    assert zhang.post("/admin/answers/0123456789abcdef/submit", version="1").status_code == 404
    zhang.get("/admin/answers/0123456789abcdef", 404)


def test_an_overdue_card_is_marked(zhang: Person, li: Person, records: Records) -> None:
    """In words, not by colour alone; the list of overdue ones holds it, the empty one says so."""
    page = zhang.write(review_by="2023-07-01")
    zhang.post(f"{page}/submit", version="1")
    li.post(f"{page}/approve", version="1")
    assert "没有“到期待复核”的口径" in zhang.get("/admin/answers", status="到期待复核")
    keys = [AdminKey(name="张三", digest=key_digest(KEYS["张三"]))]
    later = services_over(sample_library(), today=AS_OF + timedelta(1))
    with TestClient(build_app(replace(later, desk=open_desk(records, None, keys)))) as client:
        person = Person(client).sign_in("张三")
        listed, shown = person.get("/admin/answers", status="到期待复核"), person.get(page)
        overview = words_of(person.get("/admin"))

    assert "已过复核日" in listed
    assert "result--late" in listed
    assert "已过复核日" in shown
    assert "1 张过了复核日" in overview


# —— Audit ——


def test_every_change_is_in_the_log_and_no_content(zhang: Person, records: Records) -> None:
    """Who, what, when, with the way to the record; newest first."""
    gap = noted(records, "无人机补贴")
    page = zhang.write()
    zhang.post(f"/admin/gaps/{gap.id}/assign", unit="市财政局")
    text = zhang.get("/admin/audit")

    assert text.index("派发缺口") < text.index("新写口径")
    assert f'href="{page}"' in text
    assert f'href="/admin/gaps/{gap.id}"' in text
    assert "无人机" not in text
    assert DRAFT["answer"] not in text


def test_a_long_log_is_paged(zhang: Person, records: Records) -> None:
    """Each line once."""
    for number in range(1, 124):
        records.audit.append(Change(who="张三", what=f"第{number}件", subject="试", at=clock.now()))
    pages = [zhang.get("/admin/audit", page=page) for page in "123"]
    numbers = [int(found) for page in pages for found in re.findall(r'data-label="行">(\d+)<', page)]

    assert numbers == list(range(123, 0, -1))


def test_verifying_says_so_or_where_it_breaks(zhang: Person, records: Records, tmp_path: Path) -> None:
    """Whole; cut off at the end, seen against what was noted; changed in the middle."""
    assert "还没有一行" in zhang.get("/admin/audit/verify")
    for number in range(3):
        records.audit.append(Change(who="张三", what=f"第{number}件", subject="试", at=clock.now()))
    whole = zhang.get("/admin/audit/verify")
    head = re.search("<code>([0-9a-f]{64})</code>", whole)
    assert head is not None
    assert "一致" in whole
    assert "也与您记下的相符" in zhang.get("/admin/audit/verify", number="3", head=head[1])
    assert "末尾少了 1 行" in zhang.get("/admin/audit/verify", number="4", head=head[1])
    assert "应为当时记下的行数" in zhang.get("/admin/audit/verify", 400, number="x", head="y")
    assert "应为当时记下的行数" in zhang.get("/admin/audit/verify", 400, number="0", head="0" * 64)
    with sqlite3.connect(tmp_path / "admin.sqlite3") as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f"DROP TRIGGER {name}")
        base.execute("UPDATE audit SET who = '王五' WHERE number = 2")
    base.close()

    assert "不一致：断在第 2 行" in zhang.get("/admin/audit/verify")
