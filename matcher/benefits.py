"""What a benefit comes to: only from numbers of the text, with every input known."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from msgspec import Raw

from matcher.finding import NULL, encode
from matcher.profile import StatedFact
from policies.library import Library
from policies.quantity import show_quantity
from policies.rules import Deadline, Measure, Share
from policies.workdays import workday_after


def computed_json(library: Library, measure: Measure, known: Mapping[str, StatedFact]) -> Raw:
    """The amount or date with its working; ``null`` when an input is unknown or the calendar ends."""
    formula = measure.benefit.formula
    given = None if formula is None else known.get(formula.fact)
    if formula is None or given is None:
        return NULL
    found = _share(formula, given) if isinstance(formula, Share) else _deadline(library, formula, given)
    if found is None:
        return NULL
    amount, working = found
    return Raw(encode({"name": formula.name, "amount": amount, "working": working}))


def _share(formula: Share, given: StatedFact) -> tuple[str, str] | None:
    if not isinstance(given.value, Fraction):
        return None
    amount = show_quantity(given.value * formula.factor, formula.unit)
    return amount, f"{given.understood} × {show_quantity(formula.factor * 100, '%')}"


def _deadline(library: Library, formula: Deadline, given: StatedFact) -> tuple[str, str] | None:
    if not isinstance(given.value, date):
        return None
    day = workday_after(given.value, formula.workdays, library.workdays)
    return None if day is None else (str(day), f"{given.understood} 的次日起第 {formula.workdays} 个工作日")
