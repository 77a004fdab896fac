"""Conditions: each is decided by one function and described by one sentence, used everywhere alike."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from matcher.truth import Truth, any_of
from policies.rules import Condition, Operator, Value
from policies.values import show_value
from policies.vocabulary import SUBJECT_NAMES, Fact, FactType, Vocabulary


class Ground(Enum):
    """Why a condition is unknown; a person acts on each differently."""

    NOT_STATED = "not_stated"
    LIST_OPEN = "list_open"
    TEXT_SILENT = "text_silent"
    CATALOGUE = "catalogue"
    RANKING = "ranking"


REASONS: Mapping[Ground, str] = {
    Ground.NOT_STATED: "尚未说明",
    Ground.LIST_OPEN: "列举未尽，待责任单位认定",
    Ground.TEXT_SILENT: "条文未明",
    Ground.CATALOGUE: "条文所指的外部目录尚未核对",
    Ground.RANKING: "须与其他申报者比较名次，单凭一家的情况不能判断",
}


class Outcome(NamedTuple):
    """The truth of one condition and, when unknown, why."""

    truth: Truth
    ground: Ground | None = None


HELD = Outcome(Truth.TRUE)
FAILED = Outcome(Truth.FALSE)


def judge(condition: Condition, value: Value | None, vocabulary: Vocabulary) -> Outcome:
    """Decide one condition for a stated value, or for none (semantics §2 and §8)."""
    if value is None:
        return Outcome(Truth.UNKNOWN, _absence(condition))
    if condition.operator in _ORDER:
        [limit] = condition.values
        return HELD if _ORDER[condition.operator](value, limit) else FAILED
    outcome = _listed(condition, value, vocabulary)
    return (
        Outcome(Truth(-outcome.truth), outcome.ground) if condition.operator is Operator.NOT_IN else outcome
    )


def _listed(condition: Condition, value: Value, vocabulary: Vocabulary) -> Outcome:
    """Whether the value is of the list; 不属于 is its contrary, with the same grounds."""
    truth = _among(value, condition.values, vocabulary)
    if truth is Truth.TRUE:
        return HELD
    if truth is Truth.UNKNOWN:  # a stated place that is wider than the one asked for
        return Outcome(Truth.UNKNOWN, Ground.NOT_STATED)
    if _among(value, condition.silent, vocabulary) is Truth.TRUE:
        return Outcome(Truth.UNKNOWN, Ground.TEXT_SILENT)
    if condition.open_list and not _wholly_excluded(condition, value, vocabulary):
        return Outcome(Truth.UNKNOWN, Ground.LIST_OPEN)
    return FAILED


def describe(condition: Condition, vocabulary: Vocabulary) -> str:
    """The condition as half a sentence: 企业所有制为民营企业; 项目上年实际投资额不低于2亿元."""
    fact = vocabulary.facts[condition.fact]
    if fact.type is FactType.BOOLEAN:
        return fact.affirmed if condition.values == (True,) else fact.denied
    return _named(fact) + wanted(condition, vocabulary)


def wanted(condition: Condition, vocabulary: Vocabulary) -> str:
    """What the fact would have to be: ``是``, ``为民营企业``, ``不低于2亿元``, ``在前20名以内``."""
    fact = vocabulary.facts[condition.fact]
    shown = [show_value(fact, value, vocabulary) for value in condition.values]
    mark = "；" if any("、" in one for one in shown) and len(shown) > 1 else "、"
    listed = mark.join(shown) + ("等" if condition.open_list else "")
    if fact.type is FactType.BOOLEAN:
        return listed
    if condition.operator is Operator.NOT_IN:
        return f"不属于{listed}"
    if condition.operator in (Operator.IS, Operator.IN):
        return (_belongs(fact) if len(shown) == 1 else "属于") + listed
    if fact.unit == "名" and condition.operator is Operator.AT_MOST:
        return f"在前{listed}以内"
    return ORDER_WORDS[condition.operator] + listed


def _named(fact: Fact) -> str:
    """The fact with its subject, said once: 企业所有制, 企业规模, 项目建设地点."""
    subject = SUBJECT_NAMES[fact.subject]
    return fact.name if subject in fact.name else subject + fact.name


def _absence(condition: Condition) -> Ground:
    if condition.ranking:
        return Ground.RANKING
    return Ground.CATALOGUE if condition.catalogue else Ground.NOT_STATED


def _belongs(fact: Fact) -> str:
    return {FactType.REGION: "在", FactType.CHOICES: "包括"}.get(fact.type, "为")


def _among(value: Value, listed: tuple[Value, ...], vocabulary: Vocabulary) -> Truth:
    if isinstance(value, frozenset):
        return Truth.TRUE if any(item in value for item in listed) else Truth.FALSE
    if isinstance(value, str) and value in vocabulary.regions:
        return any_of(_within(value, place, vocabulary) for place in listed)
    return Truth.TRUE if value in listed else Truth.FALSE


def _within(place: str, wider: Value, vocabulary: Vocabulary) -> Truth:
    if wider in vocabulary.lineage(place):
        return Truth.TRUE
    return Truth.UNKNOWN if isinstance(wider, str) and place in vocabulary.lineage(wider) else Truth.FALSE


def _wholly_excluded(condition: Condition, value: Value, vocabulary: Vocabulary) -> bool:
    if isinstance(value, frozenset):
        return value <= set(condition.excluded)
    return _among(value, condition.excluded, vocabulary) is Truth.TRUE


_ORDER: Mapping[Operator, Callable[..., bool]] = {
    Operator.AT_LEAST: lambda value, limit: value >= limit,
    Operator.ABOVE: lambda value, limit: value > limit,
    Operator.AT_MOST: lambda value, limit: value <= limit,
    Operator.BELOW: lambda value, limit: value < limit,
    Operator.NOT_BEFORE: lambda value, limit: value >= limit,
    Operator.NOT_AFTER: lambda value, limit: value <= limit,
}
ORDER_WORDS: Mapping[Operator, str] = {
    Operator.AT_LEAST: "不低于",
    Operator.ABOVE: "高于",
    Operator.AT_MOST: "不高于",
    Operator.BELOW: "低于",
    Operator.NOT_BEFORE: "不早于",
    Operator.NOT_AFTER: "不晚于",
}
