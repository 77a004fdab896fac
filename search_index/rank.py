"""Which rows a query means: BM25 of the engine, likeness to callers' questions, likeness to what is printed.

A long story, or one sentence with two questions, is read whole and in segments, and a row is as good as its
best segment: the point may stand in half a sentence. Every number here was chosen on half of the queries of
tests/library and proved on the other half (bench/search_quality.py).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from policies.library import Library
from search_index.analyse import Grams, analyse_normal
from search_index.corpus import Row, RowKind, normal_sentences
from search_index.engine import Engine
from search_index.normalise import normalise
from search_index.passages import Passage, Passages, weigh
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


class Ranked(Struct, frozen=True, kw_only=True):
    """A row with its score and the grounds of it: the best question and the best printed passage."""

    row: int
    score: float
    engine: float
    asked: Ground | None
    printed: Ground | None


class Ranking:
    """Ranks the rows of one library; immutable once made, safe to share between threads."""

    def __init__(
        self, library: Library, rows: Sequence[Row], understanding: Understanding, weights: Weights = WEIGHTS
    ) -> None:
        self.rows = rows
        self._library = library
        self._weights = weights
        reviewed = {questions.clause_id for questions in library.speech.questions}
        self._prior = [
            1.0
            if row.id in reviewed or row.kind is not RowKind.CLAUSE or not reviewed
            else weights.unreviewed
            for row in rows
        ]
        self._spread = Counter(character for row in rows for character in set(row.everything))
        self._outside = [topic for topic in library.speech.outside for _ in topic.asked]
        self.asked = Passages([*_asked(rows, understanding), *_outside(library, understanding)])
        self.printed = Passages(list(_printed(library, rows, understanding)))

    def rank(self, understood: Understood, engine: Engine) -> list[Ranked]:
        """Every row that has anything to do with the query, the best first; rows below 0 are outside topics."""
        segments = self.segments(understood)
        if not segments:
            return []
        found = {one.row: one.score for one in engine.search(self._telling(segments[0]), POOL)}
        top = max(found.values(), default=1.0)
        asked = self._best(self.asked, segments)
        printed = self._best(self.printed, segments)
        ranked = []
        for row in {**dict.fromkeys(found), **dict.fromkeys(asked), **dict.fromkeys(printed)}:
            share = found.get(row, 0.0) / top
            grounds = (asked.get(row), printed.get(row))
            ranked.append(
                Ranked(
                    row=row,
                    score=self._score(row, share, *grounds, understood),
                    engine=share,
                    asked=grounds[0],
                    printed=grounds[1],
                )
            )
        return sorted(ranked, key=lambda one: (-one.score, one.row))

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

    def _best(self, passages: Passages, segments: Sequence[str]) -> dict[int, Ground]:
        """For each row its likest passage, over all segments."""
        best: dict[int, tuple[float, int, str]] = {}
        for place, segment in enumerate(segments):
            bag = passages.bag(weigh(segment))
            part = (1.0 if place == 0 else self._weights.segment) * min(1.0, bag.length / _ENOUGH)
            for like in passages.like(bag):
                row, likeness = passages.passages[like.passage].row, like.cosine * part
                if likeness > best.get(row, (0.0,))[0]:
                    best[row] = (likeness, like.passage, segment)
        return {
            row: Ground(
                text=passages.passages[passage].shown or passages.passages[passage].text,
                likeness=likeness,
                segment=segment,
                name=passages.passages[passage].name,
            )
            for row, (likeness, passage, segment) in best.items()
        }

    def _score(
        self, row: int, engine: float, asked: Ground | None, printed: Ground | None, understood: Understood
    ) -> float:
        weights = self._weights
        score = weights.engine * engine
        score += 0.0 if asked is None else weights.asked * asked.likeness
        score += 0.0 if printed is None else weights.printed * printed.likeness
        if row < 0:
            return score
        score *= self._prior[row]
        clause = self._library.clauses.get(self.rows[row].id)
        if clause is not None:
            score += weights.document * (clause.id.partition("/")[0] in understood.documents)
            score += weights.unit * any(unit.name in understood.units for unit in clause.units)
        return score


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
