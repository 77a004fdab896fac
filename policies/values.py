"""Values of facts: reading the exact spelling, and showing a value to a person."""

from datetime import date
from fractions import Fraction

from policies.quantity import parse_quantity, show_quantity, unit_kind
from policies.rules import Value
from policies.vocabulary import Fact, FactType, Vocabulary

BOOLEANS = {"是": True, "否": False}


class UnreadableValueError(ValueError):
    """A text is no value of the fact; says what was expected."""

    def __init__(self, expected: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(expected)
        self.expected = expected
        self.known = known


def exact_value(fact: Fact, text: str, vocabulary: Vocabulary) -> Value:
    """The value that ``text`` spells exactly, aliases included.

    Raises UnreadableValueError with the expectation and, for closed lists, the allowed words.
    """
    if fact.type is FactType.BOOLEAN:
        return _boolean(text)
    if fact.type in (FactType.CHOICE, FactType.CHOICES):
        return choice_named(fact, text)
    if fact.type is FactType.NUMBER:
        return number_in_unit(fact, text)
    if fact.type is FactType.DATE:
        return _date(text)
    if fact.type is FactType.REGION:
        region = vocabulary.region_named(text)
        if region is None:
            raise UnreadableValueError("政策库里的地名", tuple(r.name for r in vocabulary.regions.values()))
        return region.code
    return text


def choice_named(fact: Fact, text: str) -> str:
    """The standard name of an allowed value, from its name or an alias."""
    for choice in fact.choices:
        if text == choice.name or text in choice.aliases:
            return choice.name
    names = tuple(choice.name for choice in fact.choices)
    raise UnreadableValueError(f"{'、'.join(names)}之一", names)


def number_in_unit(fact: Fact, text: str) -> Fraction:
    """The amount in the fact's unit, from Arabic or Chinese numerals with or without a unit."""
    unit = fact.unit or ""
    quantity = parse_quantity(text)
    if quantity is None:
        raise UnreadableValueError(f"一个数，如 {show_quantity(Fraction(3), unit)}")
    amount = quantity.to(unit)
    if amount is None:
        kind = unit_kind(unit) if unit else "不带单位的数"
        raise UnreadableValueError(f"{kind}，如 {show_quantity(Fraction(3), unit)}")
    return amount


def show_value(fact: Fact, value: Value, vocabulary: Vocabulary) -> str:
    """A value in the words a person reads: 是, 民营企业, 2亿元, 2023-06-02, 泽州县."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return show_quantity(value, fact.unit)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return "、".join(sorted(value)) or "无"
    if fact.type is FactType.REGION:
        return vocabulary.regions[value].name
    return value


def _boolean(text: str) -> bool:
    if text not in BOOLEANS:
        raise UnreadableValueError("是或否", tuple(BOOLEANS))
    return BOOLEANS[text]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableValueError("一个日期，如 2023-06-02") from None
