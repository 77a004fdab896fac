"""A text as a QR picture: SVG for pages, PNG for Word."""

from io import BytesIO

import segno

_LEVEL = "m"  # still read with 15 % of it spoilt
_BORDER = 4  # the quiet margin that readers rely on
_MASK = 0  # a checkerboard: readers read every mask, and trying all eight takes most of the time


def qr_svg(text: str, label: str, *, scale: int = 3) -> str:
    """An ``svg`` element to stand in a page; ``label`` is what a screen reader says. No inline style."""
    code = segno.make(text, error=_LEVEL, mask=_MASK, micro=False)
    return code.svg_inline(
        scale=scale, border=_BORDER, title=label, svgclass="qr", lineclass=None, light="#fff"
    )


def qr_png(text: str, *, scale: int = 6) -> bytes:
    """The picture as PNG."""
    found = BytesIO()
    segno.make(text, error=_LEVEL, mask=_MASK, micro=False).save(
        found, kind="png", scale=scale, border=_BORDER
    )
    return found.getvalue()
