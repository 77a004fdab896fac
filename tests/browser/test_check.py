"""企业自测 in a real browser: the journey with and without a script, by keyboard, back, resumed, printed, and its looks."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.paper import on_paper, sheets
from tests.browser.pictures_kept import keep
from tests.browser.rules import broken_rules

EXAMPLE = "高平装备制造产业园二期"
MOST_PAGES = 32  # of the sheet for this example, on which 166 measures have something to say


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without a script."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def begin(page: Page, site: str, *have: str) -> None:
    """The first question."""
    page.goto(f"{site}/check")
    for kind in have:
        page.locator(f"input[name=have][value={kind}]").check()
    page.get_by_role("button", name="开始", exact=True).click()


def result(page: Page, site: str) -> None:
    """The result of an example."""
    page.goto(f"{site}/check")
    page.get_by_role("button", name=EXAMPLE).click()
    expect(page.locator("h1")).to_have_text("自测结果")


def ask(page: Page, site: str, key: str) -> None:
    """One question of an example."""
    result(page, site)
    page.evaluate(
        "key => { const b = document.createElement('button'); b.name = 'do'; b.value = 'ask:' + key;"
        " const form = document.getElementById('check'); form.append(b); form.requestSubmit(b); }",
        key,
    )
    expect(page.locator("#check [name=at]")).to_have_value(key)


def journey(page: Page, site: str, how: str) -> None:
    """Two answers, one back, one changed, the result, the sheet, and out again."""
    begin(page, site, "enterprise")
    page.get_by_label("民营企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.get_by_role("heading", name="刚才这一答")).to_be_visible()
    keep(page, f"check-question-{how}")
    page.get_by_role("button", name="不知道").click()
    expect(page.locator(".told")).to_contain_text("不知道")
    page.get_by_role("button", name="上一题").click()
    page.get_by_role("button", name="上一题").click()
    expect(page.get_by_label("民营企业", exact=True)).to_be_checked()
    page.get_by_label("国有企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.locator(".told")).to_contain_text("国有企业")
    page.get_by_role("button", name="停下，看结果").click()
    expect(page.locator("h1")).to_have_text("自测结果")
    keep(page, f"check-result-{how}")
    page.get_by_role("button", name="告知单：").click()
    expect(page.locator("h1")).to_have_text("政策适用情况告知单")
    page.get_by_role("button", name="回到结果").click()
    page.get_by_role("button", name="几个方案比一比").click()
    page.locator("#check [name='n1.0']").fill("企业.所有制")
    page.locator("#check [name='v1.0']").fill("民企")
    page.get_by_role("button", name="比一比", exact=True).click()
    expect(page.get_by_role("heading", name="不一样的地方")).to_be_visible()
    page.get_by_role("button", name="回到答题").click()
    expect(page.locator(".told")).to_contain_text("国有企业")


def test_the_journey_with_a_script(page: Page, site: str) -> None:
    """Nothing is reloaded for an answer, nothing is complained of, no fact is in the address."""
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    journey(page, site, "script")

    assert faults == []
    assert "?" not in page.url


def test_the_journey_without_a_script(plain: Page, site: str) -> None:
    """The same."""
    journey(plain, site, "plain")


def test_an_answer_does_not_reload_the_page(page: Page, site: str) -> None:
    """The focus goes to the new question, and the counts are said."""
    begin(page, site, "enterprise")
    page.evaluate("window.same = true")
    page.get_by_label("民营企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()

    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("已定")
    assert page.evaluate("window.same") is True


def test_the_keyboard_alone_will_do(page: Page, site: str) -> None:
    """Space ticks, Enter answers."""
    page.goto(f"{site}/check")
    page.locator("input[value=enterprise]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.locator(".told")).to_contain_text("民营企业")


def test_words_are_echoed_while_they_are_typed(page: Page, site: str) -> None:
    """With the unit they were understood in."""
    ask(page, site, "project.last_year_investment@0")
    page.get_by_role("textbox").first.press_sequentially("2亿")

    expect(page.locator(".echo")).to_have_text("理解为：2亿 = 2亿元")


def test_it_goes_on_where_it_stopped_only_if_wished(page: Page, site: str) -> None:
    """Nothing is kept until the box is ticked; then it can be gone on with, and deleted."""
    begin(page, site, "enterprise")
    page.get_by_label("民营企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.locator(".told")).to_contain_text("民营企业")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("在这台设备上记住").check()
    later = page.context.new_page()
    later.goto(f"{site}/check")
    expect(later.locator(".resume")).to_contain_text("这台设备上记着")
    begin(later, site, "project")
    expect(later.get_by_label("在这台设备上记住")).not_to_be_checked()
    later.goto(f"{site}/check")
    later.get_by_role("button", name="接着填").click()
    expect(later.locator(".told")).to_contain_text("民营企业")
    expect(later.get_by_label("在这台设备上记住")).to_be_checked()
    later.goto(f"{site}/check")
    later.get_by_role("button", name="删掉").click()
    names = later.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert not [name for name in names if name.startswith("policyhub")]


def test_reload_back_and_forward_lose_nothing(page: Page, site: str) -> None:
    """Not between two questions, not from another page, not from the result; another tab knows nothing of it."""
    begin(page, site, "enterprise")
    first = page.locator("h1").inner_text()
    page.get_by_label("民营企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.locator(".told")).to_contain_text("民营企业")
    second = page.locator("h1").inner_text()
    assert second != first

    page.reload()
    expect(page.locator("h1")).to_have_text(second)
    expect(page.locator(".told")).to_contain_text("民营企业")
    page.get_by_role("button", name="不知道").click()
    expect(page.locator(".told")).to_contain_text("不知道")
    expect(page.locator("h1")).to_be_focused()
    page.go_back()
    expect(page.locator("h1")).to_have_text(second)
    expect(page.locator(".told")).not_to_contain_text("不知道")
    page.go_forward()
    expect(page.locator(".told")).to_contain_text("不知道")
    page.get_by_role("link", name="隐私说明").click()
    expect(page.locator("h1")).to_have_text("隐私说明")
    page.go_back()
    expect(page.locator(".told")).to_contain_text("民营企业")
    page.get_by_role("button", name="看结果").first.click()
    expect(page.locator("h1")).to_have_text("自测结果")
    page.reload()
    expect(page.locator("h1")).to_have_text("自测结果")
    page.go_back()
    expect(page.locator(".told")).to_contain_text("民营企业")
    page.go_back()
    expect(page.locator("h1")).to_have_text(second)
    page.go_forward()
    page.go_forward()
    expect(page.locator("h1")).to_have_text("自测结果")

    other = page.context.new_page()
    other.goto(f"{site}/check")
    expect(other.locator(".resume")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "words"), [(None, "没有连上服务器"), (503, "没有答好"), (429, "太频繁了")]
)
def test_an_answer_that_does_not_arrive_is_said(
    page: Page, site: str, status: int | None, words: str
) -> None:
    """What was chosen is still there, and the next try goes through."""
    begin(page, site, "enterprise")
    page.route("**/check/ask", lambda route: route.fulfill(status=status) if status else route.abort())
    page.get_by_label("民营企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_label("民营企业", exact=True)).to_be_checked()
    page.unroute("**/check/ask")
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.locator(".told")).to_contain_text("民营企业")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_filled_in_is_downloaded(page: Page, site: str) -> None:
    """A file that the API takes as it is."""
    result(page, site)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="所填的情况").click()

    assert waiting.value.suggested_filename == "自测所填.json"
    assert json.loads(waiting.value.path().read_bytes())["profile"]["projects"]


def test_large_type_loses_no_answer(page: Page, site: str) -> None:
    """It is switched where one is."""
    begin(page, site, "enterprise")
    page.get_by_role("button", name="大字").click()

    expect(page.locator("html")).to_have_class(re.compile("large-text"))
    expect(page.locator("h1")).to_contain_text("企业是民营")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


def test_large_type_loses_nothing_that_is_being_typed(page: Page, site: str) -> None:
    """Not what is half written, nor the wish itself on the next page."""
    result(page, site)
    page.get_by_role("button", name="几个方案").first.click()
    page.get_by_label("方案 1 叫什么").fill("增资以后")
    page.get_by_role("button", name="大字").click()
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="高对比").click()

    expect(page.get_by_label("方案 1 叫什么")).to_have_value("增资以后")
    page.goto(site)
    expect(page.locator("html")).to_have_class("large-text high-contrast")


def test_large_type_loses_no_answer_without_a_script(plain: Page, site: str) -> None:
    """The page comes back as it was, on every page that answers a form."""
    begin(plain, site, "enterprise")
    plain.get_by_label("民营企业", exact=True).check()
    plain.get_by_role("button", name="回答", exact=True).click()
    question = plain.locator("h1").inner_text()
    for button, heading in (
        (None, question),
        ("看结果", "自测结果"),
        ("告知单：", "政策适用情况告知单"),
    ):
        if button:
            plain.get_by_role("button", name=button).first.click()
        plain.get_by_role("button", name="大字").click()

        expect(plain.locator("h1")).to_contain_text(heading)
        expect(plain.locator("#check [name=profile]")).to_have_value(re.compile("民营企业"))


def test_the_sheet_is_printed(page: Page, site: str) -> None:
    """The sheet alone, in A4, its picture whole, its pages numbered and not too many to carry."""
    result(page, site)
    page.get_by_role("button", name="告知单：").click()
    box = page.locator("svg.qr").bounding_box()
    page.emulate_media(media="print")

    expect(page.get_by_role("button", name="下载 Word")).to_have_count(0)
    assert box is not None
    assert box["width"] == box["height"] == int(page.locator("svg.qr").get_attribute("width") or 0)
    printed = sheets(page, "check-notice")
    assert len(printed) <= MOST_PAGES
    for number, sheet in enumerate(printed, 1):
        assert on_paper(f"第{number}页共{len(printed)}页", sheet)


def _question(key: str) -> Callable[[Page, str], None]:
    return lambda page, site: ask(page, site, key)


def _fault(page: Page, site: str) -> None:
    ask(page, site, "project.place@0")
    page.locator(".question input.long").fill("泽洲县")
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.locator(".fault").first).to_be_visible()


def _several(page: Page, site: str) -> None:
    begin(page, site, "enterprise", "project")
    page.get_by_role("button", name="一次答几题").click()
    expect(page.locator("h1")).to_have_text("一次答几题")


def _newly(page: Page, site: str) -> None:
    begin(page, site, "enterprise")
    page.get_by_label("民营企业", exact=True).check()
    page.get_by_role("button", name="回答", exact=True).click()
    expect(page.locator("#newly")).to_be_visible()


def _notice(page: Page, site: str) -> None:
    result(page, site)
    page.get_by_role("button", name="告知单：").click()


def _compare(page: Page, site: str) -> None:
    result(page, site)
    page.get_by_role("button", name="几个方案比一比").click()
    page.locator("#check [name='n1.0']").fill("企业.所有制")
    page.locator("#check [name='v1.0']").fill("国企")
    page.locator("#check [name='n2.0']").fill("没有这项")
    page.get_by_role("button", name="比一比", exact=True).click()
    expect(page.locator("#differs")).to_be_visible()


def _verify(page: Page, site: str) -> None:
    result(page, site)
    facts = page.locator("#check [name=profile]").input_value()
    page.get_by_role("link", name="核验").click()
    page.locator("#facts").fill(facts.replace("民企", "国企"))
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.locator("#again")).to_be_visible()


def _start_fault(page: Page, site: str) -> None:
    page.goto(f"{site}/check")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator("#faults")).to_be_visible()


STATES: dict[str, Callable[[Page, str], None]] = {
    "start-fault": _start_fault,
    "boolean": _question("project.industrial@0"),
    "choice": _question("project.project_type@0"),
    "choices": _question("project.land_kinds@0"),
    "number": _question("project.last_year_investment@0"),
    "date": _question("project.accepted_on@0"),
    "region": _question("project.place@0"),
    "text": _question("project.name@0"),
    "fault": _fault,
    "several": _several,
    "newly": _newly,
    "result": result,
    "notice": _notice,
    "compare": _compare,
    "verify": _verify,
}


@pytest.mark.parametrize("state", STATES)
def test_no_state_breaks_a_rule_or_a_narrow_phone(page: Page, site: str, state: str) -> None:
    """Axe in every way of showing, and no sideways scrolling, with everything open."""
    STATES[state](page, site)
    page.wait_for_load_state("networkidle")

    assert broken_rules(page) == []
