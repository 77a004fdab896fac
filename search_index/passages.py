"""How like a query is to single passages: callers' questions, titles, sentences.

A passage is a set of tokens, each worth its rarity (idf); likeness is the cosine of two sets. A question
log of this kind is what lifted retrieval most on questions of laypeople (docs/search.md).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_index.analyse import analyse_normal

_PAIR, _WORD = 1.0, 0.7


class Passage(NamedTuple):
    """A text of one row: ``row`` is whose it is, ``text`` normalised, ``name`` what exactly it speaks of.

    ``shown`` is the text as written, where that is shown to people.
    """

    row: int
    text: str
    name: str | None = None
    shown: str = ""


class Bag(NamedTuple):
    """The tokens of a text with their worth, and its length as a vector."""

    worth: Mapping[str, float]
    length: float


class Likest(NamedTuple):
    """For each row in turn: how like its likest passage is, which that is, and to which bag; likeness 0 for none."""

    likeness: NDArray[np.float64]
    passage: NDArray[np.int64]
    bag: NDArray[np.int64]


class _Posted(NamedTuple):
    """The passages that have a token, and what the token is of each as a vector of length 1."""

    places: NDArray[np.int64]
    parts: NDArray[np.float64]


class Passages:
    """Passages that can be asked which are like a text; immutable once made."""

    def __init__(self, passages: Sequence[Passage], rows: range) -> None:
        self.passages = tuple(sorted(passages, key=lambda one: one.row))
        weighed = [weigh(passage.text) for passage in self.passages]
        shared = Counter(token for tokens in weighed for token in tokens)
        self._rarest = log(1 + len(weighed))
        self._rarity = {token: log(1 + len(weighed) / count) for token, count in shared.items()}
        posted: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for place, tokens in enumerate(weighed):
            bag = self.bag(tokens)
            for token, worth in bag.worth.items():
                places, parts = posted[token]
                places.append(place)
                parts.append(worth / bag.length)
        self._posted = {
            token: _Posted(np.array(places), np.array(parts)) for token, (places, parts) in posted.items()
        }
        self.rows = rows
        spoken_of = [passage.row - rows.start for passage in self.passages]
        self._spoken_of, self._starts = np.unique(np.array(spoken_of, np.int64), return_index=True)

    def bag(self, tokens: Mapping[str, float]) -> Bag:
        """Tokens with their worth among these passages."""
        rarity, rarest = self._rarity, self._rarest
        worth = {token: weight * rarity.get(token, rarest) for token, weight in tokens.items()}
        return Bag(worth, sqrt(sum(one * one for one in worth.values())) or 1.0)

    def rarity(self, token: str) -> tuple[float, str]:
        """How rare a token is, for sorting; one that no passage has tells nothing."""
        return self._rarity.get(token, 0.0), token

    def likest(self, bags: Sequence[Bag], shares: Sequence[float]) -> Likest:
        """For each of ``rows`` its likest passage to any bag; likeness to a bag counts the bag's share."""
        rows = len(self.rows)
        likest = Likest(np.zeros(rows), np.zeros(rows, np.int64), np.zeros(rows, np.int64))
        if not self.passages or not bags:
            return likest
        asked: defaultdict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(len(bags)))
        for number, (bag, share) in enumerate(zip(bags, shares, strict=True)):
            for token, worth in bag.worth.items():
                asked[token][number] = worth / bag.length * share
        cosines = np.zeros((len(self.passages), len(bags)))
        for token, parts_of_bags in asked.items():
            if posted := self._posted.get(token):
                cosines[posted.places] += posted.parts[:, np.newaxis] * parts_of_bags
        for whole, found in zip(likest, self._by_row(cosines), strict=True):
            whole[self._spoken_of] = found
        return likest

    def _by_row(self, cosines: NDArray[np.float64]) -> Likest:
        """The best passage of each row that has any; passages of one row are neighbours."""
        best = cosines.max(axis=1)
        likeness = np.maximum.reduceat(best, self._starts)
        sizes = np.diff(self._starts, append=len(best))
        is_best = np.flatnonzero(best == np.repeat(likeness, sizes))
        passage = is_best[np.searchsorted(is_best, self._starts)]  # the first of the row
        return Likest(likeness, passage, cosines[passage].argmax(axis=1))


def weigh(text: str) -> dict[str, float]:
    """The tokens of a normalised text: pairs and words; single characters only where there is nothing longer."""
    grams = analyse_normal(text)
    weights = dict.fromkeys(grams.pairs, _PAIR)
    for word in grams.words:
        weights.setdefault(word, _WORD)
    return weights or dict.fromkeys(grams.characters, _PAIR)
