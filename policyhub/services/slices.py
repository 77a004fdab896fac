"""Numbered pages of a long list, for people; callers of the API have cursors (``pages``)."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

_BESIDE = 2  # pages shown on either side of the current one


class Slice(Struct, Generic[T], frozen=True, kw_only=True):
    """One page: its items, its number from 1, how many pages and items there are."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int

    @property
    def shown(self) -> tuple[int | None, ...]:
        """The page numbers to offer: the ends and the neighbours, ``None`` where some are left out."""
        wanted = [
            number
            for number in range(1, self.pages + 1)
            if number in (1, self.pages) or abs(number - self.number) <= _BESIDE
        ]
        numbers: list[int | None] = []
        for number in wanted:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return tuple(numbers)


def slice_of(items: Sequence[T], number: int, size: int) -> Slice[T]:
    """The page of this number; the nearest one that exists for a number beyond the ends."""
    pages = max(1, -(-len(items) // size))
    number = min(max(number, 1), pages)
    chosen = tuple(items[(number - 1) * size : number * size])
    return Slice(items=chosen, number=number, pages=pages, total=len(items))


def read_number(text: str | None) -> int:
    """A page number as an address gives it; the first page for anything that is none."""
    return exact_number(text) or 1


def exact_number(text: str | None) -> int | None:
    """A number from 1; ``None`` for anything else, where the first is not as good as any."""
    if not text or not (text.isascii() and text.isdigit()) or len(text) > len("999999999"):
        return None
    return int(text) or None
