"""The desk by keys alone: answered and copied in six, keys that can be changed, nothing lost on a slip."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, Response, Route, expect

from policies.library import Library
from policyhub import clock
from policyhub.bootstrap import open_desk
from policyhub.services.acting import Act
from policyhub.services.standard_answers import Seen, approve_card, submit_card, write_card
from policyhub.storage import Records, open_storage
from tests.api.conftest import services_over
from tests.browser.paper import on_paper, sheets
from tests.browser.pictures_kept import keep
from tests.browser.rules import broken_rules
from tests.services.application import served

FOUND, NOTHING, URGENT, SEVERAL = "盖厂房买地能便宜多少", "贷款贴息给多少", "有人拿刀砍人", "奖励 民企"
MOST_KEYS = 6
MEASURE, CLAUSE = "jszb-2023-19/15/land-floor-price", "jszb-2023-19/16"
CARD = {"question": "出让底价有没有优惠", "answer": "照条文答，能不能办由主管部门定。"}


class Desk(NamedTuple):
    """Where it is served, and what it remembers."""

    url: str
    records: Records


@pytest.fixture(scope="module")
def desk(packaged_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A served desk with one standard answer in date and one that is overdue."""
    storage = open_storage(f"sqlite:///{tmp_path_factory.mktemp('desk')}/desk.sqlite3")
    records = storage.records
    for target, review_by in ((MEASURE, "2033-01-01"), (CLAUSE, "2023-06-15")):
        one, other = (Act(who=who, now=clock.now(), today=date(2023, 6, 1)) for who in ("王芳", "李明"))
        draft = {**CARD, "target": target, "review_by": review_by}
        card = write_card(records.answers, packaged_library, draft, one)
        submit_card(records.answers, Seen(card.id, 1), one)
        approve_card(records.answers, packaged_library, Seen(card.id, 1), other)
    services = replace(
        services_over(packaged_library, max_body_bytes=1 << 20), desk=open_desk(records, None, ())
    )
    services.snapshot.search.warm()
    with served(services) as url:
        yield Desk(url, records)
    storage.close()


class Hands:
    """Keys, each counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


@pytest.fixture
def at(page: Page, desk: Desk) -> Page:
    """A browser at the desk that may use the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url)
    page.goto(f"{desk.url}/desk")
    return page


def answered(page: Page, query: str) -> None:
    """A question typed and asked."""
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#answer article").first).to_be_attached()


def copied(page: Page) -> str:
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def queries(desk: Desk) -> list[str]:
    return [gap.query for gap in desk.records.gaps.listed(date.min, date.max)]


def test_a_question_is_answered_and_copied_within_six_keys(at: Page) -> None:
    """The box has the focus; after typing, Enter and C; no wait between them."""
    expect(at.locator("#q")).to_be_focused()
    at.keyboard.type(FOUND)
    hands = Hands(at)
    hands.press("Enter", "c")
    expect(at.get_by_role("status")).to_contain_text("已复制")

    keep(at, "desk-answer")
    assert hands.count <= MOST_KEYS
    assert copied(at) == at.locator("#ticket-1").input_value()
    assert copied(at).startswith(f"问题：{FOUND}\n")
    assert "口径：" in copied(at)
    expect(at.locator("#q")).to_have_value(FOUND)


def test_another_answer_is_chosen_and_copied_within_six_keys(at: Page) -> None:
    """By arrow or by number."""
    at.keyboard.type(SEVERAL)
    hands = Hands(at)
    hands.press("Enter")
    expect(at.locator("#choice-2")).to_be_attached()
    hands.press("ArrowDown", "c")
    expect(at.get_by_role("status")).to_contain_text("已复制")
    second = copied(at)

    assert hands.count <= MOST_KEYS
    expect(at.locator("#choice-2")).to_be_visible()
    assert second == at.locator("#ticket-2").input_value()
    at.keyboard.press("1")
    expect(at.locator("#choice-1")).to_be_visible()
    expect(at.locator("#choice-2")).to_be_hidden()
    at.keyboard.press("ArrowUp")
    expect(at.locator("[data-pick='1']")).to_have_attribute("aria-current", "true")


def test_answers_come_while_typing(at: Page, desk: Desk) -> None:
    """The box keeps the focus, letters are letters there, and nothing half typed is logged."""
    at.keyboard.type("贷款贴息")
    expect(at.locator("#choice-0, #choice-1").first).to_be_attached()
    at.keyboard.type("cfgnzo1?")

    expect(at.locator("#q")).to_have_value("贷款贴息cfgnzo1?")
    expect(at.locator("#q")).to_be_focused()
    assert not any("贷款贴息" in query for query in queries(desk))


def test_in_the_box_keys_work_with_alt(at: Page) -> None:
    """Copying and choosing without leaving it."""
    at.keyboard.type(SEVERAL)
    expect(at.locator("#choice-2")).to_be_attached()
    at.keyboard.press("Alt+2")
    expect(at.locator("#choice-2")).to_be_visible()
    at.keyboard.press("Alt+c")
    expect(at.get_by_role("status")).to_contain_text("已复制")

    expect(at.locator("#q")).to_be_focused()
    expect(at.locator("#q")).to_have_value(SEVERAL)


def test_nothing_found_is_logged_and_said(at: Page, desk: Desk) -> None:
    """By itself when asked; G says so again; C copies that there is no answer."""
    answered(at, NOTHING)

    expect(at.locator("#choice-0")).to_contain_text("已登记")
    expect(at.get_by_role("status")).to_contain_text("查不到")
    at.keyboard.press("g")
    at.keyboard.press("c")
    expect(at.get_by_role("status")).to_contain_text("已复制")
    assert "答复：查不到" in copied(at)
    assert queries(desk).count(NOTHING) == 1


def test_an_answer_that_is_none_is_logged_by_one_key(at: Page, desk: Desk) -> None:
    """G, and the agent is told."""
    answered(at, "光伏用地")
    at.keyboard.press("g")

    expect(at.get_by_role("status")).to_contain_text("已登记")
    assert "光伏用地" in queries(desk)


def test_a_flag_is_raised_by_keys(at: Page, desk: Desk) -> None:
    """F, a reason, Enter; Escape leaves without."""
    answered(at, FOUND)
    at.keyboard.press("f")
    at.keyboard.press("Escape")
    expect(at.locator("#answer")).to_be_focused()
    at.keyboard.press("f")
    at.keyboard.press("ArrowDown")
    at.keyboard.press("Enter")
    expect(at.get_by_role("status")).to_contain_text("进入市规划和自然资源局的清单")

    [flag] = [one for one in desk.records.flags.listed() if one.query == FOUND]
    assert (flag.target, flag.reason) == (MEASURE, "已经过时")


def test_nothing_is_lost_on_a_slip(at: Page) -> None:
    """N clears for the next caller, Z brings the last one back, and changes places with the one on the screen."""
    answered(at, SEVERAL)
    at.keyboard.press("2")
    at.keyboard.press("n")
    expect(at.locator("#q")).to_be_focused()
    expect(at.locator("#q")).to_have_value("")
    answered(at, FOUND)
    at.keyboard.press("z")
    expect(at.locator("#q")).to_have_value(SEVERAL)
    expect(at.locator("#choice-2")).to_be_visible()
    at.keyboard.press("z")
    expect(at.locator("#q")).to_have_value(FOUND)
    at.keyboard.press("n")
    at.keyboard.press("Alt+n")
    at.keyboard.press("Alt+z")
    expect(at.locator("#q")).to_have_value(FOUND)
    at.reload()
    expect(at.locator("#q")).to_have_value(FOUND)


def test_a_clause_opens_beside_the_call(at: Page, desk: Desk) -> None:
    """O, in another tab; the desk stays."""
    answered(at, FOUND)
    with at.context.expect_page() as opened:
        at.keyboard.press("o")

    assert opened.value.url == f"{desk.url}/clauses/jszb-2023-19/15"
    expect(at.locator("#q")).to_have_value(FOUND)


def test_keys_can_be_changed_and_single_keys_switched_off(at: Page) -> None:
    """Kept in the browser; a key used twice is refused; the screen shows the new ones."""
    answered(at, FOUND)
    at.keyboard.press("?")
    at.get_by_label("复制到工单").fill("f")
    at.get_by_role("button", name="记住").press("Enter")
    expect(at.locator("#keys-fault")).to_have_text("“F”用了两次")
    at.get_by_label("复制到工单").fill("x")
    at.get_by_role("button", name="记住").press("Enter")
    expect(at.locator("#keys")).to_be_hidden()
    at.reload()
    expect(at.locator(".keys [data-key=copy]")).to_have_text("X")
    at.keyboard.press("Enter")
    at.keyboard.press("x")
    expect(at.get_by_role("status")).to_contain_text("已复制")
    at.keyboard.press("?")
    at.get_by_label("关掉单键").check()
    at.get_by_role("button", name="记住").press("Enter")
    at.locator("#answer").focus()
    at.keyboard.press("n")
    expect(at.locator("#q")).to_have_value(FOUND)
    expect(at.locator(".keys [data-key=fresh]")).to_have_text("Alt+N")
    at.keyboard.press("Alt+n")
    expect(at.locator("#q")).to_have_value("")
    at.locator(".keys [data-do=help]").click()
    at.get_by_role("button", name="恢复原样").click()
    at.get_by_role("button", name="记住").press("Enter")
    expect(at.locator(".keys [data-key=copy]")).to_have_text("C")


@pytest.mark.parametrize("works", [True, False])
def test_copying_needs_no_clipboard_of_its_own(page: Page, desk: Desk, works: bool) -> None:
    """An address without https: the browser copies the field, or the text is there, selected."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.add_init_script(f"document.execCommand = () => {str(works).lower()}")
    page.goto(f"{desk.url}/desk")
    answered(page, FOUND)
    page.keyboard.press("c")

    expect(page.get_by_role("status")).to_contain_text("已复制" if works else "请按 Ctrl+C")
    expect(page.locator("#ticket-1")).to_be_visible()
    if not works:
        expect(page.locator("#ticket-1")).to_be_focused()
        selected = page.evaluate("(f => f.selectionEnd - f.selectionStart)(document.activeElement)")
        assert selected == len(page.locator("#ticket-1").input_value())


def test_a_line_that_breaks_loses_nothing(at: Page) -> None:
    """The last answer stays, what was typed stays, and the agent is told."""

    def cut(route: Route) -> None:
        route.abort()

    answered(at, FOUND)
    at.route("**/desk?*", cut)
    at.keyboard.press("/")
    at.keyboard.type("光伏用地")
    at.keyboard.press("Enter")
    expect(at.locator("#trouble")).to_contain_text("没有连上")
    expect(at.locator("#q")).to_have_value("光伏用地")
    expect(at.locator("#choice-1")).to_contain_text("百分之七十")
    at.unroute("**/desk?*")
    at.keyboard.press("/")
    at.keyboard.press("Enter")
    expect(at.locator("#choice-1")).to_contain_text("光伏复合")
    expect(at.locator("#trouble")).to_be_hidden()


def test_an_urgent_request_cannot_be_overlooked(at: Page) -> None:
    """On the screen above everything, and said first."""
    answered(at, URGENT)

    expect(at.locator(".urgent")).to_be_in_viewport()
    expect(at.locator(".urgent__line")).to_have_text("紧急，转 110！")
    expect(at.get_by_role("status")).to_contain_text("转 110")


def test_a_callers_code_opens_beside_the_call(at: Page, desk: Desk) -> None:
    """T, six characters, Enter; the caller made it without a mouse too."""
    other = at.context.new_page()
    other.goto(f"{desk.url}/check")
    other.locator("button.case").first.press("Enter")
    other.locator("input[name=consent]").press("Space")
    other.get_by_role("button", name="生成通话码").press("Enter")
    code = (other.locator(".callcode").get_attribute("aria-label") or "").replace(" ", "")
    at.bring_to_front()
    answered(at, FOUND)
    at.keyboard.press("t")
    at.keyboard.type(code)
    with at.context.expect_page() as opened:
        at.keyboard.press("Enter")

    expect(opened.value.locator("h1")).to_have_text("来电人的自测结果")
    expect(at.locator("#q")).to_have_value(FOUND)


def test_no_script_is_needed(browser: Browser, desk: Desk) -> None:
    """Asking, choosing, the ticket, flags and gaps by links and forms; nothing that only a script could do."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.url}/desk")
    page.get_by_role("searchbox").fill(SEVERAL)
    page.keyboard.press("Enter")
    page.locator("[data-pick='2']").click()
    expect(page.locator("#choice-2")).to_be_visible()
    expect(page.locator("#choice-1")).to_be_hidden()
    expect(page.locator("[data-with-script]:visible")).to_have_count(0)
    page.locator("#choice-2 .ticket summary").click()
    expect(page.locator("#ticket-2")).to_be_visible()
    page.locator("#choice-2 .flag summary").click()
    page.locator("#choice-2 .flag").get_by_role("button").click()
    expect(page.get_by_text("已标记")).to_be_visible()
    expect(page.locator("#choice-2")).to_be_visible()
    page.get_by_role("button", name="登记为查不到").click()
    expect(page.get_by_text("已登记为口径缺口")).to_be_visible()
    context.close()


STATES = {
    "start": "",
    "found": FOUND,
    "several": SEVERAL,
    "overdue": "19号16条",
    "none": NOTHING,
    "urgent": URGENT,
}


@pytest.mark.parametrize("state", STATES)
def test_no_rule_is_broken(page: Page, desk: Desk, state: str) -> None:
    """In every state and every way of showing it."""
    page.goto(f"{desk.url}/desk?q={STATES[state]}")

    assert broken_rules(page) == []
    if state == "start":
        page.locator(".keys [data-do=help]").click()
        assert broken_rules(page) == []


def test_no_rule_is_broken_on_the_pages_of_codes(page: Page, desk: Desk) -> None:
    """Consent, the code, the opened result, a code that cannot be opened."""
    page.goto(f"{desk.url}/check")
    page.locator("button.case").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="生成通话码").click()
    assert broken_rules(page) == []
    page.locator("input[name=consent]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="生成通话码").click()
    assert broken_rules(page) == []
    code = (page.locator(".callcode").get_attribute("aria-label") or "").replace(" ", "")
    for heading in ("来电人的自测结果", "这个通话码打不开"):
        page.goto(f"{desk.url}/desk")
        page.evaluate("document.querySelector('.code').removeAttribute('target')")
        page.locator("#code").fill(code)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(heading)
        assert broken_rules(page) == []


@pytest.mark.parametrize("state", STATES)
def test_it_is_light(page: Page, desk: Desk, state: str) -> None:
    """Few requests, few bytes, no fault on the console."""
    answers: list[Response] = []
    faults: list[str] = []

    def keep(answer: Response) -> None:  # Playwright takes no built-in method
        answers.append(answer)

    page.on("response", keep)
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{desk.url}/desk?q={STATES[state]}")
    page.wait_for_load_state("networkidle")

    assert len(answers) <= 6
    assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) <= 100_000
    assert faults == []


@pytest.mark.parametrize("state", STATES)
def test_it_goes_on_paper(page: Page, desk: Desk, state: str) -> None:
    """What is said and quoted on the open card, and nothing to press."""
    page.goto(f"{desk.url}/desk?q={STATES[state]}")
    said = page.locator("#answer :is(.spoken, .quote, .reading, .urgent__why):visible").all_inner_texts()
    printed = "".join(sheets(page, f"desk-{state}"))

    assert said
    assert [words for words in said if not on_paper(words, printed)] == []
    assert not on_paper("标为错的或旧的", printed)
