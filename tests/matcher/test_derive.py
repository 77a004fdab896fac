"""Derived facts: size classes at every limit of every trade, ratios, listed projects."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

import policies
from matcher.derive import size_class
from matcher.intake import read_profile
from policies import Library
from policies.cursor import open_file
from policies.size_classes import SizeClass, read_size_classes
from tests.sample import sample_library

PACKAGED = Path(policies.__file__).parent / "library" / "catalogues" / "size-classes.yaml"
TABLE = read_size_classes(open_file(PACKAGED.read_text(encoding="utf-8"), PACKAGED.name, []))
NAMES = ("大型", "中型", "小型", "微型")


def limits_of(trade: SizeClass) -> list[dict[str, Fraction]]:
    return [trade.small_or_medium, trade.medium, trade.small]


@pytest.mark.parametrize("trade", TABLE, ids=lambda trade: trade.trade)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_class_begins_at_all_its_limits_and_ends_just_below_any_of_them(
    trade: SizeClass, step: int
) -> None:
    limits = limits_of(trade)[step]

    assert size_class(trade, limits) == NAMES[step]
    assert size_class(trade, {name: amount + 1 for name, amount in limits.items()}) == NAMES[step]
    for name in limits:
        below = {**limits, name: limits[name] - Fraction(1, 100)}
        assert NAMES.index(str(size_class(trade, below))) > step


@pytest.mark.parametrize("trade", TABLE, ids=lambda trade: trade.trade)
def test_an_unknown_input_settles_the_class_only_when_no_value_of_it_could_change_it(
    trade: SizeClass,
) -> None:
    measured = sorted({name for limits in limits_of(trade) for name in limits})
    marks = {
        name: sorted(
            {
                amount + step
                for limits in limits_of(trade)
                if name in limits
                for amount in [limits[name]]
                for step in (-1, 0, 1)
            }
        )
        for name in measured
    }
    for amounts in product(*([None, *marks[name]] for name in measured)):
        known = {name: amount for name, amount in zip(measured, amounts, strict=True) if amount is not None}
        open_names = [name for name in measured if name not in known]
        completions = {
            size_class(trade, {**known, **dict(zip(open_names, rest, strict=True))})
            for rest in product(*(marks[name] for name in open_names))
        }

        assert size_class(trade, known) in (None, *completions)
        if size_class(trade, known) is not None:
            assert len(completions) == 1


def facts_of(**project: object) -> dict[str, object]:
    [read] = read_profile({"projects": [project]}, sample_library()).projects
    return {name: stated.value for name, stated in read.facts.items()}


def test_a_ratio_is_exact_and_in_percent() -> None:
    assert facts_of(ancillary_area="7亩", land_area="100亩")["project.ancillary_share"] == 7
    assert facts_of(ancillary_area=1, land_area=3)["project.ancillary_share"] == Fraction(100, 3)


def test_a_ratio_needs_both_parts_and_a_whole() -> None:
    assert "project.ancillary_share" not in facts_of(ancillary_area=7)
    assert "project.ancillary_share" not in facts_of(ancillary_area=7, land_area=0)


def test_a_listed_name_makes_a_listed_project_and_an_unlisted_one_makes_nothing() -> None:
    assert facts_of(name="科源100MW光伏发电项目")["project.key_listed"] is True
    assert "project.key_listed" not in facts_of(name="我家的养鸡场")


def test_a_derived_fact_says_how_and_on_what_source() -> None:
    profile = read_profile(
        {"enterprise": {"trade": "工业", "employees": 300, "revenue": "2000万元"}}, sample_library()
    )
    assert profile.enterprise is not None
    size = profile.enterprise.facts["enterprise.size"]

    assert (size.value, size.origin.kind, size.origin.source) == (
        "中型",
        "derived",
        "按工业的划型标准；划型标准",
    )


def test_a_size_without_a_trade_or_for_a_trade_without_limits_stays_unknown() -> None:
    for stated in ({"employees": 300}, {"trade": "软件信息技术", "employees": 300}):
        profile = read_profile({"enterprise": stated}, sample_library())

        assert profile.enterprise is not None
        assert "enterprise.size" not in profile.enterprise.facts


@pytest.mark.parametrize(
    ("stated", "inside"),
    [
        ({"建设地点": "晋城经济技术开发区"}, True),
        ({"开发区级别": "省级以下园区"}, True),
        ({"开发区级别": "不在开发区"}, False),
        ({"建设地点": "泽州县巴公镇"}, None),  # a county has zones and places outside them
        ({}, None),
    ],
)
def test_a_project_is_in_a_zone_by_its_place_or_the_level_of_the_zone(
    packaged_library: Library, stated: dict[str, str], inside: bool | None
) -> None:
    """Anything else leaves it to be asked."""
    [project] = read_profile({"projects": [stated]}, packaged_library).projects
    found = project.facts.get("project.in_zone")

    assert (None if found is None else found.value) is inside
