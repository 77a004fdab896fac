"""Which rows a query means: BM25 of the engine, likeness to callers' questions, likeness to what is printed.

A long story, or one sentence with two questions, is read whole and in segments, and a row is as good as its
best segment: the point may stand in half a sentence. Every number here was chosen on half of the queries of
tests/library and proved on the other half (bench/search_quality.py).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from policies.library import Library
from search_index.analyse import Grams, analyse_normal
from search_index.corpus import Row, RowKind, normal_sentences
from search_index.engine import Engine
from search_index.normalise import normalise
from search_index.passages import Likest, Passage, Passages, weigh
from search_index.understand import Understanding, Understood

POOL = 80  # rows that the engine may bring
_WINDOW, _STEP, _SLACK = 14, 5, 4  # characters of a window over a long piece
_LONG = 20  # characters from which a query is read in windows too
_MOST_SEGMENTS = 24
_MOST_TOKENS = 20  # of each kind that the engine is asked for
_ENOUGH = 12.0  # length of a bag from which its cosine counts in full: a few common characters prove nothing
_OUTSIDE = -1


class Weights(NamedTuple):
    """What each ground of a score counts."""

    engine: float = 1.0
    asked: float = 1.0
    printed: float = 1.0
    segment: float = 0.7
    unreviewed: float = 0.85
    document: float = 0.3
    unit: float = 0.2


WEIGHTS = Weights()


class Ground(Struct, frozen=True, kw_only=True):
    """A passage that speaks for a row: its text, how like the query it is, the part of the query it is like."""

    text: str
    likeness: float
    segment: str
    name: str | None


class Grounds(Struct, frozen=True):
    """The likest passage of every row, for one query."""

    passages: Passages
    segments: Sequence[str]
    likest: Likest

    def of(self, row: int) -> Ground | None:
        """What speaks for a row; ``None`` where nothing does."""
        at = row - self.passages.rows.start
        likeness = float(self.likest.likeness[at])
        if likeness <= 0:
            return None
        passage = self.passages.passages[self.likest.passage[at]]
        return Ground(
            text=passage.shown or passage.text,
            likeness=likeness,
            segment=self.segments[self.likest.bag[at]],
            name=passage.name,
        )


class Ranked(NamedTuple):
    """A row with its score, and how like the query its best question and its best printed passage are (0: not at all)."""

    row: int
    score: float
    engine: float
    asked: float
    printed: float


class Ranks(Struct, frozen=True):
    """The rows that have anything to do with a query, the best first; rows below 0 are outside topics."""

    order: Sequence[Ranked]
    asked: Grounds
    printed: Grounds


class Ranking:
    """Ranks the rows of one library; immutable once made, safe to share between threads."""

    def __init__(
        self, library: Library, rows: Sequence[Row], understanding: Understanding, weights: Weights = WEIGHTS
    ) -> None:
        self.rows = rows
        self._library = library
        self._weights = weights
        reviewed = {questions.clause_id for questions in library.speech.questions}
        self._outside = [topic for topic in library.speech.outside for _ in topic.asked]
        every = range(-len(self._outside), len(rows))
        self._prior = np.ones(len(every))
        for number, row in enumerate(rows):
            if reviewed and row.id not in reviewed and row.kind is RowKind.CLAUSE:
                self._prior[number - every.start] = weights.unreviewed
        self._spread = Counter(character for row in rows for character in set(row.everything))
        asked = [*_asked(rows, understanding), *_outside(library, understanding)]
        self.asked = Passages(asked, every)
        self.printed = Passages(list(_printed(library, rows, understanding)), every)

    def rank(self, understood: Understood, engine: Engine) -> Ranks:
        """Every row that has anything to do with the query."""
        segments = self.segments(understood)
        weighed = [weigh(segment) for segment in segments]
        asked, printed = (
            self._grounds(passages, segments, weighed) for passages in (self.asked, self.printed)
        )
        shares = self._shares(segments[0], engine) if segments else np.zeros(len(self.asked.rows))
        likeness = asked.likest.likeness, printed.likest.likeness
        scores = self._scores(understood, shares, *likeness)
        kept = np.flatnonzero((shares > 0) | (likeness[0] > 0) | (likeness[1] > 0))
        kept = kept[np.argsort(-scores[kept], kind="stable")]
        columns = (column[kept].tolist() for column in (scores, shares, *likeness))
        rows = (kept + self.asked.rows.start).tolist()
        return Ranks([Ranked(*one) for one in zip(rows, *columns, strict=True)], asked, printed)

    def outside(self, ranked: Ranked) -> str:
        """The topic of a row that no clause answers."""
        return self._outside[_OUTSIDE - ranked.row].topic

    def segments(self, understood: Understood) -> list[str]:
        """The query whole, then its sentences, neighbours together, then windows over what is long."""
        pieces = [piece for piece in understood.pieces if piece]
        whole = " ".join(pieces)
        segments = [whole] if whole else []
        if len(pieces) > 1:
            segments += [piece for piece in pieces if len(piece) > 1]
            segments += [f"{one} {two}" for one, two in pairwise(pieces)]
        if len(whole) > _LONG:
            segments += [window for piece in pieces for window in _windows(piece)]
        return list(dict.fromkeys(segments))[:_MOST_SEGMENTS]

    def _telling(self, text: str) -> Grams:
        """What the engine is asked: the rarest tokens of a text.

        The others of a long story cost time and tell nothing; likeness to passages reads them all.
        """
        characters, pairs, words = analyse_normal(text)
        spread = self._spread
        return Grams(
            tuple(sorted(set(characters), key=lambda one: (spread[one], one))[:_MOST_TOKENS]),
            tuple(sorted(set(pairs), key=self.printed.rarity, reverse=True)[:_MOST_TOKENS]),
            tuple(sorted(set(words), key=self.printed.rarity, reverse=True)[:_MOST_TOKENS]),
        )

    def _shares(self, text: str, engine: Engine) -> NDArray[np.float64]:
        """What the engine gives each row, as a share of what it gives the best."""
        shares = np.zeros(len(self.asked.rows))
        for one in engine.search(self._telling(text), POOL):
            shares[one.row - self.asked.rows.start] = one.score
        return shares / (shares.max() or 1.0)

    def _grounds(
        self, passages: Passages, segments: Sequence[str], weighed: Sequence[Mapping[str, float]]
    ) -> Grounds:
        """For each row its likest passage; a part counts less than the whole, few characters less than many."""
        bags = [passages.bag(tokens) for tokens in weighed]
        shares = [
            (1.0 if place == 0 else self._weights.segment) * min(1.0, bag.length / _ENOUGH)
            for place, bag in enumerate(bags)
        ]
        return Grounds(passages, segments, passages.likest(bags, shares))

    def _scores(
        self,
        understood: Understood,
        engine: NDArray[np.float64],
        asked: NDArray[np.float64],
        printed: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        weights, first = self._weights, self.asked.rows.start
        scores = (weights.engine * engine + weights.asked * asked + weights.printed * printed) * self._prior
        if understood.documents or understood.units:
            for number, row in enumerate(self.rows):
                clause = self._library.clauses.get(row.id)
                if clause is not None:
                    named = clause.id.partition("/")[0] in understood.documents
                    charged = any(unit.name in understood.units for unit in clause.units)
                    scores[number - first] += weights.document * named + weights.unit * charged
        return scores


def _windows(piece: str) -> Iterator[str]:
    if len(piece) <= _WINDOW + _SLACK:
        yield piece
        return
    for start in range(0, len(piece) - _WINDOW + _STEP, _STEP):
        yield piece[start : start + _WINDOW]


def _asked(rows: Sequence[Row], understanding: Understanding) -> Iterator[Passage]:
    for number, row in enumerate(rows):
        for name, question in row.asked:
            yield Passage(number, understanding.content(normalise(question)), name, question)


def _outside(library: Library, understanding: Understanding) -> Iterator[Passage]:
    """Phrasings that no clause answers, as rows below 0."""
    asked = (question for topic in library.speech.outside for question in topic.asked)
    for place, question in enumerate(asked):
        yield Passage(_OUTSIDE - place, understanding.content(normalise(question)))


def _printed(library: Library, rows: Sequence[Row], understanding: Understanding) -> Iterator[Passage]:
    """Headings, sentences, titles and read-backs of measures; a catalogue's row as a whole."""
    for number, row in enumerate(rows):
        if row.kind is not RowKind.CLAUSE:
            yield Passage(number, f"{row.title} {row.printed}")
            continue
        if row.title:
            yield Passage(number, row.title)
        for _, sentence in normal_sentences(library.clauses[row.id]):
            yield Passage(number, sentence.text)
        for name, text in row.added:
            yield Passage(number, understanding.content(text), name)
