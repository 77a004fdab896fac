"""No page breaks a rule of axe-core: narrow and wide, and in every way of showing it."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages_table import PATHS
from tests.browser.pictures_kept import keep
from tests.browser.rules import broken_rules


@pytest.mark.parametrize("path", PATHS)
def test_no_rule_is_broken(page: Page, site: str, path: str) -> None:
    """With everything that can be opened open, and nothing wider than its window."""
    page.goto(site + path)
    keep(page, path)

    assert broken_rules(page) == []


def test_what_is_wrong_is_found(page: Page) -> None:
    """The check can fail: by a rule, by a colour of one way of showing, by a width."""
    page.set_content(
        "<html><style>.high-contrast p { color: #ccc }</style>"
        "<body><img src='data:,'><p>浅色的字</p><div style='width: 500px'>宽</div></body></html>"
    )
    found = broken_rules(page)

    assert any("image-alt" in fault for fault in found)
    assert [fault for fault in found if "color-contrast" in fault and "high-contrast" in fault]
    assert not [fault for fault in found if "color-contrast" in fault and "high-contrast" not in fault]
    assert [fault for fault in found if fault.endswith(" wide")]
