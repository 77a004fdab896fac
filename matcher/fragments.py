"""Findings as JSON written once, with ``%b`` where a profile's own words stand; filled for each subject."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec import Raw

from matcher.benefits import computed_json
from matcher.compiled import outcomes_of
from matcher.evaluate import fold, grounds, undecided
from matcher.finding import NULL, Spoken, brief, encode, explain, stated_json, subject_json
from matcher.predicates import Ground, Outcome
from matcher.profile import STATED, StatedFact, SubjectFacts
from matcher.ranking import rank, score_points
from matcher.truth import Truth
from policies.library import Library
from policies.rules import Condition, Measure, conditions
from policies.vocabulary import FactType, Vocabulary

_ABSENT = (Ground.NOT_STATED, Ground.CATALOGUE, Ground.RANKING)
_CLOSED = (FactType.BOOLEAN, FactType.CHOICE, FactType.CHOICES, FactType.REGION)
_COMPUTED, _SUBJECT = "computed", "subject"
_MARK, _NULL = b"\x00", b"null"

Doubts = tuple[tuple[str, float], ...]


class Fragment(NamedTuple):
    """What one pattern of one measure means, and its finding as JSON with holes; ``words`` picks what fills them."""

    truth: Truth
    rank: int
    lacking: frozenset[str]
    settles: bool
    text: bytes
    words: Callable[[Mapping[str, bytes]], Any]
    computed: bool


class Speech:
    """The words of one subject as JSON, written once and filled into many findings."""

    def __init__(
        self, subject: SubjectFacts, known: Mapping[str, StatedFact], stated: dict[str, bytes], pattern: bytes
    ) -> None:
        self.index, self.known, self.pattern = subject.index, known, pattern
        self.doubtful = {
            name: stated.origin.similarity for name, stated in known.items() if stated.origin.similarity < 1
        }
        self.words = _Words(stated)
        self.words[_SUBJECT] = bytes(subject_json(subject))

    def doubts(self, facts: frozenset[str]) -> Doubts:
        """The facts of a rule that were resolved from text, with their similarity."""
        return tuple((name, similarity) for name, similarity in self.doubtful.items() if name in facts)

    def fill(self, fragment: Fragment, library: Library, measure: Measure) -> bytes:
        """A remembered finding with this subject's words in its holes."""
        if fragment.computed:
            self.words[_COMPUTED] = bytes(computed_json(library, measure, self.known))
        filled: bytes = fragment.text % fragment.words(self.words)
        return filled


class Sayings:
    """The JSON of stated facts, as far as rules ask for them; a plain value of a closed list is written once."""

    def __init__(self, vocabulary: Vocabulary, asked: Collection[str]) -> None:
        self.facts = {name: vocabulary.facts[name] for name in asked}
        self.written: dict[str, dict[str, bytes]] = {
            name: {} for name, fact in self.facts.items() if fact.type in _CLOSED
        }

    def of(self, facts: Mapping[str, StatedFact]) -> dict[str, bytes]:
        """JSON by fact."""
        return {name: self._json(name, stated) for name, stated in facts.items() if name in self.facts}

    def _json(self, name: str, stated: StatedFact) -> bytes:
        if stated.origin is not STATED or name not in self.written:
            return bytes(stated_json(stated))
        written = self.written[name]
        text = written.get(stated.understood)
        if text is None:
            text = written[stated.understood] = bytes(stated_json(stated))
        return text


class _Words(dict[str, bytes]):
    """JSON by fact; what was not said is null."""

    def __missing__(self, _name: str) -> bytes:
        return _NULL


class Pattern(NamedTuple):
    """How the conditions of a measure came out, and which values were resolved from text, how surely."""

    codes: bytes
    doubts: Doubts = ()


def write_fragment(
    library: Library, measure: Measure, pattern: Pattern, as_of: date, detail: str
) -> Fragment:
    """Let the definition write the finding of a measure that came out in this pattern."""
    outcomes = outcomes_of(pattern.codes)
    truth, points = fold(measure.rule, outcomes), score_points(measure, outcomes, dict(pattern.doubts))
    finding = explain(
        library, measure, outcomes, as_of, _holes(measure, outcomes, points, library.vocabulary)
    )
    parts = encode(brief(finding) if detail == "brief" else finding).replace(b"%", b"%%").split(_MARK)
    words = [part.decode() for part in parts[1::2]]
    return Fragment(
        truth=truth,
        rank=rank(truth, points, measure),
        lacking=_lacking(measure, outcomes),
        settles=grounds(measure.rule, outcomes) == {Ground.NOT_STATED},
        text=b"%b".join(parts[0::2]),
        words=itemgetter(*words),
        computed=_COMPUTED in words,
    )


def _holes(measure: Measure, outcomes: Sequence[Outcome], points: int, vocabulary: Vocabulary) -> Spoken:
    """Holes for what a profile says itself; none where nothing was said."""
    leaves = zip(conditions(measure.rule), outcomes, strict=True)
    stated = {
        leaf.fact: _hole(leaf.fact) for leaf, outcome in leaves if _spoken_of(leaf, outcome, vocabulary)
    }
    computed = NULL if measure.benefit.formula is None else _hole(_COMPUTED)
    return Spoken(subject=_hole(_SUBJECT), score=Raw(b"%d" % points), computed=computed, stated=stated)


def _spoken_of(leaf: Condition, outcome: Outcome, vocabulary: Vocabulary) -> bool:
    """Whether a fact may be stated: a place wider than the one asked for is, and still leaves its ground absent."""
    return outcome.ground not in _ABSENT or vocabulary.facts[leaf.fact].type is FactType.REGION


def _hole(name: str) -> Raw:
    return Raw(_MARK + name.encode() + _MARK)


def _lacking(measure: Measure, outcomes: Sequence[Outcome]) -> frozenset[str]:
    """The facts not stated on which an undetermined verdict hangs."""
    if fold(measure.rule, outcomes) is not Truth.UNKNOWN:
        return frozenset()
    leaves = conditions(measure.rule)
    return frozenset(
        leaves[place].fact
        for place in undecided(measure.rule, outcomes)
        if outcomes[place].ground is Ground.NOT_STATED
    )
