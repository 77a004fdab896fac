"""The fast form of the rules: each stated fact is looked up once, giving what it does to all conditions on it.

``Sums`` adds up one byte for each place; ``CompiledRules`` gives every condition a place of its own, so that
its bytes are the outcomes. The definition (``judge``) fills every table, so there is one meaning only.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from matcher.predicates import FAILED, HELD, Ground, Outcome, judge
from matcher.profile import Profile, StatedFact
from matcher.truth import Truth
from policies.rules import Condition, Measure, Subject, Value, conditions
from policies.vocabulary import Fact, FactType, Vocabulary

_OUTCOMES = (FAILED, HELD, *(Outcome(Truth.UNKNOWN, ground) for ground in Ground))
_CODES = {outcome: code for code, outcome in enumerate(_OUTCOMES)}
_REMEMBERED = 4096


class Lookup(Protocol):
    """From a value to what it adds to the sums of an absent fact."""

    def __getitem__(self, value: Value, /) -> int: ...


class Term(NamedTuple):
    """What one condition adds to the byte at a place, by how it comes out."""

    condition: Condition
    place: int
    weight: Callable[[Outcome], int]


class Sums:
    """Bytes that add up over the facts of a profile, from ``start``; those of one subject kind lie together."""

    def __init__(
        self, start: Mapping[Subject, bytes], terms: Mapping[Subject, Sequence[Term]], vocabulary: Vocabulary
    ) -> None:
        self._sections = slices([len(start[kind]) for kind in Subject])
        every = [
            term._replace(place=section.start + term.place)
            for section, kind in zip(self._sections, Subject, strict=True)
            for term in terms[kind]
        ]
        begun = b"".join(start[kind] for kind in Subject)
        self._size = len(begun)
        self._absent = int.from_bytes(begun, "little") + sum(
            term.weight(judge(term.condition, None, vocabulary)) << (8 * term.place) for term in every
        )
        self.lookups = _lookups(every, vocabulary)

    def of(self, profile: Profile) -> list[bytes]:
        """For each subject the bytes of its kind; the enterprise's facts are looked up once for all."""
        enterprise = () if profile.enterprise is None else (profile.enterprise,)
        shared = self._add(enterprise[0].facts, self._absent) if enterprise else self._absent
        found = []
        for section, subjects in zip(
            self._sections, (enterprise, profile.projects, profile.assets), strict=True
        ):
            for subject in subjects:
                total = shared if subjects is enterprise else self._add(subject.facts, shared)
                found.append(total.to_bytes(self._size, "little")[section])
        return found

    def _add(self, facts: Mapping[str, StatedFact], total: int) -> int:
        lookups = self.lookups
        for name, stated in facts.items():
            if name in lookups:
                total += lookups[name][stated.value]
        return total


class Placed(NamedTuple):
    """A measure, and where its condition codes lie, one byte each, in the pattern of its subject kind."""

    measure: Measure
    codes: slice


class CompiledRules:
    """The outcomes of all conditions of all measures."""

    def __init__(self, measures: Sequence[Measure], vocabulary: Vocabulary) -> None:
        by_kind = {kind: [one for one in measures if one.subject is kind] for kind in Subject}
        self.placed = {kind: _placed(group) for kind, group in by_kind.items()}
        leaves = {kind: [leaf for one in by_kind[kind] for leaf in conditions(one.rule)] for kind in Subject}
        terms = {
            kind: [Term(leaf, place, _CODES.__getitem__) for place, leaf in enumerate(listed)]
            for kind, listed in leaves.items()
        }
        start = {kind: bytes(len(listed)) for kind, listed in leaves.items()}
        self._sums = Sums(start, terms, vocabulary)
        self.lookups = self._sums.lookups
        self.patterns = self._sums.of


def outcomes_of(pattern: bytes) -> tuple[Outcome, ...]:
    """The outcomes that codes stand for."""
    return tuple(_OUTCOMES[code] for code in pattern)


def slices(sizes: Sequence[int]) -> list[slice]:
    """Stretches of these lengths, one after the other."""
    return [slice(start, end) for start, end in pairwise(accumulate(sizes, initial=0))]


def _placed(measures: Sequence[Measure]) -> tuple[Placed, ...]:
    return tuple(map(Placed, measures, slices([len(conditions(one.rule)) for one in measures])))


def _lookups(terms: Sequence[Term], vocabulary: Vocabulary) -> dict[str, Lookup]:
    by_fact: dict[str, list[Term]] = {}
    for term in terms:
        by_fact.setdefault(term.condition.fact, []).append(term)
    return {name: _lookup(vocabulary.facts[name], used, vocabulary) for name, used in by_fact.items()}


def _lookup(fact: Fact, terms: Sequence[Term], vocabulary: Vocabulary) -> Lookup:
    def change(value: Value) -> int:
        total = 0
        for condition, place, weight in terms:
            absent, present = judge(condition, None, vocabulary), judge(condition, value, vocabulary)
            total += (weight(present) - weight(absent)) << (8 * place)
        return total

    if fact.type in (FactType.NUMBER, FactType.DATE):
        return _Ordered(
            change, sorted({value for term in terms for value in term.condition.values}, key=_rank)
        )
    return _Remembered(change)


class _Ordered:
    """A lookup among the stretches that the limits of all conditions cut: below, at, between, above."""

    def __init__(self, change: Callable[[Value], int], limits: Sequence[Value]) -> None:
        self.limits = [_rank(limit) for limit in limits]
        self.stretches = [change(_before(limits[0]))]
        for limit, following in zip(limits, [*limits[1:], None], strict=True):
            self.stretches += [change(limit), change(_after(limit, following))]

    def __getitem__(self, value: Value) -> int:
        rank, limits = _rank(value), self.limits
        place = bisect_left(limits, rank)
        return self.stretches[2 * place + (place < len(limits) and limits[place] == rank)]


class _Remembered(dict[Value, int]):
    """A lookup that judges each value once."""

    def __init__(self, change: Callable[[Value], int]) -> None:
        self.change = change

    def __missing__(self, value: Value) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[value] = codes = self.change(value)
        return codes


def _rank(value: Value) -> Fraction | int:
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else value
    return _as_date(value).toordinal()


def _before(limit: Value) -> Value:
    if isinstance(limit, Fraction):
        return limit - 1
    return _as_date(limit) - timedelta(days=1)


def _after(limit: Value, following: Value | None) -> Value:
    if isinstance(limit, Fraction):
        return (limit + following) / 2 if isinstance(following, Fraction) else limit + 1
    return _as_date(limit) + timedelta(days=1)


def _as_date(limit: Value) -> date:
    if not isinstance(limit, date):
        raise TypeError(limit)
    return limit
