"""The definition of a verdict: a walk over the rule's tree. Every faster form is tested against it."""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from msgspec import Struct

from matcher.predicates import Ground, Outcome, judge
from matcher.truth import Truth, all_of, any_of, none_of
from policies.rules import Condition, Connective, Rule, Value, conditions
from policies.vocabulary import Vocabulary

VERDICTS: Mapping[Truth, str] = {
    Truth.TRUE: "eligible",
    Truth.UNKNOWN: "undetermined",
    Truth.FALSE: "ineligible",
}


class Evaluation(Struct, frozen=True):
    """The truth of a rule and the outcome of each of its conditions, in the order of the file."""

    truth: Truth
    outcomes: tuple[Outcome, ...]


def evaluate(rule: Rule, facts: Mapping[str, Value], vocabulary: Vocabulary) -> Evaluation:
    """Decide a rule for the stated and derived facts of one subject (with its enterprise)."""
    outcomes = tuple(
        judge(condition, facts.get(condition.fact), vocabulary) for condition in conditions(rule)
    )
    return Evaluation(fold(rule, outcomes), outcomes)


def fold(rule: Rule, outcomes: Sequence[Outcome]) -> Truth:
    """The truth of the whole rule from the outcomes of its conditions."""
    return _fold(rule, iter(outcomes))


def undecided(rule: Rule, outcomes: Sequence[Outcome]) -> tuple[int, ...]:
    """Positions of the unknown conditions on which the verdict of an undetermined rule still hangs."""
    return tuple(_undecided(rule, list(outcomes), 0))


def wishes(rule: Rule, wish: Truth = Truth.TRUE) -> tuple[Truth, ...]:
    """What each condition would have to be for the rule to hold: false under 均不满足, else true."""
    if isinstance(rule, Condition):
        return (wish,)
    inner = Truth(-wish) if rule.connective is Connective.NONE else wish
    return tuple(found for part in rule.parts for found in wishes(part, inner))


def score(rule: Rule, credits: Sequence[float]) -> float:
    """0 to 1 (semantics §3): 全部 is the weighted mean, 任一 the maximum, 均不 the mean of complements.

    ``credits``: for each condition 1 true, ½ unknown, 0 false; a value resolved from text counts
    with its similarity.
    """
    return _score(rule, iter(credits))


def _fold(rule: Rule, outcomes: Iterator[Outcome]) -> Truth:
    if isinstance(rule, Condition):
        return next(outcomes).truth
    return _JOIN[rule.connective]([_fold(part, outcomes) for part in rule.parts])


def _undecided(rule: Rule, outcomes: list[Outcome], start: int) -> Iterator[int]:
    if isinstance(rule, Condition):
        if outcomes[start].truth is Truth.UNKNOWN:
            yield start
        return
    for part in rule.parts:
        size = len(conditions(part))
        if fold(part, outcomes[start : start + size]) is Truth.UNKNOWN:
            yield from _undecided(part, outcomes, start)
        start += size


def _score(rule: Rule, credits: Iterator[float]) -> float:
    if isinstance(rule, Condition):
        return next(credits)
    parts = [(_score(part, credits), _weight(part)) for part in rule.parts]
    if rule.connective is Connective.ANY:
        return max(value for value, _ in parts)
    if rule.connective is Connective.NONE:
        parts = [(1 - value, weight) for value, weight in parts]
    return fsum(value * weight for value, weight in parts) / sum(weight for _, weight in parts)


def _weight(rule: Rule) -> int:
    return rule.weight if isinstance(rule, Condition) else 1


_JOIN = {Connective.ALL: all_of, Connective.ANY: any_of, Connective.NONE: none_of}


def grounds(rule: Rule, outcomes: Sequence[Outcome]) -> frozenset[Ground]:
    """The grounds of the unknown conditions that still matter."""
    found = (outcomes[position].ground for position in undecided(rule, outcomes))
    return frozenset(ground for ground in found if ground is not None)
