"""The pictures of the guides, made anew: ``make pictures``, or ``python -m tests.docs.pictures [NAME …]``.

The application is served here with a temporary DATA_DIR and stands still on one day, so that a picture changes
only when a page, the library or the machine's fonts do.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec.structs import replace
from playwright.sync_api import Page, sync_playwright

from policyhub.bootstrap import bootstrap
from policyhub.settings import read_settings
from tests.services.application import served
from tests.services.browser import FLAGS, find_chromium

PICTURES = Path(__file__).parents[2] / "docs/pictures"
NOW = datetime(2026, 11, 26, 2, 30, tzinfo=UTC)
LEDGER = "details:has-text('每一段文字归哪一类')"
QUESTION, UNANSWERED = "保证金能用保函吗", "贷款贴息给多少"


class Shot(NamedTuple):
    """A picture: where the browser goes, what it does there, and how much is taken: the window, or one part."""

    name: str
    path: str
    act: Callable[[Page], None] = lambda _: None
    width: int = 860
    height: int = 640
    part: str = ""


def begin(page: Page) -> None:
    """From the first page of the self-check to a question, some answers given."""
    page.get_by_label("企业想知道").check()
    page.get_by_label("项目在建").check()
    page.get_by_text("先写几行").click()
    page.locator("#lines").fill("所有制：民企\n建设地点：泽州县大阳镇")
    page.get_by_role("button", name="带着这些开始").click()


def example(page: Page) -> None:
    """The result of a local example."""
    page.get_by_role("button", name="泽州县停产老厂房").click()
    page.wait_for_selector("h1:text('自测结果')")


def ledger(page: Page) -> None:
    """The clause with each stretch of its text coloured by what it is."""
    page.locator(LEDGER).locator("summary").click()


SHOTS = (
    Shot("check-start", "/check"),
    Shot("check-question", "/check", begin, height=760),
    Shot("check-result", "/check", example, width=960, height=640),
    Shot("search-results", "/search?q=工业用地 容积率", height=720),
    Shot("clause", "/clauses/jszb-2023-19/15", ledger, height=1200, part=LEDGER),
    Shot("desk-answer", f"/desk?q={QUESTION}", width=1280, height=1600, part="#choice-1"),
    Shot("desk-nothing", f"/desk?q={UNANSWERED}", width=970),
)


def main(names: Sequence[str]) -> int:
    """Take the pictures that are named, or all."""
    chromium = find_chromium()
    if chromium is None:
        print("没有找到 chromium，图没有重做", file=sys.stderr)  # noqa: T201 a command says what is missing
        return 1
    PICTURES.mkdir(exist_ok=True)
    with serve() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        for shot in SHOTS:
            if not names or shot.name in names:
                page = browser.new_page(
                    locale="zh-CN",
                    reduced_motion="reduce",
                    viewport={"width": shot.width, "height": shot.height},
                )
                page.goto(address + shot.path)
                shot.act(page)
                taken = page.locator(shot.part) if shot.part else page
                taken.screenshot(path=PICTURES / f"{shot.name}.png", caret="hide", animations="disabled")
                page.close()
        browser.close()
    return 0


@contextmanager
def serve() -> Iterator[str]:
    """The address of the application as it is published, over an empty DATA_DIR."""
    with TemporaryDirectory(prefix="policyhub-pictures-") as directory:
        services = bootstrap(read_settings({"DATA_DIR": directory}))
        services = replace(services, today=NOW.date, desk=replace(services.desk, now=lambda: NOW))
        with served(services) as address:
            yield address


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
