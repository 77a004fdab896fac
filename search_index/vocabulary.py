"""The library's own terms: what pinyin may mean, what a typo may have meant, what a half-typed word may become.

Terms are the words of the reviewed clauses and the compounds that neighbouring words make, weighed by how
often they stand there and where: a heading counts more than a sentence.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

import rjieba
from msgspec import Struct

from policies.library import Library
from search_index.normalise import normalise
from search_index.pinyin import loosely, sound, spelled

_CHINESE = re.compile("[一-鿿]+")
_LATIN = re.compile("[a-z][a-z0-9]*")
_LONGEST = 8  # characters of a term
_JOINED = 4  # neighbouring words that may make one
_LOOSE = frozenset("的和及与或对在为把被将由从向以等并可不于到是有也其各了")
_SHORTEST = 2
_ASKED, _SENTENCE, _TITLE, _NAME, _HEADING = 1, 4, 8, 24, 48  # what a term counts by where it stands


class Vocabulary(Struct, frozen=True, dict=True):
    """Terms with their weights, and the ways to them."""

    weights: Mapping[str, int]

    @cached_property
    def by_full(self) -> Mapping[str, tuple[str, ...]]:
        """Terms by full pinyin, the weightiest first."""
        return self._by(lambda term: {sound(term).full, spelled(term)})

    @cached_property
    def by_initials(self) -> Mapping[str, tuple[str, ...]]:
        """Terms by initials, the weightiest first."""
        return self._by(lambda term: {sound(term).initials})

    @cached_property
    def by_loose(self) -> Mapping[str, tuple[str, ...]]:
        """Terms by pinyin that does not tell zh from z."""
        return self._by(lambda term: {loosely(sound(term).full)})

    @cached_property
    def latin(self) -> frozenset[str]:
        """Latin words of the texts, which are not pinyin: reits, rot, gdp."""
        return frozenset(term for term in self.weights if _LATIN.fullmatch(term))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every pair of neighbouring characters in a term."""
        return frozenset(term[at : at + 2] for term in self.weights for at in range(len(term) - 1))

    def _by(self, keys: Callable[[str], set[str]]) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(self.weights, key=lambda one: (-self.weights[one], one)):
            for key in keys(term):
                found[key].append(term)
        return {heard: tuple(terms) for heard, terms in found.items()}


def read_vocabulary(library: Library) -> Vocabulary:
    """The terms of a library whose clauses have been reviewed, i.e. carry questions; of all, if none has."""
    return _weigh(_texts(library))


def read_spoken(library: Library) -> Vocabulary:
    """The same with the terms of callers' questions, which count least."""
    asked = ((text, _ASKED) for clause in library.speech.questions for text in clause.everything)
    return _weigh(chain(_texts(library), asked))


def _weigh(texts: Iterable[tuple[str, int]]) -> Vocabulary:
    weights: Counter[str] = Counter()
    for text, weight in texts:
        for term in terms_of(normalise(text)):
            weights[term] += weight
    return Vocabulary(weights)


def terms_of(text: str) -> Iterator[str]:
    """The words of a normalised text and what neighbouring words make together."""
    yield from _LATIN.findall(text)
    for run in _CHINESE.findall(text):
        words = rjieba.cut(run)
        for start in range(len(words)):
            for end in range(start + 1, min(start + _JOINED, len(words)) + 1):
                term = "".join(words[start:end])
                if _SHORTEST <= len(term) <= _LONGEST and not _LOOSE & {words[start], words[end - 1]}:
                    yield term


def _texts(library: Library) -> Iterable[tuple[str, int]]:
    reviewed = {questions.clause_id for questions in library.speech.questions} or set(library.clauses)
    for clause in library.clauses.values():
        if clause.id in reviewed:
            yield clause.heading, _HEADING
            yield clause.body, _SENTENCE
        for unit in clause.units:
            yield unit.name, _NAME
    for measure in library.measures.values():
        yield measure.title, _TITLE
        yield measure.category, _NAME
    for entry in library.speech.synonyms:
        for word in entry.written:
            yield word, _NAME
