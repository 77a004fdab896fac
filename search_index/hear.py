"""From pinyin and slips of the keyboard to the library's own terms, always said aloud and never silently."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property

import rjieba
from msgspec import Struct
from rapidfuzz import fuzz, process

from search_index.pinyin import loosely, spelled
from search_index.vocabulary import Vocabulary

_LETTERS = re.compile("[a-z]+")
_CHINESE = re.compile("[一-鿿]+")
_MOST_MEANT = 3  # terms that one pinyin may mean
_NEAR_PINYIN = 86.0
_NEAR_TERM = 66.0  # two characters of three
_NEAR_SOUND = 80.0
_SHORT = 14  # characters of a query in which a slip is looked for by shape, not by sound alone
_LEAST, _LONGEST = 3, 8


class How(Enum):
    """Why something else than what was typed is searched for."""

    SOUND = "按读音"
    SLIP = "错别字"
    SAYING = "说法"


class Reading(Struct, frozen=True, kw_only=True):
    """What was typed, the terms it was read as (the likeliest first), and why."""

    said: str
    meant: tuple[str, ...]
    how: How


class Ear(Struct, frozen=True, dict=True):
    """Hears terms. ``spoken`` are those that pinyin may mean, ``vocabulary`` those that a slip may have meant.

    ``known`` are pairs of characters that people write rightly, ``latin`` words that are no pinyin.
    """

    vocabulary: Vocabulary
    spoken: Vocabulary
    known: frozenset[str]
    latin: frozenset[str]

    def pinyin(self, parts: Sequence[str]) -> list[Reading | str]:
        """The parts of a query, with pinyin read as terms; parts that go together are joined."""
        pieces = [piece for part in parts for piece in _pieces(part)]
        heard: list[Reading | str] = []
        at = 0
        while at < len(pieces):
            end, reading = self._longest(pieces, at)
            heard.append(reading or pieces[at])
            at = end
        return heard

    def slips(self, text: str) -> Iterator[Reading]:
        """Terms of which one character is wrong, missing or too many, in a text without pinyin."""
        short = len(text) <= _SHORT
        least = 2 if short else _LEAST
        for run in _CHINESE.findall(text):
            done = 0
            for start, end in self._windows(run, least):
                if start < done or run[start:end] in self.vocabulary.weights:
                    continue
                term = self._meant(run[start:end], alone=run == text, by_shape=short)
                if term is not None:
                    yield Reading(said=run[start:end], meant=(term,), how=How.SLIP)
                    done = end

    def _longest(self, pieces: Sequence[str], at: int) -> tuple[int, Reading | None]:
        if not self._is_pinyin(pieces[at]):
            return at + 1, None
        last = at
        while last < len(pieces) and self._is_pinyin(pieces[last]):
            last += 1
        for end in range(last, at, -1):
            key = "".join(pieces[at:end])
            if meant := self._exact(key):
                return end, Reading(said=" ".join(pieces[at:end]), meant=meant, how=How.SOUND)
        for end in range(last, at, -1):
            key = "".join(pieces[at:end])
            if meant := self._pieced(key) or self._near(key):
                return end, Reading(said=" ".join(pieces[at:end]), meant=meant, how=How.SOUND)
        return at + 1, None

    def _is_pinyin(self, piece: str) -> bool:
        return _LETTERS.fullmatch(piece) is not None and piece not in self.latin

    def _exact(self, key: str) -> tuple[str, ...]:
        spoken = self.spoken
        found = spoken.by_full.get(key) or spoken.by_initials.get(key) or spoken.by_loose.get(loosely(key))
        return (found or ())[:_MOST_MEANT]

    def _pieced(self, key: str) -> tuple[str, ...]:
        """The key as a row of terms, the fewest and weightiest; all of them are meant."""
        best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ()), *([None] * len(key))]
        for end in range(2, len(key) + 1):
            for start in range(end - 1):
                before, terms = best[start], self._exact(key[start:end])
                if before is None or not terms or end - start < _LEAST < len(key) - 1:
                    continue
                row = (before[0] + 1, before[1] - self.spoken.weights[terms[0]], (*before[2], terms[0]))
                best[end] = row if best[end] is None else min(best[end], row)  # type: ignore[type-var]
        whole = best[-1]
        return () if whole is None else whole[2]

    def _near(self, key: str) -> tuple[str, ...]:
        """A term whose pinyin is a letter or two away."""
        if len(key) <= _LEAST + 2:
            return ()
        found = process.extractOne(key, self._heard, scorer=fuzz.ratio, score_cutoff=_NEAR_PINYIN)
        return () if found is None else self.spoken.by_full[found[0]][:1]

    @cached_property
    def _heard(self) -> tuple[str, ...]:
        return tuple(self.spoken.by_full)

    def _windows(self, run: str, least: int) -> Iterator[tuple[int, int]]:
        """Stretches with a pair that nobody writes and no dictionary has, from left to right, the longest first."""
        odd = [at for at in range(len(run) - 1) if run[at : at + 2] not in self.known]
        if not odd:
            return
        alone = _single(run)
        odd = [at for at in odd if alone[at] or alone[at + 1]]
        for start in range(len(run) - least + 1):
            for end in range(min(len(run), start + _LONGEST), start + least - 1, -1):
                if any(start <= at < end - 1 for at in odd):
                    yield start, end

    def _meant(self, window: str, *, alone: bool, by_shape: bool) -> str | None:
        vocabulary, heard = self.vocabulary, spelled(window)
        alike = vocabulary.by_full.get(heard) or vocabulary.by_loose.get(loosely(heard)) or ()
        for term in alike:
            if len(term) == len(window) and (alone or _shares(term, window)):
                return term
        if not by_shape or len(window) < _LEAST:
            return None
        near = {term for key in _shortened(window) for term in self._by_shape.get(key, ())}
        return max(
            (term for term in near if (alone or _one_wrong(term, window)) and _like(term, window)),
            key=lambda term: (
                fuzz.ratio(term, window) + fuzz.ratio(spelled(term), heard),
                vocabulary.weights[term],
                term,
            ),
            default=None,
        )

    @cached_property
    def _by_shape(self) -> dict[str, list[str]]:
        """Terms by what is left of them with at most one character gone."""
        shapes: defaultdict[str, list[str]] = defaultdict(list)
        for term in self.vocabulary.weights:
            if _LEAST <= len(term) <= _LONGEST and _CHINESE.fullmatch(term):
                for key in _shortened(term):
                    shapes[key].append(term)
        return dict(shapes)


def _pieces(part: str) -> Iterable[str]:
    return re.findall(r"[a-z]+(?![a-z0-9])|[^a-z]+|[a-z0-9]+", part.replace("'", ""))


def _single(run: str) -> list[bool]:
    """For each character, whether the dictionary has no longer word for it where it stands."""
    return [len(word) == 1 for word in rjieba.cut(run, hmm=False) for _ in word]


def _shortened(text: str) -> set[str]:
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _shares(term: str, window: str) -> bool:
    """Half of a term must be right: four wrong characters that sound alike are another word."""
    return 2 * sum(one == other for one, other in zip(term, window, strict=True)) >= len(term)


def _one_wrong(term: str, window: str) -> bool:
    """One character for another, or two that changed places."""
    if len(term) != len(window):
        return False
    wrong = sum(one != other for one, other in zip(term, window, strict=True))
    return wrong == 1 or (wrong == 2 and sorted(term) == sorted(window))  # noqa: PLR2004 a swap touches two


def _like(term: str, window: str) -> bool:
    """Alike to the eye, and to the ear too."""
    return (
        fuzz.ratio(term, window) >= _NEAR_TERM and fuzz.ratio(spelled(term), spelled(window)) >= _NEAR_SOUND
    )
