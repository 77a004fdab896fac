"""What search needs of a full-text engine, and nothing more: rows of tokens in, row numbers by BM25 out.

Two engines fulfil it, whoosh and tantivy; analysis, phrases, filters and explanation stay ours, so they
are the same over both. Engines are told apart by name in the setting SEARCH_ENGINE.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from search_index.analyse import Grams

WEIGHTS = (
    0.75,
    1.0,
    0.5,
)  # of characters, pairs and words, chosen on questions of laypeople (docs/search.md)


class Scored(NamedTuple):
    """A row, counted from 0 in the order given, and how well it fits."""

    row: int
    score: float


class Engine(Protocol):
    """An index on disk, open for reading; safe to share between threads."""

    def search(self, query: Grams, limit: int) -> list[Scored]:
        """The rows that share a token with the query, the best first; equal scores in row order."""


class EngineKind(Protocol):
    """How an engine writes an index and opens it."""

    name: str
    version: str

    def write(self, rows: Iterable[Grams], directory: Path) -> None:
        """Index the rows in an empty directory."""

    def open(self, directory: Path) -> Engine:
        """Open a written index. Raises whatever the engine raises when it is broken."""
