"""Bare verdicts: every group of a rule is one byte that counts its unknown and its deciding conditions.

全部 is decided by a false condition, 任一 and 均不 by a true one; without any, what is unknown keeps it open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from matcher.compiled import Sums, Term
from matcher.predicates import Outcome
from matcher.profile import Profile
from matcher.truth import Truth
from policies.rules import Condition, Connective, Group, Measure, Rule, Subject
from policies.vocabulary import Vocabulary

_DECIDES = 16  # more than a byte may count of unknown conditions
_TOGETHER = 7  # conditions counted in one byte; longer groups take several
_ANY = 128  # the mark of 任一, whose deciding conditions make it true
FALSE, UNKNOWN, TRUE = range(3)
TRUTHS = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)


def _read(byte: int) -> int:
    open_or_decided, any_of = byte % _ANY, byte >= _ANY
    if open_or_decided >= _DECIDES:
        return TRUE if any_of else FALSE
    if open_or_decided:
        return UNKNOWN
    return FALSE if any_of else TRUE


_VERDICTS = bytes(map(_read, range(256)))


class _Step(NamedTuple):
    """How the verdict of a group that is nested or long follows from those of its bytes."""

    place: int
    join: Callable[[Iterable[int]], int]
    parts: Callable[[Sequence[int]], Iterable[int]]


class Tallies:
    """The verdicts of all measures, without their reasons."""

    def __init__(self, measures: Sequence[Measure], vocabulary: Vocabulary) -> None:
        kinds = {kind: _Kind([one for one in measures if one.subject is kind]) for kind in Subject}
        start = {name: bytes(kind.start) for name, kind in kinds.items()}
        self._sums = Sums(start, {name: kind.terms for name, kind in kinds.items()}, vocabulary)
        self._kinds = kinds

    def of(self, profile: Profile) -> list[bytes]:
        """For each subject one byte for each measure of its kind, in document order: FALSE, UNKNOWN or TRUE."""
        found = []
        for subject, counted in zip(profile.subjects(), self._sums.of(profile), strict=True):
            kind = self._kinds[subject.kind]
            verdicts = counted.translate(_VERDICTS)
            found.append(kind.joined(verdicts) if kind.steps else verdicts)
        return found


class _Kind:
    """The measures of one subject kind: a byte each, then the bytes of what is nested or long."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self.count = len(measures)
        self.start = bytearray(self.count)
        self.terms: list[Term] = []
        self.steps: list[_Step] = []
        for place, measure in enumerate(measures):
            self._count(measure.rule, place)

    def joined(self, verdicts: bytes) -> bytes:
        """The verdicts of whole measures from those of their groups, the innermost first."""
        whole = bytearray(verdicts)
        for place, join, parts in self.steps:
            whole[place] = join(parts(whole))
        return bytes(whole[: self.count])

    def _count(self, rule: Rule, place: int) -> int:
        """Let the byte at ``place`` stand for a rule."""
        group = Group(connective=Connective.ALL, parts=(rule,)) if isinstance(rule, Condition) else rule
        own = [part for part in group.parts if isinstance(part, Condition)]
        runs = [own[start : start + _TOGETHER] for start in range(0, len(own), _TOGETHER)] or [[]]
        places = [place, *(self._new() for _ in runs[1:])]
        inner = [self._count(part, self._new()) for part in group.parts if isinstance(part, Group)]
        joined = len(places) + len(inner) > 1
        counted = Connective.ANY if joined and group.connective is Connective.NONE else group.connective
        for run, at in zip(runs, places, strict=True):
            self.start[at] = _ANY if counted is Connective.ANY else 0
            self.terms += _terms(run, counted, at)
        if joined:
            self.steps.append(_Step(place, _JOIN[group.connective], itemgetter(*places, *inner)))
        return place

    def _new(self) -> int:
        self.start.append(0)
        return len(self.start) - 1


def _terms(run: Sequence[Condition], connective: Connective, place: int) -> Iterator[Term]:
    deciding = Truth.FALSE if connective is Connective.ALL else Truth.TRUE

    def weight(outcome: Outcome) -> int:
        return _DECIDES if outcome.truth is deciding else int(outcome.truth is Truth.UNKNOWN)

    return (Term(condition, place, weight) for condition in run)


def _none(verdicts: Iterable[int]) -> int:
    return TRUE - max(verdicts)


_JOIN: Mapping[Connective, Callable[[Iterable[int]], int]] = {
    Connective.ALL: min,
    Connective.ANY: max,
    Connective.NONE: _none,
}
