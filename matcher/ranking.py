"""The score of a finding and its place in the order (semantics §3)."""

from collections.abc import Mapping, Sequence

from matcher.evaluate import score
from matcher.predicates import Outcome
from matcher.truth import Truth
from policies.rules import Measure, conditions

_HALF = {Truth.TRUE: 1.0, Truth.UNKNOWN: 0.5, Truth.FALSE: 0.0}


def score_points(measure: Measure, outcomes: Sequence[Outcome], similarity: Mapping[str, float]) -> int:
    """0 to 100; a condition on a value resolved from text counts with its similarity (1 if not given)."""
    credits = [
        _HALF[outcome.truth] * (similarity.get(leaf.fact, 1.0) if outcome.truth is Truth.TRUE else 1.0)
        for leaf, outcome in zip(conditions(measure.rule), outcomes, strict=True)
    ]
    return int(score(measure.rule, credits) * 100 + 0.5)


def rank(truth: Truth, points: int, measure: Measure) -> int:
    """The place among verdicts: eligible first, then by score, then what gives before what asks."""
    return ((1 - truth) * 101 + 100 - points) * 2 + measure.kind.asks
