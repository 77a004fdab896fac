"""What a printed sheet is made of: sections of paragraphs and tables, alike for HTML, Word and Excel."""

from typing import TypeAlias

from msgspec import Struct

_NUMERALS = "〇一二三四五六七八九十"


class Paragraph(Struct, frozen=True, kw_only=True, tag_field="type", tag="paragraph"):
    """A paragraph; ``note`` is set smaller."""

    text: str
    note: bool = False


class Table(Struct, frozen=True, kw_only=True, tag_field="type", tag="table"):
    """A table; without ``header`` its first column names what stands beside it. A cell may hold line breaks.

    ``widths`` are shares of the line; on paper they make twelve. ``title`` names the table for a screen reader, and the sheet of Excel.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block: TypeAlias = Paragraph | Table


class Section(Struct, frozen=True, kw_only=True):
    """A heading of the first or the second level with what stands under it."""

    heading: str
    level: int
    blocks: tuple[Block, ...]


def numeral(number: int) -> str:
    """一 to 十九, as headings of 公文 count."""
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones else "")
