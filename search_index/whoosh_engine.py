"""The default engine: pure Python, right for libraries of up to some thousand clauses (docs/search.md).

Whoosh keeps the postings; its unions of many terms are slow in Python, so rows are scored here, term by
term, with whoosh's own BM25F formula and statistics. What a term gives each row is remembered.
"""

import threading
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema
from whoosh.reading import TermNotFound

from search_index.analyse import FIELDS, Grams
from search_index.engine import WEIGHTS, Scored

_K1, _B = 1.2, 0.75  # whoosh's defaults
_REMEMBERED = 32768  # terms


class _Given(NamedTuple):
    """What a term gives to the rows that have it."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]


class WhooshEngine:
    """One reader for each thread: a shared one fails under load."""

    def __init__(self, directory: Path) -> None:
        self._index = index.open_dir(str(directory), readonly=True)
        self._local = threading.local()
        reader = self._reader()
        self._rows = reader.doc_count_all()
        self._lengths = {field: self._relative_lengths(reader, field) for field in FIELDS}
        self._given = lru_cache(_REMEMBERED)(self._score_rows)

    def search(self, query: Grams, limit: int) -> list[Scored]:
        scores = np.zeros(self._rows)
        for field, weight, tokens in zip(FIELDS, WEIGHTS, query, strict=True):
            for token in dict.fromkeys(tokens):
                given = self._given(field, token)
                scores[given.rows] += weight * given.scores
        found = np.flatnonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")][:limit]
        return [Scored(*one) for one in zip(best.tolist(), scores[best].tolist(), strict=True)]

    def _score_rows(self, field: str, token: str) -> _Given:
        """BM25F of every row that has the token (Robertson and Zaragoza 2009), as whoosh computes it."""
        try:
            postings = self._reader().postings(field, token)
        except TermNotFound:
            return _Given(np.zeros(0, np.int64), np.zeros(0))
        rows, often = list[int](), list[float]()
        while postings.is_active():
            rows.append(postings.id())
            often.append(postings.weight())
            postings.next()
        found, times = np.array(rows), np.array(often)
        idf = log(self._rows / (len(rows) + 1)) + 1
        lengths = self._lengths[field][found]
        return _Given(found, idf * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * lengths)))

    def _relative_lengths(self, reader: Any, field: str) -> NDArray[np.float64]:
        """The length of each row, where 1 is the usual length."""
        lengths = np.array(
            [reader.doc_field_length(row, field) or 0 for row in range(self._rows)], np.float64
        )
        return lengths / (lengths.mean() if lengths.any() else 1.0)

    def _reader(self) -> Any:
        if not hasattr(self._local, "reader"):
            self._local.reader = self._index.reader()
        return self._local.reader


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
