"""Finding listed words in a text, the longest first: fillers to drop, what people say for what clauses write."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")


class Found(NamedTuple, Generic[V]):
    """A listed word in a text, and what it stands for."""

    start: int
    end: int
    meaning: V


class WordList(Generic[V]):
    """Words with their meanings; never one inside a longer one, never half a Latin word."""

    def __init__(self, meanings: Mapping[str, V]) -> None:
        self.meanings = meanings
        lengths: dict[str, set[int]] = {}
        for word in meanings:
            lengths.setdefault(word[:1], set()).add(len(word))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}

    def find(self, text: str) -> Iterator[Found[V]]:
        """Words of the list from left to right."""
        at = 0
        while at < len(text):
            end = self._end(text, at)
            if end is None:
                at += 1
            else:
                yield Found(at, end, self.meanings[text[at:end]])
                at = end

    def without(self, text: str) -> tuple[str, ...]:
        """What is left between the words of the list."""
        return tuple(piece for piece in cut(text, ((one.start, one.end) for one in self.find(text))) if piece)

    def _end(self, text: str, at: int) -> int | None:
        """Where the longest word that starts here ends."""
        for length in self._lengths.get(text[at], ()):
            end = at + length
            if text[at:end] in self.meanings and _whole(text, at, end):
                return end
        return None


def cut(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The pieces of a text between spans."""
    last = 0
    for start, end in spans:
        yield text[last:start]
        last = end
    yield text[last:]


def _whole(text: str, start: int, end: int) -> bool:
    """A Latin word or a number is not cut in two."""
    return not (_joins(text, start) or _joins(text, end))


def _joins(text: str, at: int) -> bool:
    return 0 < at < len(text) and _latin(text[at - 1]) and _latin(text[at])


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
