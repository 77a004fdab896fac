"""What axe-core finds wrong on the page that is open: narrow and wide, and in every way of showing it.

Ways of showing are switched on the page itself, as the cookie's classes and the colour scheme do. Colours do
not change with the width, and large type changes no more than widths, so each is looked at once; and of
text that stands in the same place of the same kind of part, as in the rows of a list, once for all.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]
NARROW, WIDE = 320, 1440

_OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true; })"
_CLASSES = "() => document.documentElement.className"
_SHOW = "classes => { document.documentElement.className = classes; }"
_RUN = """options => axe.run(document, options).then(results => results.violations)"""
_RUN_ON_KINDS = """options => {
  const kinds = new Map();
  for (const part of document.body.querySelectorAll("*")) {
    if (![...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
    let kind = "";
    for (let at = part; at; at = at.parentElement) kind += `${at.tagName}.${at.className} `;
    if (!kinds.has(kind)) kinds.set(kind, part);
  }
  return axe.run({ include: [...kinds.values()] }, options).then((results) => results.violations);
}"""


class Look(NamedTuple):
    """Classes of the html element, and the colour scheme of the system."""

    classes: str = ""
    dark: bool = False


NORMAL = Look()
SIZES = (NORMAL, Look("large-text"))
SHADES = (NORMAL, Look("high-contrast"), Look(dark=True), Look("high-contrast", dark=True))


def broken_rules(page: Page) -> list[str]:
    """Rules broken with everything open, each with its look and its places; the page is left as it was found."""
    page.wait_for_load_state("load")
    page.evaluate(_OPEN_ALL)
    page.evaluate(AXE_SCRIPT)
    classes, size = page.evaluate(_CLASSES), page.viewport_size
    page.emulate_media(reduced_motion="reduce")  # a colour that is still changing is none of the page's
    broken = [*_sizes(page), *_shades(page)]
    _show(page, Look(classes))
    page.emulate_media(reduced_motion="no-preference")
    if size is not None:
        page.set_viewport_size(size)
    return broken


def _sizes(page: Page) -> Iterator[str]:
    """Everything but colours in normal size, and pages that are wider than their window in both sizes."""
    rules = {rule: {"enabled": False} for rule in COLOURS}
    for width, look in product((NARROW, WIDE), SIZES):
        _show(page, look)
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{width} {look}: {wide} wide"
        if look is NORMAL:
            for fault in _faults(page, {"rules": rules}):
                yield f"{width}: {fault}"


def _shades(page: Page) -> Iterator[str]:
    for look in SHADES:
        _show(page, look)
        for fault in _faults(page, {"runOnly": COLOURS}, _RUN_ON_KINDS):
            yield f"{look}: {fault}"


def _show(page: Page, look: Look) -> None:
    page.emulate_media(color_scheme="dark" if look.dark else "light")
    page.evaluate(_SHOW, look.classes)


def _faults(page: Page, options: dict[str, Any], run: str = _RUN) -> Iterator[str]:
    for rule in page.evaluate(run, {"resultTypes": ["violations"], **options}):
        places = "; ".join(" ".join(map(str, node["target"])) for node in rule["nodes"])
        yield f"{rule['id']} ({rule['help']}): {places[:500]}"
