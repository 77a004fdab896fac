"""The numbers that lead a heading or an item: 第三章, 第三条, 一、, （一）, 1."""

import re
from enum import IntEnum

from msgspec import Struct


class Rank(IntEnum):
    """The ways of numbering, outermost first, in the order of the official style."""

    CHAPTER = 0
    ARTICLE = 1
    SECTION = 2
    PART = 3
    LABEL = 4  # a heading without a number, such as 主要目标：, under which numbers begin anew
    ITEM = 5


class Marker(Struct, frozen=True):
    """A number at the head of a text: as printed without what delimits it, its value, its length."""

    rank: Rank
    number: str
    value: int
    length: int


_HAN = "一二三四五六七八九十百零〇两"
_PATTERNS = (
    (Rank.CHAPTER, re.compile(rf"(第([{_HAN}]{{1,5}}|\d{{1,3}})[编章节])[ \u3000]*")),
    (Rank.ARTICLE, re.compile(rf"(第([{_HAN}]{{1,5}}|\d{{1,3}})条)(?![第例款规、，的])[ \u3000]*")),
    (Rank.SECTION, re.compile(rf"(([{_HAN}]{{1,3}}))、")),
    (Rank.PART, re.compile(rf"([（(]([{_HAN}]{{1,3}})[）)])")),
    (Rank.ITEM, re.compile(r"((\d{1,3}))(?:[.\uff0e]|、(?![0-9]))")),
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def han_value(text: str) -> int:
    """``十四`` is 14; Arabic digits, half or full width, are taken too."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for c in text:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(c, 0)
    return total + digit


def marker_of(text: str) -> Marker | None:
    """The number that leads ``text``, if one does."""
    for rank, pattern in _PATTERNS:
        if found := pattern.match(text):
            return Marker(rank, found.group(1), han_value(found.group(2)), found.end())
    return None


def joins_digit(text: str, marker: Marker) -> bool:
    """``5.5岁以下``: item 5 or the number 5.5, which only the numbers before can tell."""
    return marker.rank is Rank.ITEM and text[marker.length : marker.length + 1].isdecimal()


class Counting:
    """Tells a number that leads an item from one that a wrapped line happens to begin with."""

    def __init__(self) -> None:
        self._last: dict[Rank, int] = {}

    def accepts(self, text: str, *, after_stop: bool) -> Marker | None:
        """The marker of ``text`` if it begins a count or goes on with it; then it is counted."""
        marker = marker_of(text)
        if marker is None:
            return None
        follows = marker.value == self._last.get(marker.rank, 0) + 1
        first = marker.value == 1
        if joins_digit(text, marker) and not (follows and after_stop):
            return None
        if not after_stop and not (marker.rank <= Rank.SECTION and (follows or first)):
            return None
        self._last[marker.rank] = marker.value
        return marker
