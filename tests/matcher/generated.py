"""Profiles generated for a library: every fact takes the values at, just below and just above each limit."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import chain, combinations
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matcher.derive import derive
from matcher.profile import Origin, Profile, StatedFact, SubjectFacts
from policies import LibraryError, load_library
from policies.library import Library
from policies.rules import Subject, Value, conditions
from policies.values import show_value
from policies.vocabulary import Fact, FactType
from tests.sample import sample_library

R = TypeVar("R")
Stated = dict[str, Value]
LIBRARIES = ("sample", "packaged")


def by_identity(work: Callable[..., R]) -> Callable[..., R]:
    """Remembers a result for the very same library and fact; neither can be hashed."""
    known: dict[tuple[int, ...], R] = {}

    def remembered(*given: Any) -> R:
        key = tuple(map(id, given))
        if key not in known:
            known[key] = work(*given)
        return known[key]

    return remembered


def steady(examples: int) -> settings:
    """The same profiles in every run, without a clock."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


@cache
def _load(name: str) -> Library | str:
    if name == "sample":
        return sample_library()
    try:
        return load_library()
    except (LibraryError, NotImplementedError) as error:
        return f"the packaged library does not load yet: {str(error)[:200]}"


def library_named(name: str) -> Library:
    """The sample or the packaged library; skips while the latter cannot be loaded."""
    found = _load(name)
    if isinstance(found, str):
        pytest.skip(found)
    return found


@by_identity
def values_of(library: Library, fact: Fact) -> tuple[Value, ...]:
    """Values that tell apart everything the rules and size classes can tell apart."""
    if fact.type is FactType.BOOLEAN:
        return (True, False)
    names = [choice.name for choice in fact.choices]
    if fact.type is FactType.CHOICE:
        return tuple(names)
    if fact.type is FactType.CHOICES:
        sizes = range(len(names) + 1) if len(names) <= 4 else (0, 1, 2, len(names))
        return tuple(frozenset(chosen) for size in sizes for chosen in combinations(names, size))
    if fact.type is FactType.REGION:
        return tuple(library.vocabulary.regions)
    if fact.type is FactType.TEXT:
        return (*(row.name for row in library.key_projects[:3]), "别的名字")
    return tuple(_around(library, fact))


def _around(library: Library, fact: Fact) -> list[Value]:
    leaves = [
        leaf for one in library.measures.values() for leaf in conditions(one.rule) if leaf.fact == fact.id
    ]
    limits: set[Any] = {value for leaf in leaves for value in leaf.values}
    for trade in library.size_classes:
        limits |= {
            amount
            for part in (trade.small_or_medium, trade.medium, trade.small)
            for name, amount in part.items()
            if fact.id == f"enterprise.{name}"
        }
    if fact.type is FactType.DATE:
        return sorted(
            {limit + timedelta(days=step) for limit in limits or {date(2020, 1, 1)} for step in (-1, 0, 1)}
        )
    step = Fraction(1, 1000)
    limits |= {Fraction(7), Fraction(100)}
    return sorted({max(Fraction(0), limit + move) for limit in limits for move in (-step, 0, step)})


def subject(library: Library, kind: Subject, index: int, stated: Mapping[str, Value]) -> SubjectFacts:
    """One subject with what follows from its facts."""
    known = library.vocabulary.facts
    facts = {
        name: StatedFact(value, show_value(known[name], value, library.vocabulary))
        for name, value in stated.items()
    }
    return SubjectFacts(kind=kind, index=index, name=None, facts=derive(facts, library))


def profile_of(
    library: Library, enterprise: Stated | None, projects: list[Stated], assets: list[Stated]
) -> Profile:
    """A profile of bare values."""
    return Profile(
        enterprise=None if enterprise is None else subject(library, Subject.ENTERPRISE, 0, enterprise),
        projects=tuple(subject(library, Subject.PROJECT, i, one) for i, one in enumerate(projects)),
        assets=tuple(subject(library, Subject.ASSET, i, one) for i, one in enumerate(assets)),
    )


@by_identity
def stated_facts(library: Library, kind: Subject) -> st.SearchStrategy[Stated]:
    """Some of the facts of one subject kind."""
    facts = [fact for fact in library.vocabulary.facts.values() if fact.subject is kind]
    known: dict[str, st.SearchStrategy[Value]] = {
        fact.id: st.sampled_from(values_of(library, fact)) for fact in facts
    }
    return st.sets(st.sampled_from(sorted(known))).flatmap(
        lambda names: st.fixed_dictionaries({name: known[name] for name in sorted(names)})
    )


@by_identity
def parts(library: Library) -> st.SearchStrategy[tuple[Stated | None, list[Stated], list[Stated]]]:
    """What a profile is made of: an enterprise or none, up to two projects, up to two assets."""
    return st.tuples(
        st.none() | stated_facts(library, Subject.ENTERPRISE),
        st.lists(stated_facts(library, Subject.PROJECT), max_size=2),
        st.lists(stated_facts(library, Subject.ASSET), max_size=2),
    )


def doubted(one: SubjectFacts, similarity: Mapping[str, float]) -> SubjectFacts:
    """The subject with some facts resolved from a text that is only near."""
    facts = {
        name: replace(fact, origin=Origin(kind="resolved", source="近似", similarity=similarity[name]))
        if name in similarity
        else fact
        for name, fact in one.facts.items()
    }
    return replace(one, facts=facts)


@st.composite
def profiles(draw: st.DrawFn, library: Library) -> Profile:
    """Whole profiles, some of whose values were resolved from a text that is only near."""
    profile = profile_of(library, *draw(parts(library)))
    names = sorted({name for one in profile.subjects() for name in one.facts})
    doubtful = (
        draw(st.dictionaries(st.sampled_from(names), st.sampled_from([0.8, 0.857, 0.95]), max_size=3))
        if names
        else {}
    )

    return replace(
        profile,
        enterprise=None if profile.enterprise is None else doubted(profile.enterprise, doubtful),
        projects=tuple(doubted(one, doubtful) for one in profile.projects),
        assets=tuple(doubted(one, doubtful) for one in profile.assets),
    )


def subsets(names: list[str]) -> chain[tuple[str, ...]]:
    """All subsets, the smallest first."""
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
