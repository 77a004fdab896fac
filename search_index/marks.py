"""What to mark in a clause for a query, by offsets of our own into the text as printed."""

from collections.abc import Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from policies.library import Library
from search_index.analyse import analyse_normal
from search_index.corpus import normal_sentences
from search_index.normalise import Normal
from search_index.understand import Understood

_SHOWN = 2  # sentences of a hit


class Highlight(Struct, frozen=True, kw_only=True):
    """A sentence of a clause: where it starts in the clause's text, and which stretches of it to mark."""

    text: str
    start: int
    marks: tuple[tuple[int, int], ...]


class Marker(Struct, frozen=True, dict=True):
    """Marks the clauses of one library; remembers how their sentences are normalised."""

    library: Library

    def highlight(self, clause_id: str, understood: Understood) -> tuple[Highlight, ...]:
        """The sentences with most of the query in them, in the order printed; the first one where none has any."""
        clause = self.library.clauses[clause_id]
        wanted = _wanted((*understood.pieces, *understood.phrases))
        found = []
        for start, normal in self._sentences(clause_id):
            places = sorted(_places(normal.text, wanted))
            found.append((len(places), start, normal, places))
        best = sorted(found, key=lambda one: (-one[0], one[1]))[:_SHOWN]
        shown = [one for one in best if one[0]] or best[:1]
        return tuple(
            Highlight(
                text=clause.text[start : start + _length(normal)],
                start=start,
                marks=tuple(_marks(normal, places)),
            )
            for _, start, normal, places in sorted(shown, key=lambda one: one[1])
        )

    def _sentences(self, clause_id: str) -> list[tuple[int, Normal]]:
        if clause_id not in self._normal:
            self._normal[clause_id] = normal_sentences(self.library.clauses[clause_id])
        return self._normal[clause_id]

    @cached_property
    def _normal(self) -> dict[str, list[tuple[int, Normal]]]:
        return {}


@lru_cache(maxsize=64)  # one query marks many clauses
def _wanted(texts: tuple[str, ...]) -> frozenset[str]:
    """Pairs of characters; single ones only where nothing longer was asked."""
    grams = [analyse_normal(text) for text in texts]
    pairs = {pair for one in grams for pair in one.pairs}
    words = {word for one in grams for word in one.words}
    characters = {character for one in grams for character in one.characters}
    numbers = {character for character in characters if len(character) > 1}
    return frozenset(pairs | words | numbers or characters)


def _places(text: str, wanted: frozenset[str]) -> set[int]:
    """The characters of a text that are part of something wanted."""
    places: set[int] = set()
    for token in wanted:
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
    return max((end for _, end in normal.spans), default=0)
