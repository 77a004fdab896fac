"""A rule as one Chinese sentence that a policy officer reads aloud and signs."""

from matcher.predicates import describe
from policies.clause_words import UNSTATED
from policies.rules import Condition, Connective, Group, Kind, Measure, Rule
from policies.values import show_value
from policies.vocabulary import Vocabulary

_GIVES = {
    Kind.BENEFIT: "可享受",
    Kind.FACILITATION: "可得到",
    Kind.PROTECTION: "受到保护",
    Kind.OBLIGATION: "应当做到",
    Kind.PROHIBITION: "须遵守",
}
_OPENING = {Connective.ALL: "", Connective.ANY: "", Connective.NONE: "并非"}
_JOINT = {Connective.ALL: "，且", Connective.ANY: "，或", Connective.NONE: "，也并非"}


def readback(measure: Measure, vocabulary: Vocabulary) -> str:
    """``若企业所有制为民营企业，且…，则可享受：…。`` with who decides and what is not stated."""
    rule = _clause(_bare(measure.rule), vocabulary)
    sentence = f"若{rule}，则{_GIVES[measure.kind]}：{measure.benefit.content}"
    if measure.benefit.amount == UNSTATED:
        sentence += "（金额未载明）"
    return f"{sentence}。"


def _clause(rule: Rule, vocabulary: Vocabulary) -> str:
    if isinstance(rule, Condition):
        return describe(rule, vocabulary) + _asides(rule, vocabulary)
    parts = [_part(_bare(part), rule.connective, vocabulary) for part in rule.parts]
    return _OPENING[rule.connective] + _JOINT[rule.connective].join(parts)


def _part(part: Rule, within: Connective, vocabulary: Vocabulary) -> str:
    """A part of a group, in brackets where the ear could not tell what belongs together."""
    said = _clause(part, vocabulary)
    if isinstance(part, Condition) or part.connective is within is not Connective.NONE:
        return said
    denied = part.connective is Connective.NONE
    if denied and (within is Connective.ALL or (within is Connective.ANY and len(part.parts) == 1)):
        return said
    return f"（{said}）"


def _bare(rule: Rule) -> Rule:
    """A group of one part, unless it denies it, is that part."""
    while isinstance(rule, Group) and rule.connective is not Connective.NONE and len(rule.parts) == 1:
        [rule] = rule.parts
    return rule


def _asides(condition: Condition, vocabulary: Vocabulary) -> str:
    """What must be said with a condition: who decides, which list to check, on what the text is silent."""
    asides = []
    if condition.decided_by is not None:
        unstated = condition.decided_by == UNSTATED
        asides.append("须认定，由谁认定未载明" if unstated else f"须由{condition.decided_by}认定")
    if condition.catalogue is not None:
        asides.append(f"须核对{condition.catalogue}")
    if condition.silent:
        fact = vocabulary.facts[condition.fact]
        values = "、".join(show_value(fact, value, vocabulary) for value in condition.silent)
        asides.append(f"{values}：条文未明")
    return f"（{'；'.join(asides)}）" if asides else ""
