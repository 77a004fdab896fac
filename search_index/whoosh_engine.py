"""The default engine: pure Python, right for libraries of up to some thousand clauses (docs/search.md).

Whoosh keeps the postings; its unions of many terms are slow in Python, so rows are scored here, term by
term, with whoosh's own BM25F formula and statistics. What a term gives each row is remembered.
"""

import threading
from array import array
from collections.abc import Iterable
from functools import lru_cache
from heapq import nsmallest
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema

from search_index.analyse import FIELDS, Grams
from search_index.engine import WEIGHTS, Scored

_K1, _B = 1.2, 0.75  # whoosh's defaults
_REMEMBERED = 8192  # terms


class _Given(NamedTuple):
    """What a term gives to the rows that have it."""

    rows: "array[int]"
    scores: "array[float]"


class WhooshEngine:
    """One searcher for each thread: a shared one fails under load."""

    def __init__(self, directory: Path) -> None:
        self._index = index.open_dir(str(directory), readonly=True)
        self._local = threading.local()
        reader = self._searcher().reader()
        rows = range(reader.doc_count_all())
        self._lengths = {
            field: [reader.doc_field_length(row, field) or 0 for row in rows] for field in FIELDS
        }
        self._usual = {
            field: (sum(lengths) / max(1, len(rows))) or 1.0 for field, lengths in self._lengths.items()
        }
        self._given = lru_cache(_REMEMBERED)(self._score_rows)

    def search(self, query: Grams, limit: int) -> list[Scored]:
        scores: dict[int, float] = {}
        for field, weight, tokens in zip(FIELDS, WEIGHTS, query, strict=True):
            for token in dict.fromkeys(tokens):
                given = self._given(field, token)
                for row, score in zip(given.rows, given.scores, strict=True):
                    scores[row] = scores.get(row, 0.0) + weight * score
        best = nsmallest(limit, scores.items(), key=lambda one: (-one[1], one[0]))
        return [Scored(row, score) for row, score in best]

    def _score_rows(self, field: str, token: str) -> _Given:
        """BM25F of every row that has the token (Robertson and Zaragoza 2009), as whoosh computes it."""
        searcher = self._searcher()
        if (field, token) not in searcher.reader():
            return _Given(array("I"), array("d"))
        idf, lengths, usual = searcher.idf(field, token), self._lengths[field], self._usual[field]
        rows, scores = array("I"), array("d")
        postings = searcher.postings(field, token)
        while postings.is_active():
            row, often = postings.id(), postings.weight()
            rows.append(row)
            scores.append(idf * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * lengths[row] / usual)))
            postings.next()
        return _Given(rows, scores)

    def _searcher(self) -> Any:
        if not hasattr(self._local, "searcher"):
            self._local.searcher = self._index.searcher()
        return self._local.searcher


class WhooshKind:
    """Writes and opens whoosh indexes: one segment, so that a document number is a row number."""

    name = "whoosh"
    version = version("whoosh3")

    def write(self, rows: Iterable[Grams], directory: Path) -> None:
        field = TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        writer = index.create_in(str(directory), Schema(**dict.fromkeys(FIELDS, field))).writer(limitmb=256)
        for grams in rows:
            writer.add_document(
                **{name: " ".join(tokens) for name, tokens in zip(FIELDS, grams, strict=True)}
            )
        writer.commit(optimize=True)

    def open(self, directory: Path) -> WhooshEngine:
        return WhooshEngine(directory)
