"""Completions while typing: headings, titles of measures, units, documents and terms, by their text or their sound."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import accumulate, islice
from typing import NamedTuple

from policies.library import Library
from search_index.normalise import normalise
from search_index.pinyin import sound
from search_index.understand import Understanding

_BETWEEN = "\n"  # stands in no entry and in nothing typed
_SHORTEST_INNER = 2  # characters from which an entry may also match within


class SuggestionKind(Enum):
    """What a completion is."""

    CLAUSE = "条款"
    MEASURE = "措施"
    UNIT = "责任单位"
    DOCUMENT = "文件"
    TERM = "词"


class Completion(NamedTuple):
    """A text to search for, and the clause it leads to where it is the name of one."""

    text: str
    kind: SuggestionKind
    clause_id: str | None
    weight: int


class Suggester:
    """Completes what is typed from the names and terms of one library."""

    def __init__(self, understanding: Understanding) -> None:
        self._library = understanding.library
        self._understanding = understanding
        entries: dict[str, Completion] = {}
        for entry in _entries(understanding):
            entries.setdefault(normalise(entry.text), entry)
        self._entries = sorted(entries.items(), key=lambda one: (-one[1].weight, one[0]))
        self._keys = sorted(_keys(self._entries))
        self._text = _BETWEEN.join(text for text, _ in self._entries)
        self._starts = list(accumulate((len(text) + 1 for text, _ in self._entries[:-1]), initial=0))

    def suggest(self, typed: str, limit: int) -> list[Completion]:
        """Entries that begin with what is typed, or sound so, then such that have it within; the weightiest first."""
        cited = self._cited(typed)
        plain = normalise(" ".join(typed.split())).replace("'", "")
        if not plain:
            return []
        begin = sorted(self._starting(plain))
        found = dict.fromkeys([*(self._entries[place][1] for place in begin)])
        if len(plain) >= _SHORTEST_INNER and len(found) < limit:
            inner = (self._entries[place][1] for place in self._having(plain))
            found |= dict.fromkeys(islice((entry for entry in inner if entry not in found), limit))
        return list(dict.fromkeys([*cited, *found]))[:limit]

    def _cited(self, typed: str) -> list[Completion]:
        names = self._understanding.read(typed).citation.names
        clauses = [self._library.clauses[name] for name in names if name in self._library.clauses]
        return [
            Completion(_clause_text(self._library, one.id), SuggestionKind.CLAUSE, one.id, 0)
            for one in clauses
        ]

    def _having(self, part: str) -> Iterator[int]:
        """Entries in whose text it stands, found in one long text of all: a loop over them would be slow."""
        at = self._text.find(part)
        while at >= 0:
            after = bisect_right(self._starts, at)
            yield after - 1
            at = self._text.find(part, self._starts[after]) if after < len(self._starts) else -1

    def _starting(self, prefix: str) -> Iterator[int]:
        for place in range(bisect_left(self._keys, (prefix, -1)), len(self._keys)):
            key, entry = self._keys[place]
            if not key.startswith(prefix):
                return
            yield entry


def _keys(entries: Iterable[tuple[str, Completion]]) -> Iterator[tuple[str, int]]:
    """What an entry can be found by: its text, its pinyin, its initials."""
    for place, (text, _) in enumerate(entries):
        heard = sound(text)
        yield from {(text, place), (heard.full, place), (heard.initials, place)}


def _entries(understanding: Understanding) -> Iterator[Completion]:
    library = understanding.library
    reviewed = {questions.clause_id for questions in library.speech.questions}
    for clause in library.clauses.values():
        if clause.heading:
            weight = 3000 if clause.id in reviewed else 300
            yield Completion(clause.heading, SuggestionKind.CLAUSE, clause.id, weight)
    for unit in dict.fromkeys(unit.name for clause in library.clauses.values() for unit in clause.units):
        yield Completion(unit, SuggestionKind.UNIT, None, 2500)
    for document in library.documents:
        if document.number:
            yield Completion(document.number, SuggestionKind.DOCUMENT, None, 2000)
    for entry in library.speech.names:
        for name in entry.names:
            yield Completion(name, SuggestionKind.DOCUMENT, None, 1900)
    for measure in library.measures.values():
        yield Completion(measure.title, SuggestionKind.MEASURE, measure.clause_id, 1000)
    for term, weight in understanding.vocabulary.weights.items():
        yield Completion(term, SuggestionKind.TERM, None, min(weight, 900))


def _clause_text(library: Library, name: str) -> str:
    clause, document = library.clauses[name], library.document_of(name)
    return " ".join(part for part in (document.number, clause.number, clause.heading) if part)
