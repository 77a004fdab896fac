"""差距: the smallest sets of facts whose change would make an ineligible finding eligible."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise, product

from msgspec import Struct

from matcher.predicates import ORDER_WORDS, Outcome, judge
from matcher.truth import Truth
from policies.rules import Condition, Connective, Operator, Rule, Value, conditions
from policies.values import show_value
from policies.vocabulary import Fact, FactType, Vocabulary

MOST = 3
_MANY_CHOICES = 12

Wish = frozenset[tuple[int, Truth]]


class Flip(Struct, frozen=True, kw_only=True):
    """One fact to change: what it would have to be, and one value that would do."""

    fact: str
    name: str
    to: str
    value: bool | str | list[str]


def flip_sets(
    rule: Rule, outcomes: Sequence[Outcome], vocabulary: Vocabulary
) -> tuple[tuple[Flip, ...], ...]:
    """All smallest sets, at most three, in the order of the file; none with a fact that cannot change."""
    leaves = conditions(rule)
    found: dict[frozenset[str], tuple[Flip, ...]] = {}
    for wish in _wishes(rule, Truth.TRUE, 0):
        flips = _changes(wish, leaves, outcomes, vocabulary)
        if flips is not None:
            found.setdefault(frozenset(flip.fact for flip in flips), flips)
    least = min((len(names) for names in found), default=0)
    return tuple(flips for names, flips in found.items() if len(names) == least)[:MOST]


def _wishes(rule: Rule, wanted: Truth, start: int) -> list[Wish]:
    """Every way to give a rule the wanted truth, as wanted truths of its conditions."""
    if isinstance(rule, Condition):
        return [frozenset({(start, wanted)})]
    part_truth = Truth(-wanted) if rule.connective is Connective.NONE else wanted
    parts = []
    for part in rule.parts:
        parts.append(_wishes(part, part_truth, start))
        start += len(conditions(part))
    every = (rule.connective is Connective.ANY) is (wanted is Truth.FALSE)
    if every:
        return [frozenset().union(*ways) for ways in product(*parts)]
    return [way for part in parts for way in part]


def _changes(
    wish: Wish, leaves: Sequence[Condition], outcomes: Sequence[Outcome], vocabulary: Vocabulary
) -> tuple[Flip, ...] | None:
    by_fact: dict[str, list[tuple[int, Truth]]] = {}
    for position, truth in sorted(wish):
        by_fact.setdefault(leaves[position].fact, []).append((position, truth))
    flips = []
    for name, wants in by_fact.items():
        if all(outcomes[position].truth is truth for position, truth in wants):
            continue
        flip = _change(vocabulary.facts[name], [(leaves[p], truth) for p, truth in wants], vocabulary)
        if flip is None:
            return None
        flips.append(flip)
    return tuple(flips)


def _change(fact: Fact, wants: list[tuple[Condition, Truth]], vocabulary: Vocabulary) -> Flip | None:
    if not fact.changeable:
        return None
    fitting = [
        value
        for value in candidates(fact, [condition for condition, _ in wants], vocabulary)
        if all(judge(condition, value, vocabulary).truth is truth for condition, truth in wants)
    ]
    if not fitting:
        return None
    if fact.type in (FactType.NUMBER, FactType.DATE):
        to = "且".join(_bound(fact, condition, truth, vocabulary) for condition, truth in wants)
    else:
        least = [value for value in fitting if not _beyond(value, fitting, vocabulary)]
        to = "或".join(show_value(fact, value, vocabulary) for value in least[:_MANY_CHOICES])
    return Flip(fact=fact.id, name=fact.name, to=to, value=_plain(fact, fitting[0], vocabulary))


def _beyond(value: Value, others: Sequence[Value], vocabulary: Vocabulary) -> bool:
    """Whether naming ``value`` adds nothing: a place within another, a set with more than it needs."""
    if isinstance(value, frozenset):
        return any(isinstance(other, frozenset) and other < value for other in others)
    return value in vocabulary.regions and any(
        place in others for place in vocabulary.lineage(str(value))[1:]
    )


def candidates(fact: Fact, used: Sequence[Condition], vocabulary: Vocabulary) -> list[Value]:
    """Values that stand for all others as far as these conditions can tell them apart."""
    if fact.type is FactType.BOOLEAN:
        return [True, False]
    if fact.type is FactType.CHOICE:
        return [choice.name for choice in fact.choices]
    if fact.type is FactType.CHOICES:
        return [*_subsets(fact)]
    if fact.type is FactType.REGION:
        listed = [value for condition in used for value in condition.values]
        return list(dict.fromkeys([*listed, *vocabulary.regions]))
    limits = sorted({value for condition in used for value in condition.values}, key=_magnitude)
    return list(dict.fromkeys([*limits, *_between(limits)]))


def _subsets(fact: Fact) -> Iterator[Value]:
    names = [choice.name for choice in fact.choices]
    for size in (1, 0, 2):
        yield from (frozenset(chosen) for chosen in combinations(names, size))
    yield frozenset(names)


def _between(limits: Sequence[Value]) -> Iterator[Value]:
    for low, high in pairwise(limits):
        if isinstance(low, Fraction) and isinstance(high, Fraction):
            yield (low + high) / 2
        elif isinstance(low, date) and isinstance(high, date):
            yield low + (high - low) / 2
    for limit, step in ((limits[0], -1), (limits[-1], 1)) if limits else ():
        if isinstance(limit, date):
            yield limit + timedelta(days=step)
        elif isinstance(limit, Fraction) and step > 0:
            yield limit + step
        elif isinstance(limit, Fraction) and limit > 0:  # no amount is less than nothing
            yield limit / 2


def _magnitude(value: Value) -> Fraction | int:
    return value.toordinal() if isinstance(value, date) else Fraction(str(value))


_OPPOSITE: Mapping[Operator, str] = {
    Operator.AT_LEAST: "低于",
    Operator.ABOVE: "不高于",
    Operator.AT_MOST: "高于",
    Operator.BELOW: "不低于",
    Operator.NOT_BEFORE: "早于",
    Operator.NOT_AFTER: "晚于",
}


def _bound(fact: Fact, condition: Condition, truth: Truth, vocabulary: Vocabulary) -> str:
    words = ORDER_WORDS if truth is Truth.TRUE else _OPPOSITE
    return words[condition.operator] + show_value(fact, condition.values[0], vocabulary)


def _plain(fact: Fact, value: Value, vocabulary: Vocabulary) -> bool | str | list[str]:
    if isinstance(value, bool):
        return value
    if isinstance(value, frozenset):
        return sorted(value)
    return show_value(fact, value, vocabulary)
