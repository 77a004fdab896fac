"""What to mark in a clause for a query, by offsets of our own into the text as printed."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from policies.library import Library
from search_index.analyse import analyse_normal
from search_index.corpus import normal_sentences
from search_index.normalise import Normal
from search_index.understand import Understood

_SHOWN = 2  # sentences of a hit
_PAIR = 2  # characters


class Highlight(Struct, frozen=True, kw_only=True):
    """A sentence of a clause: where it starts in the clause's text, and which stretches of it to mark."""

    text: str
    start: int
    marks: tuple[tuple[int, int], ...]


class _Sentence(NamedTuple):
    """A sentence, where it starts, and its pairs of characters, so that most of what is asked need not be sought."""

    start: int
    normal: Normal
    pairs: frozenset[str]


class _Wanted(NamedTuple):
    """What to mark: pairs of characters, and what is longer or shorter."""

    pairs: frozenset[str]
    others: frozenset[str]


class Marker(Struct, frozen=True, dict=True):
    """Marks the clauses of one library; remembers how their sentences are normalised."""

    library: Library

    def highlight(self, clause_id: str, understood: Understood) -> tuple[Highlight, ...]:
        """The sentences with most of the query in them, in the order printed; the first one where none has any."""
        clause = self.library.clauses[clause_id]
        wanted = _wanted((*understood.pieces, *understood.phrases))
        found = [(sentence, _places(sentence, wanted)) for sentence in self._sentences(clause_id)]
        best = sorted(found, key=lambda one: (-len(one[1]), one[0].start))[:_SHOWN]
        shown = [one for one in best if one[1]] or best[:1]
        return tuple(
            Highlight(
                text=clause.text[sentence.start : sentence.start + _length(sentence.normal)],
                start=sentence.start,
                marks=tuple(_marks(sentence.normal, sorted(places))),
            )
            for sentence, places in sorted(shown, key=lambda one: one[0].start)
        )

    def _sentences(self, clause_id: str) -> list[_Sentence]:
        if clause_id not in self._known:
            self._known[clause_id] = [
                _Sentence(start, normal, frozenset(map("".join, pairwise(normal.text))))
                for start, normal in normal_sentences(self.library.clauses[clause_id])
            ]
        return self._known[clause_id]

    @cached_property
    def _known(self) -> dict[str, list[_Sentence]]:
        return {}


@lru_cache(maxsize=64)  # one query marks many clauses
def _wanted(texts: tuple[str, ...]) -> _Wanted:
    """Pairs of characters, numbers and Latin words; single characters only where nothing longer was asked."""
    grams = [analyse_normal(text) for text in texts]
    characters = {character for one in grams for character in one.characters}
    longer = {pair for one in grams for pair in one.pairs} | {one for one in characters if len(one) > 1}
    pairs = frozenset(token for token in longer if len(token) == _PAIR)
    return _Wanted(pairs, frozenset(longer - pairs or (() if pairs else characters)))


def _places(sentence: _Sentence, wanted: _Wanted) -> set[int]:
    """The characters of a sentence that are part of something wanted."""
    places: set[int] = set()
    text = sentence.normal.text
    for token in (*(wanted.pairs & sentence.pairs), *wanted.others):
        at = text.find(token)
        while at >= 0:
            places.update(range(at, at + len(token)))
            at = text.find(token, at + 1)
    return places


def _marks(normal: Normal, places: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring places, as stretches of the sentence as printed."""
    start = end = -1
    for place in places:
        first, last = normal.spans[place]
        if first > end and start >= 0:
            yield start, end
            start = first
        start, end = (first if start < 0 else start), max(end, last)
    if start >= 0:
        yield start, end


def _length(normal: Normal) -> int:
    return normal.spans[-1][1] if normal.spans else 0
