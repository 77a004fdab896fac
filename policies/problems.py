"""One way to say what is wrong in a file: where, what was expected, what was found, the nearest word.

LibraryError          every problem of a library, found in one run
"""

from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """A fault at one place of one file; problems sort by file, then line."""

    file: str
    line: int
    path: str
    expected: str
    found: str
    nearest: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line} {self.path}".rstrip()
        hint = f"；是否应为「{self.nearest}」？" if self.nearest else ""
        return f"{where}：应为{self.expected}，实为{self.found}{hint}"


class LibraryError(Exception):
    """The library cannot be used; ``problems`` lists every fault, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word``, or an empty text when none is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.4)), "")
