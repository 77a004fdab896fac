"""Quantities as the documents and people write them: 2亿元, 60亩, 150MW, 7%, 百分之三十, 前二十名.

Amounts are exact (``Fraction``), since a threshold decides and a float rounds.
"""

import re
import unicodedata
from fractions import Fraction
from math import prod

from msgspec import Struct

UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("金额", Fraction(1)),
    "万元": ("金额", Fraction(10**4)),
    "百万元": ("金额", Fraction(10**6)),
    "千万元": ("金额", Fraction(10**7)),
    "亿元": ("金额", Fraction(10**8)),
    "平方米": ("面积", Fraction(1)),
    "亩": ("面积", Fraction(2000, 3)),
    "公顷": ("面积", Fraction(10**4)),
    "千瓦": ("功率", Fraction(1)),
    "兆瓦": ("功率", Fraction(10**3)),
    "万千瓦": ("功率", Fraction(10**4)),
    "吉瓦": ("功率", Fraction(10**6)),
    "%": ("比例", Fraction(1, 100)),
    "成": ("比例", Fraction(1, 10)),
    "千伏": ("电压", Fraction(1)),
    "个百分点": ("百分点", Fraction(1)),
    "吨标准煤/万元": ("单位能耗", Fraction(1)),
    "天": ("时长（日）", Fraction(1)),
    "个工作日": ("时长（工作日）", Fraction(1)),
    "个月": ("时长（月）", Fraction(1)),
    "年": ("时长（月）", Fraction(12)),
    "米": ("长度", Fraction(1)),
    "人": ("人数", Fraction(1)),
    "名": ("名次", Fraction(1)),
    "个": ("个数", Fraction(1)),
}
_SPELLINGS = {
    "块": "元", "块钱": "元", "万": "万元", "亿": "亿元", "万块": "万元",
    "㎡": "平方米", "m2": "平方米", "m²": "平方米", "平米": "平方米", "平": "平方米", "ha": "公顷",
    "kw": "千瓦", "mw": "兆瓦", "gw": "吉瓦", "百分比": "%", "kv": "千伏",
    "百分点": "个百分点", "日": "天", "工作日": "个工作日", "月": "个月", "m": "米",
    "吨标煤/万元": "吨标准煤/万元", "位": "名", "家": "个", "户": "个", "项": "个",
}  # fmt: skip
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
_ARABIC = re.compile(r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<scale>[十百千]?万?亿?)")
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # 前 20名, but 60 70 is no number
_D = "[一二两俩三四五六七八九]"
_SECTION = re.compile(
    rf"(?:(?P<k>{_D})千)?(?:零?(?P<h>{_D})百)?(?:零?(?P<t>{_D})?(?P<ten>十))?(?P<gap>零)?(?P<u>{_D})?"
)


class Quantity(Struct, frozen=True):
    """An exact amount with its unit in the standard spelling; ``unit`` is empty for a bare number."""

    amount: Fraction
    unit: str

    def to(self, unit: str) -> Fraction | None:
        """The amount in ``unit`` (a bare number counts as already in it); ``None`` if it measures another thing."""
        if self.unit in ("", unit):
            return self.amount
        if self.unit not in UNITS or unit not in UNITS:
            return None
        (kind, size), (wanted, base) = UNITS[self.unit], UNITS[unit]
        return self.amount * size / base if kind == wanted else None


def parse_quantity(text: str) -> Quantity | None:
    """Read a quantity in Arabic or Chinese numerals, with or without a unit; ``None`` if it is not one."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text).replace("人民币", "")).lower()
    if plain.startswith("百分之"):
        amount = _number(plain.removeprefix("百分之"))
        return None if amount is None else Quantity(amount, "%")
    plain = re.sub("^[第前]", "", plain)
    splits = ((plain[:end], plain[end:]) for end in range(len(plain), 0, -1))
    return next((found for number, unit in splits if (found := _quantity(number, unit)) is not None), None)


def unit_name(text: str) -> str | None:
    """The standard spelling of a unit, or ``None`` when it is not known."""
    unit = _SPELLINGS.get(text, text)
    return unit if unit in UNITS else None


def unit_kind(unit: str) -> str:
    """What a known unit measures, e.g. ``金额``."""
    return UNITS[unit][0]


def show_number(amount: Fraction) -> str:
    """The shortest decimal text; a third of something is rounded to six places for reading."""
    if amount.denominator == 1:
        return str(amount.numerator)
    return f"{float(amount):.6f}".rstrip("0").rstrip(".")


def show_quantity(amount: Fraction, unit: str | None) -> str:
    """``2亿元``; percent and Chinese units follow the number without a space, as the documents print."""
    if unit == "万元" and amount >= 10**4 and amount % 100 == 0:
        return f"{show_number(amount / 10**4)}亿元"
    return f"{show_number(amount)}{unit or ''}"


def _quantity(number: str, unit: str) -> Quantity | None:
    amount, name = _number(number), unit_name(unit) if unit else ""
    if amount is None or name is None:
        return None
    if not unit and ("万" in number or "亿" in number):  # 3000万, said alone, is money
        name = "元"
    return Quantity(amount, name)


def _number(text: str) -> Fraction | None:
    if arabic := _ARABIC.fullmatch(text):
        return Fraction(arabic["number"].replace(",", "")) * _scale(arabic["scale"])
    return Fraction(1, 2) if text == "半" else _chinese(text)


def _scale(text: str) -> int:
    return prod(_SCALES[char] for char in text)


def _chinese(text: str) -> Fraction | None:
    head, point, places = text.partition("点")
    if not point:
        whole = _chinese_whole(text)
        return None if whole is None else Fraction(whole)
    digits = places.rstrip("".join(_SCALES))
    whole = _chinese_whole(head)
    if whole is None or not digits or not set(digits) <= set(_DIGITS):
        return None
    tail = Fraction(int("".join(str(_DIGITS[char]) for char in digits)), 10 ** len(digits))
    return (whole + tail) * _scale(places[len(digits) :])


def _chinese_whole(text: str) -> int | None:
    for scale in "亿万":
        if scale in text:
            high, _, low = text.partition(scale)
            head, rest = _chinese_whole(high), _low(low, _SCALES[scale])
            return None if head is None or rest is None else head * _SCALES[scale] + rest
    if text and set(text) <= set(_DIGITS):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _section(text)


def _low(text: str, scale: int) -> int | None:
    """What follows 万 or 亿: nothing, a number below it, or one digit that means tenths of it (两万五)."""
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text] * scale // 10
    return _chinese_whole(text.removeprefix("零")) if text else 0


def _section(text: str) -> int | None:
    """A number below ten thousand; a digit right after 百 or 千 means tenths of it (一百五 is 150)."""
    shape = _SECTION.fullmatch(text)
    if shape is None or not text:
        return None
    thousands, hundreds, tens, ones = (_DIGITS[shape[key]] if shape[key] else 0 for key in "khtu")
    if shape["ten"]:
        tens = tens or 1
    elif ones and not shape["gap"] and text[:-1]:
        ones *= _SCALES[text[-2]] // 10
    return thousands * 1000 + hundreds * 100 + tens * 10 + ones
