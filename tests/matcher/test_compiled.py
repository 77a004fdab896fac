"""The compiled form between crowded limits: below, at, between and above each of them."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from msgspec.structs import replace

from matcher.evaluate import evaluate
from matcher.match import Matcher
from policies.library import Library
from policies.rules import Condition, Operator, Subject, Value
from tests.matcher.generated import profile_of
from tests.sample import sample_library

NUMBERS = (Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BELOW)
DATES = (Operator.NOT_BEFORE, Operator.NOT_AFTER)
AMOUNTS = (Fraction(0), Fraction(1), Fraction(3, 2), Fraction(100, 3), Fraction(20000))
DAYS = (date(2020, 2, 29), date(2020, 3, 1), date(2023, 6, 2))


def library_of(fact: str, operators: tuple[Operator, ...], limits: tuple[Value, ...]) -> Library:
    """A library in which every comparison with every limit is a measure of its own."""
    library = sample_library()
    clause = library.encoded[1]
    kinds = [(operator, limit) for operator in operators for limit in limits]
    measures = tuple(
        replace(
            clause.measures[0],
            id=f"yang-2023-1/2/m{place}",
            subject=Subject.ENTERPRISE,
            rule=Condition(fact=fact, operator=operator, values=(limit,), quotes=("原话",)),
        )
        for place, (operator, limit) in enumerate(kinds)
    )
    return replace(library, encoded=(replace(clause, measures=measures),))


def around(limits: tuple[Value, ...]) -> list[Value]:
    amounts = [limit for limit in limits if isinstance(limit, Fraction)]
    days = [limit for limit in limits if isinstance(limit, date)]
    steps = (Fraction(-1, 10**9), Fraction(0), Fraction(1, 10**9))
    return [
        *(amount + step for amount in amounts for step in steps),
        *((low + high) / 2 for low, high in pairwise(amounts)),
        *(day + timedelta(days=step) for day in days for step in (-1, 0, 1)),
    ]


@pytest.mark.parametrize(
    ("fact", "operators", "limits"),
    [("enterprise.revenue", NUMBERS, AMOUNTS), ("enterprise.registered_on", DATES, DAYS)],
)
def test_every_comparison_agrees_with_its_definition_around_and_between_all_limits(
    fact: str, operators: tuple[Operator, ...], limits: tuple[Value, ...]
) -> None:
    library = library_of(fact, operators, limits)
    matcher = Matcher(library)
    for value in around(limits):
        found = {
            name: truth for name, _, truth in matcher.verdicts(profile_of(library, {fact: value}, [], []))
        }

        assert found == {
            name: evaluate(measure.rule, {fact: value}, library.vocabulary).truth
            for name, measure in library.measures.items()
        }
