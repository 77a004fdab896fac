"""The readable docs work in a real browser that can reach this machine alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.api.conftest import services_over
from tests.sample import sample_library
from tests.services.application import served


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A served sample library."""
    with served(services_over(sample_library())) as address:
        yield address


def test_every_call_is_readable_without_the_internet(page: Page, address: str) -> None:
    """The docs list the match call, open it, and ask nobody but this machine."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/docs")
    page.locator('[data-path="/v1/match"]').first.click()

    expect(page.get_by_text("按画像匹配措施").first).to_be_visible()
    assert faults == []


def test_the_front_page_leads_to_the_docs(page: Page, address: str) -> None:
    """Its links work by keyboard and it fits a narrow phone."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("link", name="接口说明").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/docs")

    assert width <= 320
