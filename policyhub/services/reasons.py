"""A rule as lines for a reader: every condition worded as it should be, and marked 满足, 不满足 or 未知.

均不满足 is said the other way round (企业未被…), so that 满足 always means well for the reader.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from matcher.predicates import describe
from matcher.profile import Origin
from matcher.truth import Truth
from policies.rules import Condition, Connective, Rule
from policies.vocabulary import FactType, Vocabulary
from policyhub.services.labels import CONNECTIVES, decides


class Mark(Struct, frozen=True):
    """What came of a condition: a name for style sheets, a word, and a symbol that every font has."""

    name: str
    word: str
    symbol: str


MARKS = {
    Truth.TRUE: Mark("met", "满足", "√"),
    Truth.FALSE: Mark("unmet", "不满足", "×"),
    Truth.UNKNOWN: Mark("unknown", "未知", "？"),
}
TRUTHS = {truth.name.lower(): truth for truth in Truth}


class Stated(Struct, frozen=True):
    """The value that a condition was decided on, for a reader."""

    text: str
    origin: Origin


class Result(Struct, frozen=True):
    """What came of one condition, as the matcher says it."""

    result: str
    reason: str | None
    stated: Stated | None


class ConditionLine(Struct, frozen=True, kw_only=True):
    """One condition, or with ``heading`` the words over a group of them; ``depth`` says what lies within what."""

    depth: int
    heading: bool
    sentence: str
    mark: Mark
    fact: str = ""
    reason: str = ""
    value: str = ""
    origin: str = ""
    quotes: tuple[str, ...] = ()
    decided_by: str = ""


class Leaf(NamedTuple):
    """A condition as it should be; ``wish`` is what the matcher has to find for that."""

    place: int
    sentence: str
    wish: Truth
    condition: Condition


class Branch(NamedTuple):
    """Conditions of which every one, or any one, has to hold."""

    any_of: bool
    parts: "tuple[Tree, ...]"


Tree: TypeAlias = Leaf | Branch


def grow(rule: Rule, vocabulary: Vocabulary) -> Tree:
    """The rule without 均不满足."""
    return _grow(rule, Truth.TRUE, count(), vocabulary)


def lines(tree: Tree, results: Sequence[Result], depth: int = 0) -> Iterator[ConditionLine]:
    """The tree from top to bottom; a group that needs every part has no heading at the top."""
    if isinstance(tree, Leaf):
        yield _line(tree, results[tree.place], depth)
        return
    if tree.any_of or depth:
        words = CONNECTIVES["any" if tree.any_of else "all"]
        yield ConditionLine(depth=depth, heading=True, sentence=words, mark=MARKS[holds(tree, results)])
        depth += 1
    for part in tree.parts:
        yield from lines(part, results, depth)


def holds(tree: Tree, results: Sequence[Result]) -> Truth:
    """What came of a tree."""
    if isinstance(tree, Leaf):
        return Truth(TRUTHS[results[tree.place].result] * tree.wish)
    found = [holds(part, results) for part in tree.parts]
    return max(found) if tree.any_of else min(found)


def against(tree: Tree, results: Sequence[Result]) -> Iterator[str]:
    """The sentences that make the whole a no: those not met, except where another one of theirs would do."""
    if holds(tree, results) is not Truth.FALSE:
        return
    if isinstance(tree, Leaf):
        yield tree.sentence
        return
    for part in tree.parts:
        yield from against(part, results)


def origin(given: Origin) -> str:
    """Where a value came from, with how sure that is."""
    doubt = f"（相似度 {given.similarity:.0%}，请核对）" if given.similarity < 1 else ""
    if given.kind == "resolved":
        return f"由所填的“{given.source}”对应{doubt}"
    return f"推得：{given.source}{doubt}" if given.kind == "derived" else "所填"


def _grow(rule: Rule, wish: Truth, places: Iterator[int], vocabulary: Vocabulary) -> Tree:
    if isinstance(rule, Condition):
        return Leaf(next(places), _sentence(rule, wish, vocabulary), wish, rule)
    inner = Truth(-wish) if rule.connective is Connective.NONE else wish
    any_of = (rule.connective is Connective.ANY) is (wish is Truth.TRUE)
    parts: list[Tree] = []
    for part in rule.parts:
        grown = _grow(part, inner, places, vocabulary)
        same = isinstance(grown, Branch) and grown.any_of is any_of
        parts.extend(grown.parts if same and isinstance(grown, Branch) else [grown])
    return parts[0] if len(parts) == 1 else Branch(any_of, tuple(parts))


def _sentence(condition: Condition, wish: Truth, vocabulary: Vocabulary) -> str:
    if wish is Truth.TRUE:
        return describe(condition, vocabulary)
    if vocabulary.facts[condition.fact].type is FactType.BOOLEAN:
        return describe(replace(condition, values=(condition.values != (True,),)), vocabulary)
    return f"并非{describe(condition, vocabulary)}"


def _line(leaf: Leaf, found: Result, depth: int) -> ConditionLine:
    unit, catalogue = leaf.condition.decided_by, leaf.condition.catalogue
    unchecked = catalogue is not None and found.stated is None
    return ConditionLine(
        depth=depth,
        heading=False,
        sentence=leaf.sentence,
        mark=MARKS[Truth(TRUTHS[found.result] * leaf.wish)],
        fact=leaf.condition.fact,
        reason=f"须核对{catalogue}" if unchecked else found.reason or "",
        value="" if found.stated is None else found.stated.text,
        origin="" if found.stated is None else origin(found.stated.origin),
        quotes=leaf.condition.quotes,
        decided_by="" if unit is None else decides(unit),
    )
