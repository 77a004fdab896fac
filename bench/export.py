"""The library's rules written for engines that know only true and false.

Each rule is exported twice, as "definitely true" and "definitely false"; what is neither is undetermined.
The tests are derived from the semantics (§2, §8) here, not from ``matcher``, so that agreement means something.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from policies.library import Library
from policies.rules import Condition, Connective, Measure, Operator, Rule, Subject, Value, conditions
from policies.vocabulary import FactType, Vocabulary

Plain: TypeAlias = bool | int | float | str | list[str]


class Known(NamedTuple):
    """The fact is stated."""

    fact: str


class In(NamedTuple):
    """The fact is stated and one of the values."""

    fact: str
    values: tuple[bool | str, ...]


class Meets(NamedTuple):
    """The fact is a stated set that holds one of the values."""

    fact: str
    values: tuple[str, ...]


class Compare(NamedTuple):
    """The fact, known to be stated, stands in this order to a limit; ``sign`` is one of >= > <= <."""

    fact: str
    sign: str
    limit: int | float


class Not(NamedTuple):
    """A test turned round."""

    part: "Test"


class All(NamedTuple):
    """Every part holds; without parts, true."""

    parts: tuple["Test", ...]


class Any(NamedTuple):
    """One part holds; without parts, false."""

    parts: tuple["Test", ...]


Test: TypeAlias = Known | In | Meets | Compare | Not | All | Any


class Exported(NamedTuple):
    """One measure's rule as two tests of which at most one holds."""

    measure: Measure
    true: Test
    false: Test


_SIGNS = {
    Operator.AT_LEAST: (">=", "<"),
    Operator.ABOVE: (">", "<="),
    Operator.AT_MOST: ("<=", ">"),
    Operator.BELOW: ("<", ">="),
    Operator.NOT_BEFORE: (">=", "<"),
    Operator.NOT_AFTER: ("<=", ">"),
}


def export(library: Library) -> Mapping[Subject, tuple[Exported, ...]]:
    """The rules of each subject kind, in document order."""
    return {
        kind: tuple(
            Exported(measure, *_both(measure.rule, library.vocabulary))
            for measure in library.measures.values()
            if measure.subject is kind
        )
        for kind in Subject
    }


def guarded(test: Test) -> Test:
    """The same test with "the fact is stated" before every comparison, though a list would say so itself."""
    if isinstance(test, In | Meets):
        return All((Known(test.fact), test))
    if isinstance(test, Not):
        return Not(guarded(test.part))
    if isinstance(test, All):
        return All(tuple(guarded(part) for part in test.parts))
    if isinstance(test, Any):
        return Any(tuple(guarded(part) for part in test.parts))
    return test


def used_facts(exported: Iterable[Exported]) -> tuple[str, ...]:
    """The facts that rules ask for, each once."""
    return tuple(dict.fromkeys(leaf.fact for one in exported for leaf in conditions(one.measure.rule)))


def plain(value: Value) -> Plain:
    """A value as JSON engines take it: numbers as numbers, dates as day numbers, sets as sorted lists."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Fraction | date):
        return number(value)
    return sorted(value)


def number(value: Value) -> int | float:
    """A number or a date as one number."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    if isinstance(value, date):
        return value.toordinal()
    raise TypeError(value)


def variable(fact: str) -> str:
    """A fact's id as a name that every engine accepts."""
    return fact.replace(".", "_")


def _both(rule: Rule, vocabulary: Vocabulary) -> tuple[Test, Test]:
    if isinstance(rule, Condition):
        return _leaf(rule, vocabulary)
    both = [_both(part, vocabulary) for part in rule.parts]
    true, false = tuple(one for one, _ in both), tuple(other for _, other in both)
    if rule.connective is Connective.ALL:
        return _all(true), _any(false)
    if rule.connective is Connective.ANY:
        return _any(true), _all(false)
    return _all(false), _any(true)


def _all(parts: tuple[Test, ...]) -> Test:
    return parts[0] if len(parts) == 1 else All(parts)


def _any(parts: tuple[Test, ...]) -> Test:
    return parts[0] if len(parts) == 1 else Any(parts)


def _leaf(condition: Condition, vocabulary: Vocabulary) -> tuple[Test, Test]:
    kind = vocabulary.facts[condition.fact].type
    if kind in (FactType.NUMBER, FactType.DATE):
        return _ordered(condition)
    if kind is FactType.CHOICES:
        return _set(condition, vocabulary)
    return _listed(condition, vocabulary)


def _ordered(condition: Condition) -> tuple[Test, Test]:
    known, limit = Known(condition.fact), number(condition.values[0])
    sign, opposite = _SIGNS[condition.operator]
    return All((known, Compare(condition.fact, sign, limit))), All(
        (known, Compare(condition.fact, opposite, limit))
    )


def _listed(condition: Condition, vocabulary: Vocabulary) -> tuple[Test, Test]:
    """The allowed values are few, so both tests are lists of values; an unstated fact is in neither."""
    domain = _domain(condition.fact, vocabulary)
    held = _covered(condition.values, domain, vocabulary)
    wider = {code for code in domain if _covers(code, condition.values, vocabulary)}
    failed = set(domain) - held - wider - _covered(condition.silent, domain, vocabulary)
    if condition.open_list:
        failed &= _covered(condition.excluded, domain, vocabulary)
    both = _in(condition.fact, held, domain), _in(condition.fact, failed, domain)
    return both[::-1] if condition.operator is Operator.NOT_IN else both


def _in(fact: str, values: set[bool | str], domain: tuple[bool | str, ...]) -> Test:
    return In(fact, tuple(value for value in domain if value in values)) if values else Any(())


def _domain(name: str, vocabulary: Vocabulary) -> tuple[bool | str, ...]:
    fact = vocabulary.facts[name]
    if fact.type is FactType.BOOLEAN:
        return (True, False)
    if fact.type is FactType.REGION:
        return tuple(vocabulary.regions)
    return tuple(choice.name for choice in fact.choices)


def _covered(
    listed: tuple[Value, ...], domain: tuple[bool | str, ...], vocabulary: Vocabulary
) -> set[bool | str]:
    """The values that are listed, or places inside a listed place."""
    return {value for value in domain if set(_line(value, vocabulary)) & set(listed)}


def _covers(place: bool | str, listed: tuple[Value, ...], vocabulary: Vocabulary) -> bool:
    return any(place in _line(value, vocabulary)[1:] for value in listed if isinstance(value, str))


def _line(value: bool | str, vocabulary: Vocabulary) -> tuple[bool | str, ...]:
    return vocabulary.lineage(value) if isinstance(value, str) and value in vocabulary.regions else (value,)


def _set(condition: Condition, vocabulary: Vocabulary) -> tuple[Test, Test]:
    fact = condition.fact
    names = tuple(choice.name for choice in vocabulary.facts[fact].choices)
    held = Meets(fact, tuple(map(str, condition.values)))
    limits: list[Test] = [Known(fact), Not(held)]
    if condition.silent:
        limits.append(Not(Meets(fact, tuple(map(str, condition.silent)))))
    if condition.open_list:
        limits.append(Not(Meets(fact, tuple(name for name in names if name not in condition.excluded))))
    failed = All(tuple(limits))
    return (failed, held) if condition.operator is Operator.NOT_IN else (held, failed)
