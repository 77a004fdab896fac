"""What a page prints, read back from the PDF."""

import re
import unicodedata
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.pictures_kept import keep_print


def sheets(page: Page, name: str) -> list[str]:
    """The text of each sheet of A4, without spaces and breaks, each character in its usual form."""
    pages = PdfReader(BytesIO(keep_print(page, name))).pages
    return [letters(sheet.extract_text()) for sheet in pages]


def letters(text: str) -> str:
    """A text as it is looked for on paper."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def on_paper(words: str, printed: str) -> bool:
    """Whether they stand there; some characters come back from a PDF as radicals, which have no usual form."""
    return bool(re.search("".join(f"[{re.escape(one)}\u2e80-\u2eff]" for one in letters(words)), printed))
