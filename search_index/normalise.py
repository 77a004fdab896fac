"""One spelling for texts and queries: width, case, traditional characters, numerals, spaces.

百分之三十, 30％ and 30 % become ``30%``; 一百零二项 becomes ``102项``; 七折 becomes ``70%``.
Positions are kept, so that what is found can be marked in the text as printed.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from policies.quantity import parse_quantity, show_number

_NUMERAL = "零〇一二三四五六七八九十百千万亿两"
_COUNTED = "个|条|项|亩|年|天|日|月|名|家|人|倍|号|大类|小类|类|平方|平米|公顷|兆瓦|千瓦|千伏|小时|工作日|周|元|块|层|次|部分"
_NUMBER = re.compile(
    rf"百分之(?P<percent>[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?|[0-9.]+)"
    rf"|(?P<tenths>[一二三四五六七八九])(?:(?P<hundredths>[一二三四五六七八九])?折|成(?![立效果功熟品本为员交长套]))"
    rf"|(?P<digits>[0-9](?:\.[0-9])?)折"
    rf"|(?P<long>[{_NUMERAL}]*[十百千万亿][{_NUMERAL}]+|[{_NUMERAL}]+[十百][{_NUMERAL}]*)"
    rf"|(?P<short>[零〇一二三四五六七八九十两])(?=(?:{_COUNTED}))"
)
_SPACES = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])")
_FIXED = ("十四五", "十三五", "十五五", "一老一小", "三零", "百村百院", "一视同仁", "千方百计", "万元")


class Normal(NamedTuple):
    """A normalised text; ``spans[i]`` is where its character i stands in the text as given."""

    text: str
    spans: tuple[tuple[int, int], ...]


def normalise(text: str) -> str:
    """The normalised text alone."""
    return _numbers(_SPACES.sub("", _fold(text)))


def normalise_words(text: str) -> tuple[str, ...]:
    """The parts of a query that were typed apart, each normalised."""
    return tuple(part for part in (normalise(word) for word in text.split()) if part)


def normalise_with_spans(text: str) -> Normal:
    """The normalised text with the place of each of its characters."""
    characters, spans = [], []
    for place, char in enumerate(text):
        for folded in _fold(char):
            characters.append(folded)
            spans.append((place, place + 1))
    plain = "".join(characters)
    for gap in reversed(list(_SPACES.finditer(plain))):
        del characters[gap.start() : gap.end()], spans[gap.start() : gap.end()]
    plain = "".join(characters)
    for number in reversed(list(_NUMBER.finditer(plain))):
        written = _written(number)
        if written != number.group():
            whole = (spans[number.start()][0], spans[number.end() - 1][1])
            characters[number.start() : number.end()] = list(written)
            spans[number.start() : number.end()] = [whole] * len(written)
    return Normal("".join(characters), tuple(spans))


def _fold(text: str) -> str:
    """Width, case and traditional characters; one character stays one wherever Unicode allows it."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded if folded.isascii() else "".join(map(_simplified, folded))


@cache
def _simplified(char: str) -> str:
    return _converter().convert(char) if "一" <= char <= "鿿" else char


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _numbers(text: str) -> str:
    return _NUMBER.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    """A number in Arabic numerals; words that only look like one stay."""
    said = found.group()
    around = found.string[max(0, found.start() - 2) : found.end() + 2]
    if any(word in around for word in _FIXED if said in word):
        return said
    if found["percent"]:
        quantity = parse_quantity("一百" if found["percent"] == "百" else found["percent"])
        return said if quantity is None else f"{show_number(quantity.amount)}%"
    if found["tenths"] or found["digits"]:
        return _discount(found)
    quantity = parse_quantity(said)
    return said if quantity is None else show_number(quantity.amount)


def _discount(found: re.Match[str]) -> str:
    if found["digits"]:
        return f"{round(float(found['digits']) * 10)}%"
    tenths = "零一二三四五六七八九".index(found["tenths"])
    hundredths = "零一二三四五六七八九".index(found["hundredths"] or "零")
    return f"{tenths * 10 + hundredths}%"
