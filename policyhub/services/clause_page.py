"""Everything that the page of a clause shows: the clause, its measures, what it cites, what stands beside it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from policies.library import Library
from policies.rules import EncodedClause
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.library import show_clause
from policyhub.services.rules import measure_item, source_ref
from policyhub.services.views import ClauseView, MeasureItem, SourceRef
from policyhub.snapshot import Snapshot

_MOST_SIBLINGS = 5


class CitedText(Struct, frozen=True, kw_only=True):
    """A text that the clause names: the document of the library, or what is known of it from elsewhere."""

    title: str
    document_id: str | None
    sources: tuple[SourceRef, ...]


class Sibling(Struct, frozen=True, kw_only=True):
    """A clause of another document on the same matters, and what the two share."""

    clause: CitedClause
    categories: tuple[str, ...]
    units: tuple[str, ...]


class ClausePage(Struct, frozen=True, kw_only=True):
    """A clause as its page shows it."""

    clause: ClauseView
    cited: CitedClause
    document_title: str
    measures: tuple[MeasureItem, ...]
    cites: tuple[CitedText, ...]
    siblings: tuple[Sibling, ...]
    previous: CitedClause | None
    next: CitedClause | None


def show_clause_page(snapshot: Snapshot, name: str, as_of: date) -> ClausePage:
    """The page of a clause. Raises NotFoundError."""
    clause, library = show_clause(snapshot, name, as_of), snapshot.library
    encoded = library.encoded_by_id.get(name)
    before, after = _beside(library, name)
    return ClausePage(
        clause=clause,
        cited=cited_clause(library, name),
        document_title=library.document_of(name).title,
        measures=tuple(measure_item(library, one, as_of) for one in encoded.measures) if encoded else (),
        cites=_cites(library, clause, encoded),
        siblings=tuple(_siblings(library, encoded)) if encoded else (),
        previous=before,
        next=after,
    )


def _beside(library: Library, name: str) -> tuple[CitedClause | None, CitedClause | None]:
    """The clauses printed before and after."""
    names = [clause.id for clause in library.document_of(name).clauses]
    at = names.index(name)
    before, after = names[at - 1 : at], names[at + 1 : at + 2]
    return _first(library, before), _first(library, after)


def _first(library: Library, names: list[str]) -> CitedClause | None:
    return cited_clause(library, names[0]) if names else None


def _cites(library: Library, clause: ClauseView, encoded: EncodedClause | None) -> tuple[CitedText, ...]:
    """Titles as printed in 《…》; a source belongs to the measures that rest on it, so it is shown once."""
    ids = {document.title: document.id for document in library.documents}
    sources = list(
        dict.fromkeys(name for one in (encoded.measures if encoded else ()) for name in one.sources)
    )
    known = [source_ref(library, name) for name in sources if name in library.sources]
    titles = dict.fromkeys(clause.cites)
    found = [
        CitedText(
            title=title,
            document_id=ids.get(title),
            sources=tuple(source for source in known if _same(title, source.title)),
        )
        for title in titles
    ]
    shown = {source.id for text in found for source in text.sources}
    others = tuple(source for source in known if source.id not in shown)
    return (*found, *(CitedText(title=one.title, document_id=None, sources=(one,)) for one in others))


def _same(printed: str, title: str) -> bool:
    """A clause may name a text with its province in front; spaces of the print do not count."""
    plain, known = printed.replace(" ", ""), title.replace(" ", "")
    return known in plain or plain in known


def _siblings(library: Library, encoded: EncodedClause) -> Iterator[Sibling]:
    """Those that share a category come first, then those that share most units."""
    found = []
    for other in library.encoded:
        if other.id.partition("/")[0] == encoded.id.partition("/")[0]:
            continue
        categories = _shared(_categories(encoded), _categories(other))
        units = _shared(_units(library, encoded), _units(library, other))
        if categories or units:
            found.append((len(categories), len(units), other.id, categories, units))
    found.sort(key=lambda one: (-one[0], -one[1]))
    for _, _, name, categories, units in found[:_MOST_SIBLINGS]:
        yield Sibling(clause=cited_clause(library, name), categories=categories, units=units)


def _shared(ours: list[str], theirs: list[str]) -> tuple[str, ...]:
    return tuple(word for word in ours if word in theirs)


def _categories(encoded: EncodedClause) -> list[str]:
    return list(dict.fromkeys(measure.category for measure in encoded.measures))


def _units(library: Library, encoded: EncodedClause) -> list[str]:
    return [unit.name for unit in library.clauses[encoded.id].units]
