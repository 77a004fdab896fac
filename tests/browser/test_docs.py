"""The readable docs work in a real browser that can reach this machine alone."""

import threading
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from api.app import build_app
from tests.api.conftest import services_over
from tests.sample import sample_library
from tests.services.processes import free_port


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A served sample library."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(build_app(services_over(sample_library())), port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


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
