"""The default engine: pure Python, right for libraries of up to some thousand clauses (docs/search.md)."""

import threading
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema
from whoosh.query import Or, Term

from search_index.analyse import FIELDS, Grams
from search_index.engine import WEIGHTS, Scored


class WhooshEngine:
    """One searcher for each thread: a shared one fails under load when stored fields are read."""

    def __init__(self, directory: Path) -> None:
        self._index = index.open_dir(str(directory), readonly=True)
        self._local = threading.local()
        self._searcher()

    def search(self, query: Grams, limit: int) -> list[Scored]:
        terms = [
            Term(field, token, boost=weight)
            for field, weight, tokens in zip(FIELDS, WEIGHTS, query, strict=True)
            for token in dict.fromkeys(tokens)
        ]
        results = self._searcher().search(Or(terms), limit=limit, scored=True)
        found = [
            Scored(results.docnum(place), results.score(place)) for place in range(results.scored_length())
        ]
        return sorted(found, key=lambda one: (-one.score, one.row))

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
