"""Fixtures ``chromium_path``, ``browser`` and ``page``: a real browser that can reach this machine alone.

Playwright's synchronous face keeps an event loop running in this thread until it is stopped, and while it does
no other test can run one. So a browser lives as long as a module, and asynchronous tests live in other modules.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.services.processes import find_program

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
HERE = {"127.0.0.1", "localhost", "::1"}


def find_chromium() -> str | None:
    """The Chromium of this machine; first the one without windows, which opens a page five times as fast."""
    return find_program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium of this machine."""
    path = find_chromium()
    if path is None:
        pytest.skip("chromium is not installed")
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless browser with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def strangers() -> list[str]:
    """Addresses outside this machine that a page asked for; a test that expects some empties it."""
    return []


@pytest.fixture
def page(browser: Browser, strangers: list[str]) -> Iterator[Page]:
    """An empty page. The test fails if anything it opens asks for an address outside this machine."""

    def guard(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in HERE:
            strangers.append(request.url)

    context = browser.new_context(
        locale="zh-CN", service_workers="block", viewport={"width": 1280, "height": 800}
    )
    context.set_default_timeout(10_000)
    context.on("request", guard)  # seen, not held up: FLAGS resolve no name outside this machine
    yield context.new_page()
    context.close()

    assert strangers == []
