"""A table of Word, written as XML at once: a long sheet has thousands of cells."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length

from policyhub.exports.cells import printable
from policyhub.exports.word_styles import CELL, HEAD_CELL
from policyhub.services.paper import Table

_TWIPS = 635  # English Metric Units in a twentieth of a point
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="404040"/>' for side in _SIDES)


def word_table(given: Table, line: Length) -> BaseOxmlElement:
    """The table as wide as the line; its header is repeated on every page, and no row is broken in two.

    Without a header the first column is set as one. The title is what a screen reader says.
    """
    share = line / _TWIPS / sum(given.widths)
    widths = [int(width * share) for width in given.widths]
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_LINES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0000" w:firstRow="{int(bool(given.header))}" w:firstColumn="{int(not given.header)}"/>'
        f"<w:tblCaption w:val={quoteattr(printable(given.title))}/></w:tblPr>"
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
        f"{''.join(_rows(given, widths))}</w:tbl>"
    )


def _rows(given: Table, widths: list[int]) -> Iterator[str]:
    if given.header:
        cells = "".join(
            _cell(text, width, HEAD_CELL) for text, width in zip(given.header, widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    first = CELL if given.header else HEAD_CELL
    for row in given.rows:
        styles = (first, *(CELL for _ in row[1:]))
        cells = "".join(_cell(*one) for one in zip(row, widths, styles, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, style: str) -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{lines}</w:r></w:p></w:tc>'
    )
