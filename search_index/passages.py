"""How like a query is to single passages: callers' questions, titles, sentences.

A passage is a set of tokens, each worth its rarity (idf); likeness is the cosine of two sets. A question
log of this kind is what lifted retrieval most on questions of laypeople (docs/search.md).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

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


class Likeness(NamedTuple):
    """A passage and the cosine of its tokens with those of the query."""

    passage: int
    cosine: float


class Passages:
    """Passages that can be asked which are like a text; immutable once made."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        weighed = [weigh(passage.text) for passage in self.passages]
        shared = Counter(token for tokens in weighed for token in tokens)
        self._rarest = log(1 + len(weighed))
        self._rarity = {token: log(1 + len(weighed) / count) for token, count in shared.items()}
        self._posted: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, tokens in enumerate(weighed):
            bag = self.bag(tokens)
            for token, worth in bag.worth.items():
                self._posted[token].append((place, worth / bag.length))

    def bag(self, tokens: Mapping[str, float]) -> Bag:
        """Tokens with their worth among these passages."""
        rarity, rarest = self._rarity, self._rarest
        worth = {token: weight * rarity.get(token, rarest) for token, weight in tokens.items()}
        return Bag(worth, sqrt(sum(one * one for one in worth.values())) or 1.0)

    def rarity(self, token: str) -> tuple[float, str]:
        """How rare a token is, for sorting; one that no passage has tells nothing."""
        return self._rarity.get(token, 0.0), token

    def like(self, bag: Bag) -> list[Likeness]:
        """Every passage that shares a token, in no order."""
        cosines: defaultdict[int, float] = defaultdict(float)
        for token, worth in bag.worth.items():
            share = worth / bag.length
            for place, part in self._posted.get(token, ()):
                cosines[place] += share * part
        return [Likeness(place, cosine) for place, cosine in cosines.items()]


def weigh(text: str) -> dict[str, float]:
    """The tokens of a normalised text: pairs and words; single characters only where there is nothing longer."""
    grams = analyse_normal(text)
    weights = dict.fromkeys(grams.pairs, _PAIR)
    for word in grams.words:
        weights.setdefault(word, _WORD)
    return weights or dict.fromkeys(grams.characters, _PAIR)
