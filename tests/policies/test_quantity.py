"""Quantities: whatever is typed is read or refused; what is shown reads back as the same amount."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.quantity import UNITS, parse_quantity, show_quantity, unit_name
from tests.matcher.generated import steady

DECIMALS = st.integers(0, 10**12).map(lambda amount: Fraction(amount, 10**4))
DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A whole number below a million million in full Chinese numerals."""
    if number == 0:
        return "零"
    said = ""
    gap = False
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10**4
        if part:
            said += ("零" if said and (gap or part < 1000) else "") + _section(part) + name
        gap = bool(said) and part % 10 == 0
    return said


def _section(number: int) -> str:
    said, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return said


@steady(1000)
@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_in_chinese_numerals_is_read_exactly(number: int) -> None:
    quantity = parse_quantity(f"{in_chinese(number)}元")

    assert quantity is not None
    assert quantity.to("元") == number


@steady(500)
@given(DECIMALS, st.sampled_from(sorted(UNITS)))
def test_what_is_shown_reads_back_as_the_same_amount(amount: Fraction, unit: str) -> None:
    quantity = parse_quantity(show_quantity(amount, unit))

    assert quantity is not None
    assert quantity.to(unit) == amount


@steady(1000)
@given(st.text(max_size=12) | st.text("零一二三十百千万亿点半两第前百分之亩元％%.,-0123456789 ", max_size=10))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    quantity = parse_quantity(text)

    assert quantity is None or quantity.unit == "" or quantity.unit in UNITS


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_unit_is_its_own_standard_spelling(unit: str) -> None:
    assert unit_name(unit) == unit


@steady(300)
@given(DECIMALS)
def test_separators_and_width_change_no_amount(amount: Fraction) -> None:
    whole = amount.numerator // amount.denominator
    wide = str(whole).translate({ord(str(digit)): chr(ord("０") + digit) for digit in range(10)})

    assert parse_quantity(f"{whole:,}亩") == parse_quantity(f"{wide}亩") == parse_quantity(f"{whole} 亩")
