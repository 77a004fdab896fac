"""The raw text as printed lines, each with its place; and how wide a line is in print."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

BLANK = " \t\u3000\ufeff\r\n\f\v\xa0"

_CONTENT = re.compile(r"[^\r\n\f]+")


class Line(Struct, frozen=True):
    """A line without the blank around it. ``indented`` when blanks that stand for an indent lead it."""

    start: int
    end: int
    text: str
    number: int
    new_page: bool
    indented: bool


def read_lines(raw: str) -> list[Line]:
    """All lines that are not blank, numbered as an editor numbers them."""
    return list(_lines(raw))


def _lines(raw: str) -> Iterator[Line]:
    number, at = 1, 0
    for found in _CONTENT.finditer(raw):
        number += raw.count("\n", at, found.start())
        at = found.start()
        whole = found.group()
        text = whole.strip(BLANK)
        if not text:
            continue
        lead = whole[: len(whole) - len(whole.lstrip(BLANK))].replace("\ufeff", "")
        start = found.start() + whole.index(text[0])
        new_page = lead == " " or raw[max(at - 1, 0) : at] == "\f"
        indented = "\u3000" in lead or len(lead) > 1
        yield Line(start, start + len(text), text, number, new_page, indented)


def width(text: str) -> float:
    """Width in print, in Chinese characters: Latin letters and digits are half as wide."""
    return sum(0.25 if c == " " else 0.5 if c.isascii() else 1.0 for c in text)


class Measure(Struct, frozen=True):
    """How a stretch of text is set: its column, the indent of a first line, and whether it is wrapped."""

    column: float
    indent: float
    wrapped: bool
    marked: bool  # the first line of each paragraph is printed with blanks in front


_FEW = 4
_SHARE = 0.25
_ENDING = 0.5
_ROOM = 0.8
_WIDE = 0.8
_MASS = 0.4  # how much of the text the full lines hold
_NARROWEST = 12


def measure(texts: Sequence[str], firsts: Sequence[str], indented: int) -> Measure:
    """Find how lines are set. ``firsts`` surely begin a paragraph, since a number leads them."""
    if not texts:
        return Measure(0, 0, wrapped=False, marked=False)
    widths = [width(text) for text in texts]
    bins = Counter(round(w) for w in widths)
    column = max(bins, key=lambda w: (bins[w] + bins.get(w + 1, 0), w)) * 1.0
    near = [text for text, w in zip(texts, widths, strict=True) if column - 1 <= w <= column + 2]
    ending = sum(text[-1] in "。；！？" for text in near)
    mass = sum(width(text) for text in near) >= _MASS * sum(widths)
    many = len(near) >= max(_FEW, _SHARE * len(texts)) and ending < _ENDING * len(near)
    full = many and mass and column >= _NARROWEST
    inner = sum(column - 3 <= width(text) <= column - _ROOM for text in firsts)
    flush = sum(width(text) >= column - _ROOM / 2 for text in firsts)
    wrapped = full or broken(texts)
    return Measure(column, 2.0 if inner > flush else 0.0, wrapped=wrapped, marked=indented >= _FEW)


def broken(texts: Sequence[str]) -> bool:
    """Whether the widest lines stop in the middle of a sentence, so that they must be wrapped."""
    widest = max(width(text) for text in texts)
    wide = [text for text in texts[:-1] if width(text) >= _WIDE * widest]
    stops = sum(text[-1] in "。；：！？:;”）〕)" for text in wide)
    return len(wide) > 2 * stops
