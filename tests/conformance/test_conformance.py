"""The tables of this folder, row by row: truth, quantities, and the outcome of every kind of condition."""

from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from matcher.predicates import Ground, judge
from matcher.truth import Truth, all_of, any_of, none_of
from policies.clause_file import ClauseFileReader
from policies.cursor import open_file
from policies.problems import Problem
from policies.quantity import parse_quantity
from policies.rules import Rule, Value, conditions
from policies.strict_yaml import read_yaml
from policies.values import exact_value
from policies.vocabulary import FactType
from tests.sample import HERE as SAMPLE
from tests.sample import sample_library

HERE = Path(__file__).parent
TRUTHS = {"是": Truth.TRUE, "否": Truth.FALSE, "未知": Truth.UNKNOWN}
JOINS = {"全部满足": all_of, "任一满足": any_of, "均不满足": none_of}
GROUNDS = {
    "未说明": Ground.NOT_STATED,
    "未尽": Ground.LIST_OPEN,
    "未明": Ground.TEXT_SILENT,
    "目录": Ground.CATALOGUE,
    "名次": Ground.RANKING,
}


def table(name: str) -> Any:
    tree = read_yaml((HERE / name).read_text(encoding="utf-8"), name)
    assert tree.problems == ()
    return tree.content


def cells() -> list[Any]:
    return [
        pytest.param(row["条件"], stated, outcome, id=f"{list(row['条件'].values())}-{stated}")
        for row in table("conditions.yaml")
        for stated, outcome in row["例"].items()
    ]


def rule_of(written: Any, problems: list[Problem]) -> Rule:
    """The rule of a clause file whose one measure has this condition."""
    cursor = open_file((SAMPLE / "clauses/1.yaml").read_text(encoding="utf-8"), "条件", problems)
    content: Any = cursor.value
    content["措施"] = [{**content["措施"][0], "条件": {**written, "依据": "原话"}}]
    [measure] = ClauseFileReader(sample_library().vocabulary).read(cursor).measures
    return measure.rule


def truth_of(part: Any) -> Truth:
    if isinstance(part, str):
        return TRUTHS[part]
    [(join, parts)] = part.items()
    return JOINS[join]([truth_of(inner) for inner in parts])


@pytest.mark.parametrize("row", table("truth.yaml"), ids=str)
def test_a_group_follows_the_kleene_table_in_every_order(row: Any) -> None:
    [(join, parts), (_, expected)] = row.items()

    assert {truth_of({join: list(order)}) for order in permutations(parts)} == {TRUTHS[expected]}


@pytest.mark.parametrize("row", table("quantities.yaml"), ids=lambda row: f"{row['读']}-{row['作']}")
def test_a_quantity_is_read_exactly_or_not_at_all(row: Any) -> None:
    quantity = parse_quantity(row["读"])
    amount = None if quantity is None else quantity.to(row["作"])

    assert amount == (None if row["得"] == "读不懂" else Fraction(row["得"]))


@pytest.mark.parametrize(("written", "stated", "expected"), cells())
def test_a_condition_comes_out_as_the_table_says(written: Any, stated: str, expected: str) -> None:
    vocabulary = sample_library().vocabulary
    problems: list[Problem] = []
    [condition] = conditions(rule_of(written, problems))
    fact = vocabulary.facts[condition.fact]
    value: Value | None = None
    if stated == "缺":
        pass
    elif fact.type is FactType.CHOICES:
        value = frozenset() if stated == "无" else frozenset(stated.split())
    else:
        value = exact_value(fact, stated, vocabulary)

    outcome = judge(condition, value, vocabulary)

    assert problems == []
    assert outcome == (TRUTHS.get(expected, Truth.UNKNOWN), GROUNDS.get(expected))
