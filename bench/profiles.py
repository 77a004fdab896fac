"""Profiles to match, as a caller would send them: hand-written, of the clause files' examples, and generated."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from policies.library import Library
from policies.rules import Subject, Value, conditions
from policies.vocabulary import Fact, FactType

MISSING = 0.35
_PLACES = {Subject.PROJECT: ("projects", 2), Subject.ASSET: ("assets", 1)}

Stated = dict[str, Any]

HAND_WRITTEN: tuple[Stated, ...] = (
    {
        "enterprise": {"ownership": "民营企业", "trade": "工业", "employees": 320, "revenue": "1.2亿元"},
        "projects": [
            {"industrial": True, "policy_orientation": "支持类", "land_supply": "出让", "place": "泽州县"},
            {"pv_composite": True, "pv_array_land": "一般农用地", "pv_line_laying": ["直埋电缆"]},
        ],
        "assets": [{"place": "城区", "owner": "民营企业"}],
    },
    {
        "企业": {"所有制": "国企", "登记地": "高平市"},
        "项目": [{"投资性质": "政府投资"}, {"总用地面积": "100亩", "配套用地面积": "7亩"}],
        "存量资产": [{"所在地": "晋城市以外"}],
    },
    {
        "enterprise": {"ownership": "混合所有制企业"},
        "projects": [
            {"name": "科源 100MW 光伏发电项目"},
            {"renewal_object": "旧厂房", "raises_plot_ratio": True},
        ],
        "assets": [{}],
    },
)


def examples(library: Library) -> Iterator[Stated]:
    """The profiles of the clause files' own examples, which stand just below, at and above every limit."""
    facts = library.vocabulary.by_label()
    for measure in library.measures.values():
        for example in measure.examples:
            stated: dict[Subject, Stated] = {kind: {} for kind in Subject}
            for label, value in example.profile.items():
                stated[facts[label].subject][facts[label].key] = value
            yield {
                "enterprise": stated[Subject.ENTERPRISE],
                "projects": [stated[Subject.PROJECT]],
                "assets": [stated[Subject.ASSET]],
            }


def generate(library: Library, count: int, seed: int) -> Iterator[Stated]:
    """Profiles of one enterprise, two projects and one asset; each fact is missing with the same chance."""
    random, limits = Random(seed), _limits(library)
    facts = {
        kind: [fact for fact in library.vocabulary.facts.values() if fact.subject is kind] for kind in Subject
    }

    def subject(kind: Subject) -> Stated:
        return {
            fact.key: _value(fact, limits.get(fact.id, []), library, random)
            for fact in facts[kind]
            if random.random() >= MISSING
        }

    for _ in range(count):
        stated: Stated = {"enterprise": subject(Subject.ENTERPRISE)}
        for kind, (place, number) in _PLACES.items():
            stated[place] = [subject(kind) for _ in range(number)]
        yield stated


def _limits(library: Library) -> dict[str, list[Value]]:
    """The numbers and dates at which some rule turns, by fact."""
    found: dict[str, list[Value]] = {}
    for measure in library.measures.values():
        for leaf in conditions(measure.rule):
            found.setdefault(leaf.fact, []).extend(leaf.values)
    return found


def _value(fact: Fact, limits: list[Value], library: Library, random: Random) -> Any:
    if fact.type is FactType.BOOLEAN:
        return random.random() < 0.5
    if fact.type is FactType.CHOICE:
        return _spelling(fact, random)
    if fact.type is FactType.CHOICES:
        return sorted({_spelling(fact, random) for _ in range(random.randint(1, 3))})
    if fact.type is FactType.NUMBER:
        return _number(limits, random)
    if fact.type is FactType.DATE:
        return _date(limits, random).isoformat()
    if fact.type is FactType.REGION:
        return random.choice([region.name for region in library.vocabulary.regions.values()])
    return _name(library, random)


def _spelling(fact: Fact, random: Random) -> str:
    """Mostly the standard name, at times what people call it."""
    choice = random.choice(fact.choices)
    return random.choice([choice.name, choice.name, choice.name, *choice.aliases[:1]])


def _number(limits: list[Value], random: Random) -> int | float:
    """About the limits of the rules, at times exactly one of them."""
    about = random.choice([limit for limit in limits if isinstance(limit, Fraction)] or [Fraction(100)])
    amount = float(about * Fraction(random.choice([1, 9, 10, 11, 30]), 10))
    return int(amount) if amount.is_integer() else round(amount, 4)


def _date(limits: list[Value], random: Random) -> date:
    about = random.choice([limit for limit in limits if isinstance(limit, date)] or [date(2023, 6, 2)])
    return about + timedelta(days=random.choice([-400, -1, 0, 1, 400]))


def _name(library: Library, random: Random) -> str:
    """A made-up name; one in ten is a listed key project's, half of those with a letter left out."""
    if library.key_projects and random.random() < 0.1:
        name = random.choice(library.key_projects).name
        return name if random.random() < 0.5 else name[:3] + name[4:]
    return f"晋城{random.choice('东西南北')}{random.randint(1, 999)}号"
