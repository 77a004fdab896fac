"""What a run of the browser tests leaves for people to look at: pictures and prints in .screenshots/, in no commit."""

import re
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / ".screenshots"


def keep(page: Page, name: str) -> None:
    """A picture of the window as it stands, under a name made fit for a file."""
    page.screenshot(path=_place(name, "png"), caret="hide", animations="disabled")


def keep_print(page: Page, name: str) -> bytes:
    """The page on A4, kept and returned."""
    return page.pdf(path=_place(name, "pdf"), format="A4")


def _place(name: str, kind: str) -> Path:
    FOLDER.mkdir(exist_ok=True)
    return FOLDER / f"{re.sub(r'[^0-9a-z.-]+', '-', name.lower()).strip('-') or 'front'}.{kind}"
