"""Whether the documents answer a question, and with what: no answer is better than a wrong one.

The decision weighs how like the question is to questions that a clause answers and to such that none does,
to what is printed, and how much of it the best clauses have at all. The weights were fitted on the
questions of the library, each left out in turn, and half of tests/library/queries.jsonl; rounded, and
proved on the other half (bench/search_quality.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import rjieba
from msgspec import Struct

from policies.rules import Measure
from search_index.corpus import RowKind
from search_index.find import Finder, Found
from search_index.normalise import normalise
from search_index.passages import weigh
from search_index.rank import Ranked, Ranks
from search_index.suggest import Suggester
from search_index.triage import Triage
from search_index.understand import Understood

_MOST = 4  # answers to one question
_SECOND = 0.6  # of the best score, from which another clause is an answer too
_TOP = 3  # clauses of which one has to have the words of the question
_RELATED = 3


class Trust(NamedTuple):
    """The grounds of the decision, and what each counts."""

    asked: float
    outside: float
    printed: float
    covered: float
    word: float

    def total(self) -> float:
        """Above zero the question counts as answered."""
        return sum(one * weight for one, weight in zip(self, _WEIGHTS, strict=True)) + _BIAS


_WEIGHTS = Trust(asked=5.0, outside=-9.5, printed=4.0, covered=6.5, word=-4.3)
_BIAS = -3.6


class Point(Struct, frozen=True, kw_only=True):
    """A clause that answers, and which of its measures does; ``None`` where the clause does as a whole."""

    clause_id: str
    measure_id: str | None


class Selected(Struct, frozen=True, kw_only=True):
    """The answers to a question, the best first; none when the documents do not answer it.

    ``outside`` names a topic of its own that the question is about; ``detail`` what it asks for and no
    clause prints; ``related`` are clauses to offer, never as the answer.
    """

    understood: Understood
    answers: tuple[Point, ...]
    related: tuple[str, ...]
    outside: str | None
    detail: str | None


class Selection(Struct, frozen=True, dict=True, weakref=True):
    """Selects answers from what a finder finds."""

    finder: Finder

    @cached_property
    def suggester(self) -> Suggester:
        """Completions while typing, over the same library."""
        return Suggester(self.finder.understanding)

    @cached_property
    def triage(self) -> Triage:
        """Which line a request belongs to, by the rules of the same library."""
        return Triage(self.finder.library.speech.triage)

    def warm(self) -> None:
        """Do now what the first question would have to wait for."""
        understood = self.select("暖 nuan").understood
        self.suggester.suggest("n", 1)
        self.finder.warm(understood)

    def select(self, query: str) -> Selected:
        """The answers to a question, as it was typed or said."""
        finder = self.finder
        understood = finder.understanding.read(query)
        ranks = finder.ranking.rank(understood, finder.engine)
        found = finder.found(understood, ranks)
        clauses = [one for one in ranks.order if one.row >= 0 and finder.rows[one.row].kind is RowKind.CLAUSE]
        sure = bool(found.hits) and (bool(understood.citation.names) or understood.duties)
        detail = None if sure else self._missing(understood, clauses)
        outside = self._outside(understood, ranks, clauses)
        trusted = sure or (detail is None and self._trust(understood, clauses, ranks).total() > 0)
        answered = trusted and not understood.citation.absent
        related = tuple(hit.clause_id for hit in found.hits[:_RELATED])
        return Selected(
            understood=understood,
            answers=tuple(self._answers(found, clauses, ranks, understood)) if answered else (),
            related=() if answered else related,
            outside=None if answered else outside,
            detail=detail,
        )

    def _trust(self, understood: Understood, clauses: Sequence[Ranked], ranks: Ranks) -> Trust:
        best = max(clauses, key=lambda one: one.asked, default=None)
        said = set(ranks.asked.segments[:1])
        if best is not None and best.asked:
            said.add(_segment(ranks, best))
        return Trust(
            asked=0.0 if best is None else best.asked,
            outside=next((one.asked for one in _topics(ranks) if _segment(ranks, one) in said), 0.0),
            printed=max((one.printed for one in clauses), default=0.0),
            covered=self._covered(understood, clauses[:_TOP]),
            word=float(self._outside_word(said) is not None),
        )

    def _covered(self, understood: Understood, clauses: Iterable[Ranked]) -> float:
        """How many of the words of the question the best of the clauses has."""
        words = [word for piece in understood.pieces for word in rjieba.cut(piece) if len(word) > 1]
        if not words:
            return 0.0
        return max((self.finder.share(one.row, words) for one in clauses), default=0.0)

    def _missing(self, understood: Understood, clauses: Sequence[Ranked]) -> str | None:
        """The detail that the question asks for and the best clause does not print."""
        plain = understood.typed.replace(" ", "")
        text = self.finder.rows[clauses[0].row].printed if clauses else ""
        for name, asked, printed in self._details:
            if any(word in plain for word in asked) and not any(word in text for word in printed):
                return name
        return None

    def _outside(self, understood: Understood, ranks: Ranks, clauses: Sequence[Ranked]) -> str | None:
        """The topic that the question is about, where it is one that no clause answers."""
        word = self._outside_word({understood.typed})
        if word is not None:
            return word
        best = next(iter(_topics(ranks)), None)
        known = max((one.asked for one in clauses), default=0.0)
        return self.finder.ranking.outside(best) if best is not None and best.asked > known else None

    def _outside_word(self, texts: Iterable[str]) -> str | None:
        return next(
            (topic for topic, words in self._words for word in words for text in texts if word in text), None
        )

    def _answers(
        self, found: Found, clauses: Sequence[Ranked], ranks: Ranks, understood: Understood
    ) -> Iterator[Point]:
        """The first clause, and others that answer as well or answer another part of the question."""
        order = [hit.clause_id for hit in found.hits]
        by_id = {self.finder.rows[one.row].id: one for one in clauses}
        first = by_id.get(order[0]) if order else None
        sure = bool(understood.citation.names) or understood.duties
        taken: set[str] = set()
        for name in order[:_MOST]:
            one = by_id.get(name)
            if name != order[0] and not sure and not _answers_too(ranks, first, one):
                continue
            if sure and understood.citation.names and name not in self._cited(understood):
                continue
            taken.add(name)
            yield Point(clause_id=name, measure_id=self._measure(name, one, ranks, understood))

    def _cited(self, understood: Understood) -> set[str]:
        measures = self.finder.library.measures
        return {measures[name].clause_id if name in measures else name for name in understood.citation.names}

    def _measure(
        self, clause_id: str, ranked: Ranked | None, ranks: Ranks, understood: Understood
    ) -> str | None:
        """The measure of a clause that a question means: by its own questions, else by its words."""
        cited = [name for name in understood.citation.names if name in self.finder.library.measures]
        if cited:
            return cited[0]
        if ranked is None or understood.duties:
            return None
        asked, printed = ranks.asked.of(ranked.row), ranks.printed.of(ranked.row)
        grounds = [one for one in (asked, printed) if one is not None]
        best = max(grounds, key=lambda one: one.likeness, default=None)
        if best is not None and best.name is not None:
            return best.name
        named = [one.name for one in grounds if one.name is not None]
        if best is not None and best is asked:
            return None  # a question that asks for the clause as a whole
        return named[0] if named else self._nearest(clause_id, understood)

    def _nearest(self, clause_id: str, understood: Understood) -> str | None:
        """The measure of a clause whose own words have most of the question's."""
        encoded = self.finder.library.encoded_by_id.get(clause_id)
        wanted = {token for piece in understood.pieces for token in weigh(piece)}
        shared = [
            (len(wanted & set(weigh(normalise(_words(measure))))), measure.id)
            for measure in (encoded.measures if encoded else ())
        ]
        count, name = max(shared, key=lambda one: one[0], default=(0, None))
        return name if count else None

    @cached_property
    def _details(self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return [
            (one.detail, tuple(map(normalise, one.asked)), tuple(map(normalise, one.printed)))
            for one in self.finder.library.speech.details
        ]

    @cached_property
    def _words(self) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (topic.topic, tuple(map(normalise, topic.words))) for topic in self.finder.library.speech.outside
        ]


def _answers_too(ranks: Ranks, first: Ranked | None, other: Ranked | None) -> bool:
    """Whether another clause answers besides the first: nearly as well, or another part of what was said."""
    if first is None or other is None or not other.asked or other.score < first.score * _SECOND:
        return False
    if other.asked >= first.asked:
        return True
    apart = _segment(ranks, other) != _segment(ranks, first)
    return apart and other.asked >= first.asked * _SECOND


def _topics(ranks: Ranks) -> Sequence[Ranked]:
    """The outside topics that have anything to do with the query, the likest first."""
    return sorted((one for one in ranks.order if one.row < 0 and one.asked), key=lambda one: -one.asked)


def _segment(ranks: Ranks, one: Ranked) -> str:
    """The part of the query that a row's question is like; empty where it has none."""
    ground = ranks.asked.of(one.row)
    return "" if ground is None else ground.segment


def _words(measure: Measure) -> str:
    return f"{measure.title} {' '.join(measure.quotes)} {measure.benefit.content}"
