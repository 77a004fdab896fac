"""Chinese analysis that never misses an inner word: characters, pairs of characters, and words as a boost.

Unigrams and bigrams beat a word dictionary on statutes (the measured table in docs/search.md); words add a little.
"""

import re
from itertools import pairwise
from typing import NamedTuple

import rjieba

from search_index.normalise import normalise

_SYMBOL = re.compile(r"[㐀-鿿]|[a-z0-9.%]*[a-z0-9%]")
_RUN = re.compile(r"(?:[㐀-鿿]|[a-z0-9.%]*[a-z0-9%])+")
_LEAST_WORD = 2


class Grams(NamedTuple):
    """The tokens of a text in their order. A number with its sign and a Latin word count as one character."""

    characters: tuple[str, ...]
    pairs: tuple[str, ...]
    words: tuple[str, ...]


FIELDS = Grams._fields


def analyse(text: str) -> Grams:
    """The tokens of a text as anybody may have written it."""
    return analyse_normal(normalise(text))


def analyse_normal(text: str) -> Grams:
    """The tokens of a text that is normalised already."""
    runs = [_SYMBOL.findall(run) for run in _RUN.findall(text)]
    return Grams(
        characters=tuple(symbol for run in runs for symbol in run),
        pairs=tuple(first + second for run in runs for first, second in pairwise(run)),
        words=tuple(
            word for word in rjieba.cut_for_search(text) if len(word) >= _LEAST_WORD and _RUN.fullmatch(word)
        ),
    )
