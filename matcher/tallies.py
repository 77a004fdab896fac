"""Bare verdicts: every group of a rule is one byte that counts its unknown and its deciding conditions.

全部 is decided by a false condition, 任一 and 均不 by a true one; without any, what is unknown keeps it open.
"""

from collections.abc import Iterator, Sequence
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


class _Branch(NamedTuple):
    """A group: the bytes that count its own conditions, and the groups inside it."""

    connective: Connective
    places: tuple[int, ...]
    inner: tuple["_Branch", ...]


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
            found.append(kind.joined(verdicts) if kind.nested else verdicts)
        return found


class _Kind:
    """The measures of one subject kind: a byte each, then the bytes of what is nested or long."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self.count = len(measures)
        self.start = bytearray(self.count)
        self.terms: list[Term] = []
        self.nested: dict[int, _Branch] = {}
        for place, measure in enumerate(measures):
            branch = self._branch(measure.rule, place)
            if branch.inner or len(branch.places) > 1:
                self.nested[place] = branch

    def joined(self, verdicts: bytes) -> bytes:
        """The verdicts of whole measures from those of their groups."""
        whole = bytearray(verdicts[: self.count])
        for place, branch in self.nested.items():
            whole[place] = _join(branch, verdicts)
        return bytes(whole)

    def _branch(self, rule: Rule, place: int) -> _Branch:
        group = Group(connective=Connective.ALL, parts=(rule,)) if isinstance(rule, Condition) else rule
        own = [part for part in group.parts if isinstance(part, Condition)]
        runs = [own[start : start + _TOGETHER] for start in range(0, len(own), _TOGETHER)] or [[]]
        places = (place, *(self._place() for _ in runs[1:]))
        for run, at in zip(runs, places, strict=True):
            self.start[at] = _ANY if group.connective is Connective.ANY else 0
            self.terms += _terms(run, group.connective, at)
        inner = tuple(self._branch(part, self._place()) for part in group.parts if isinstance(part, Group))
        return _Branch(group.connective, places, inner)

    def _place(self) -> int:
        self.start.append(0)
        return len(self.start) - 1


def _terms(run: Sequence[Condition], connective: Connective, place: int) -> Iterator[Term]:
    deciding = Truth.FALSE if connective is Connective.ALL else Truth.TRUE

    def weight(outcome: Outcome) -> int:
        return _DECIDES if outcome.truth is deciding else int(outcome.truth is Truth.UNKNOWN)

    return (Term(condition, place, weight) for condition in run)


def _join(branch: _Branch, verdicts: bytes) -> int:
    own = [verdicts[place] for place in branch.places]
    inner = [_join(one, verdicts) for one in branch.inner]
    if branch.connective is Connective.ANY:
        return max(own + inner)
    return min(own + [TRUE - one for one in inner] if branch.connective is Connective.NONE else own + inner)
