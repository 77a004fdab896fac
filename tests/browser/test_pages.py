"""Every page by keyboard, without a script, on paper, and light enough for a slow line."""

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.pages_table import PAGES, PATHS, PageCase
from tests.browser.paper import on_paper, sheets

MOST_STEPS = 60
MOST_BYTES = 100_000  # as sent
MOST_REQUESTS = 6
# What has the focus: whether it can be seen, and whether it shows that it has it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { name: at.textContent.trim().slice(0, 30) || at.name || at.tagName, outlined, inside };
}"""


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_everything(page: Page, site: str, path: str) -> None:
    """The skip link comes first and leads to the text; the focus is always seen."""
    page.goto(site + path)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    landed = page.evaluate("document.activeElement.id")
    seen = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        seen.append(at)

    assert (first["name"], first["inside"], first["outlined"]) == ("跳到正文", True, True)
    assert landed == "main"
    assert [at for at in seen if not (at["outlined"] and at["inside"])] == []
    assert seen


@pytest.mark.parametrize("case", PAGES, ids=PATHS)
def test_no_script_is_needed(browser: Browser, site: str, case: PageCase) -> None:
    """The words are there, and nothing that only a script could do is offered."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + case.path)

    expect(page.locator("h1")).to_contain_text(case.heading)
    expect(page.locator("[data-with-script]:visible")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("case", PAGES, ids=PATHS)
def test_it_can_be_printed(page: Page, site: str, case: PageCase) -> None:
    """The heading and the text go on paper; what is only for the screen does not."""
    page.goto(site + case.path)
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航")).to_have_count(0)
    printed = sheets(page, case.path)
    assert on_paper(case.heading, printed[0])
    assert all(on_paper(f"第{number}页共{len(printed)}页", sheet) for number, sheet in enumerate(printed, 1))


@pytest.mark.parametrize("path", PATHS)
def test_it_is_light(page: Page, site: str, path: str) -> None:
    """Few requests, few bytes, and no fault on the console but the status that was asked for."""
    answers: list[Response] = []
    faults: list[str] = []

    def keep(answer: Response) -> None:  # Playwright takes no built-in method
        answers.append(answer)

    page.on("response", keep)
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(site + path)

    assert len(answers) <= MOST_REQUESTS
    assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) <= MOST_BYTES
    assert [fault for fault in faults if "404" not in fault] == []


def test_preferences_work_without_a_script(browser: Browser, site: str) -> None:
    """A button turns large type on, the page comes back, and the button turns it off again."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/library/key-projects?q=光伏")
    asked = page.url
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="高对比").click()

    assert page.url == asked
    expect(page.locator("html")).to_have_class("large-text high-contrast")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="高对比").click()
    assert context.cookies() == []
    context.close()


def test_a_citation_is_copied_with_one_key(page: Page, site: str) -> None:
    """Key c; what is copied is what the field shows, and it is said aloud."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}/clauses/jszb-2023-19/15")
    page.keyboard.press("c")

    expect(page.get_by_role("status")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("引用这一条").input_value()
    assert copied.startswith("晋市政办〔2023〕19号 第二部分第15条")
    assert f"{site}/clauses/jszb-2023-19/15" in copied


def test_a_slash_goes_to_the_search_box(page: Page, site: str) -> None:
    """On the front page and elsewhere; within a field it is a slash."""
    for path in ("/", "/library"):
        page.goto(site + path)
        page.keyboard.press("/")
        box = page.get_by_role("searchbox")
        expect(box).to_be_focused()
        page.keyboard.press("/")
        expect(box).to_have_value("/")


def test_the_ledger_is_coloured_on_demand(page: Page, site: str) -> None:
    """Closed at first; each run carries its word, not only a colour."""
    page.goto(f"{site}/clauses/jszb-2023-19/15")
    run = page.locator(".ledger .k-reference")
    expect(run).to_be_hidden()
    page.get_by_text("每一段文字归哪一类").click()

    expect(run).to_be_visible()
    expect(run).to_contain_text("引用")
