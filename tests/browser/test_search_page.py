"""条款检索 with a script: results as one types, suggestions by keyboard, from hit to hit, one key to copy."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pictures_kept import keep


@pytest.fixture
def search(page: Page, site: str) -> Page:
    """The page with nothing asked yet and the box in focus."""
    page.goto(f"{site}/search")
    page.keyboard.press("/")
    return page


def test_results_come_while_typing(search: Page, site: str) -> None:
    """Without leaving the page; the count is said aloud, the address is in step, the box keeps the focus."""
    search.evaluate("window.stays = true")
    search.keyboard.type("特许精营")

    expect(search.get_by_role("heading", name="找到 2 条")).to_be_visible()
    expect(search.locator("#said")).to_have_text("找到 2 条")
    expect(search.get_by_text("已按“特许经营”检索")).to_be_visible()
    expect(search.locator("#q")).to_be_focused()
    keep(search, "search-results")
    assert unquote(search.url) == f"{site}/search?q=特许精营"
    assert search.evaluate("window.stays") is True
    search.locator("#q").fill("")
    expect(search.get_by_role("heading", name="怎么写都行")).to_be_visible()


def test_filters_stay_while_typing(search: Page, site: str) -> None:
    """What narrows the hits is asked for again with every keystroke."""
    search.goto(f"{site}/search?q=光伏&unit=市能源局")
    search.keyboard.press("/")
    search.locator("#q").fill("煤层气")

    expect(search.locator("#found")).to_have_attribute(
        "data-address", "/search?q=%E7%85%A4%E5%B1%82%E6%B0%94&unit=%E5%B8%82%E8%83%BD%E6%BA%90%E5%B1%80"
    )
    expect(search.get_by_label("已选的范围")).to_contain_text("市能源局")


def test_suggestions_are_a_combobox(search: Page) -> None:
    """↓ chooses and wraps, Esc closes and keeps what was typed, Enter takes what is chosen."""
    box = search.locator("#q")
    search.keyboard.type("shuiwu")
    expect(search.locator(".hit").first).to_be_visible()
    options = search.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    search.keyboard.press("ArrowDown")
    chosen = search.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    search.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(0)
    search.keyboard.press("Escape")
    expect(search.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("shuiwu")

    box.fill("市税务")
    expect(options.first).to_contain_text("市税务局")
    search.keyboard.press("ArrowDown")
    search.keyboard.press("Enter")
    search.wait_for_url("**/search?q=%E5%B8%82%E7%A8%8E%E5%8A%A1%E5%B1%80**")


def test_a_suggested_clause_is_opened(search: Page) -> None:
    """Its name leads to itself."""
    search.keyboard.type("强化用地保")
    expect(search.get_by_role("option").first).to_contain_text("打开条款")
    search.keyboard.press("ArrowDown")
    search.keyboard.press("Enter")

    search.wait_for_url("**/clauses/jszb-2023-19/15")


def test_enter_on_a_citation_goes_to_the_clause(search: Page) -> None:
    """Said before it happens."""
    search.keyboard.type("19号15条")
    expect(search.get_by_text("按回车打开")).to_be_visible()
    search.keyboard.press("Enter")

    search.wait_for_url("**/clauses/jszb-2023-19/15?q=*")


def test_hits_are_read_by_arrow_keys_and_cited_by_one_key(page: Page, site: str) -> None:
    """↓ from the page to the first hit and on, ↑ back, up to the box; c copies the hit one stands on."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}/search?q=光伏")
    links = page.locator(".hit h3 a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-2").input_value()
    assert links.nth(1).get_attribute("href") in copied
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()


def test_chosen_clauses_are_compared_without_a_script(browser: Browser, site: str) -> None:
    """Ticked in the list, side by side on the next page; another is added by its citation."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search?q=光伏")
    page.locator(".pick").nth(0).click()
    page.locator(".pick").nth(1).click()
    page.get_by_role("button", name="对照所选").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_label("再加一条").fill("20号（十四）")
    page.get_by_role("button", name="加上").click()

    expect(page.get_by_role("columnheader")).to_have_count(3)
    context.close()


def test_filters_are_folded_on_a_phone_and_open_beside_the_hits(page: Page, site: str) -> None:
    """One tap away at 320 pixels; always there on a wide screen."""
    unit = page.get_by_role("link", name="市能源局").first
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/search?q=光伏")
    expect(unit).to_be_hidden()
    page.get_by_text("缩小范围").click()
    expect(unit).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()
    expect(unit).to_be_visible()
