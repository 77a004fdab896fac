"""No page breaks a rule of axe-core: narrow and wide, and in every way of showing it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages_table import PATHS

OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true; })"
# Words of the display cookie, colour scheme, widths: colours do not change with the width, the layout does.
LOOKS = {
    "normal": ("", "light", (320, 1440)),
    "large": ("large", "light", (320,)),
    "contrast": ("contrast", "light", (1440,)),
    "dark": ("", "dark", (1440,)),
}


# Every page as it is first seen; the other looks share one style sheet, so every sixth page shows them.
CASES = [
    (path, look) for number, path in enumerate(PATHS) for look in LOOKS if look == "normal" or number % 6 == 0
]


@pytest.mark.parametrize(("path", "look"), CASES)
def test_no_rule_is_broken(page: Page, site: str, path: str, look: str) -> None:
    """With everything that can be opened open."""
    words, scheme, widths = LOOKS[look]
    if words:
        page.context.add_cookies([{"name": "display", "value": words, "url": site}])
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(site + path)
    page.evaluate(OPEN_ALL)
    broken = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        results = Axe().run(page)
        if results.violations_count:
            broken[width] = results.generate_report()

    assert broken == {}


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """The check can fail."""
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc'>浅</p></body></html>")

    assert Axe().run(page).violations_count > 1
