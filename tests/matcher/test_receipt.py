"""A receipt: equal for an equal question, and every other question shows in its own part."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from matcher.intake import read_profile
from matcher.match import Matcher
from matcher.receipt import Receipt, issue, number
from policies.library import Library
from tests.sample import AS_OF, sample_library

STATED = {
    "enterprise": {"ownership": "民营企业", "revenue": "2亿元"},
    "projects": [{"investment": "2亿元", "industrial": True}, {}],
}


def receipt(
    stated: Any = STATED, library: Library | None = None, engine: str = "e" * 64, as_of: date = AS_OF
) -> Receipt:
    library = library or sample_library()
    profile = read_profile(stated, library)
    return issue(library, engine, profile, as_of, Matcher(library).match(profile, as_of))


def changed_parts(old: Receipt, new: Receipt) -> set[str]:
    """The parts of a question that two receipts tell apart."""
    parts = ("profile", "rules", "text", "as_of", "engine")
    return {part for part in parts if getattr(old, part) != getattr(new, part)}


def with_digests(**digests: str) -> Library:
    library = sample_library()
    return replace(library, digests=replace(library.digests, **digests))


def test_replaying_gives_the_same_receipt() -> None:
    assert receipt() == receipt()
    assert number(receipt()) == receipt().id


def test_spelling_order_and_units_of_a_profile_do_not_count() -> None:
    same = {
        "项目": [{"工业项目": "是", "总投资": "20000万元"}, {"place": None}],
        "企业": {"营业收入": 20000, "所有制": "民营企业"},
    }

    assert receipt(same) == receipt()


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        (
            {"stated": {**STATED, "projects": [{"investment": "2亿元", "industrial": False}, {}]}},
            ("profile",),
        ),
        ({"stated": {**STATED, "projects": [{}, {"investment": "2亿元", "industrial": True}]}}, ("profile",)),
        ({"stated": {**STATED, "assets": [{}]}}, ("profile",)),
        ({"library": with_digests(rules="x" * 64)}, ("rules",)),
        ({"library": with_digests(text="x" * 64)}, ("text",)),
        ({"as_of": date(2024, 1, 1)}, ("as_of",)),
        ({"engine": "x" * 64}, ("engine",)),
        ({"engine": "x" * 64, "as_of": date(2024, 1, 1)}, ("as_of", "engine")),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_each_difference_shows_in_its_own_part_and_in_the_number(
    changed: dict[str, Any], names: tuple[str, ...]
) -> None:
    new = receipt(**changed)

    assert changed_parts(receipt(), new) == set(names)
    assert new.id != receipt().id


@pytest.mark.parametrize("field", ["id", "text", "rules", "engine", "profile", "verdicts"])
def test_an_altered_receipt_is_told_by_its_number(field: str) -> None:
    altered = replace(receipt(), **{field: "0" * 16})

    assert number(altered) != altered.id


def test_two_amounts_that_a_float_cannot_tell_apart_are_two_profiles() -> None:
    one, other = ({"enterprise": {"revenue": f"0.1000000000000000000{digit}"}} for digit in "12")

    assert changed_parts(receipt(one), receipt(other)) == {"profile"}


def test_a_text_resolved_by_likeness_is_part_of_the_profile() -> None:
    exact, alias = ({"enterprise": {"ownership": word}} for word in ("民营企业", "民企"))

    assert changed_parts(receipt(exact), receipt(alias)) == {"profile"}
