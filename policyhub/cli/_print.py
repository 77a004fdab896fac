"""Text for a terminal: columns that line up although a Chinese character is two wide."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_PIECE = re.compile(r"\n|[（《“〔]*(?:[A-Za-z0-9.%]+|[^\n])[，。；：、）》”！？〕]*")


def width(text: str) -> int:
    """The columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int) -> str:
    """The text with spaces up to ``columns``."""
    return text + " " * max(0, columns - width(text))


def table(rows: Iterable[Sequence[object]]) -> Iterable[str]:
    """Rows as lines; the last column is not padded."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        yield "  ".join(
            [*(pad(cell, w) for cell, w in zip(row[:-1], widths, strict=False)), row[-1]]
        ).rstrip()


def wrapped(text: str, columns: int, indent: str = "") -> Iterable[str]:
    """The text broken into lines of at most ``columns``; brackets and commas stay with what they belong to."""
    line = indent
    for piece in _PIECE.findall(text):
        if piece == "\n" or width(line + piece) > columns:
            yield line
            line = indent
        line += piece.strip("\n")
    if line != indent:
        yield line
