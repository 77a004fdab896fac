"""Finding clauses: hits joined with the library of the same digest, with facets, reasons and what was read."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Annotated

from msgspec import Meta, Struct

from matcher.force import Force, ForceStatus, force_in
from policies.document import Unit
from policies.library import Library
from policies.rules import Kind, Measure, Period, Subject
from policyhub import clock
from policyhub.services.labels import KINDS, SUBJECTS
from policyhub.services.pages import PageQuery, page
from policyhub.services.rules import measure_ref
from policyhub.services.views import MeasureRef
from policyhub.snapshot import Snapshot
from search_index.corpus import RowKind
from search_index.find import Found, Hit
from search_index.marks import Highlight
from search_index.understand import Understood

LONGEST = 500

_Query = Annotated[str, Meta(min_length=1, max_length=LONGEST)]


class SearchQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A query, and the facets that narrow it."""

    q: _Query
    document: str | None = None
    unit: str | None = None
    category: str | None = None
    kind: Kind | None = None
    subject: Subject | None = None
    force: ForceStatus | None = None
    as_of: date | None = None


class ReadingView(Struct, frozen=True, kw_only=True):
    """Words that were searched for as others: how they were typed, what they were read as, why."""

    said: str
    meant: tuple[str, ...]
    how: str


class UnderstoodView(Struct, frozen=True, kw_only=True):
    """How the query was read; ``text`` is what was searched for, in one spelling."""

    text: str
    readings: tuple[ReadingView, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    cited: tuple[str, ...]
    units: tuple[str, ...]
    documents: tuple[str, ...]


class SearchItem(Struct, frozen=True, kw_only=True):
    """A clause that was found; ``measures`` of the clause, those that the query means first."""

    clause_id: str
    document_id: str
    document_number: str | None
    clause_number: str
    cited: str
    path: tuple[str, ...]
    heading: str
    score: float
    highlights: tuple[Highlight, ...]
    units: tuple[Unit, ...]
    units_open: bool
    measures: tuple[MeasureRef, ...]
    why: tuple[str, ...]
    force: Force


class BesideItem(Struct, frozen=True, kw_only=True):
    """A key project or a cited source that was found beside the clauses; ``kind`` is key_project or source."""

    kind: str
    id: str
    title: str
    note: str


class FacetValue(Struct, frozen=True, kw_only=True):
    """A value that narrows the hits, as a person reads it, and how many it leaves."""

    value: str
    label: str
    count: int


class SearchAnswer(Struct, frozen=True, kw_only=True):
    """A page of hits. ``relaxed`` says what was let go; ``suggestions`` what else to try when nothing was found."""

    query: str
    understood: UnderstoodView
    total: int
    took_ms: float
    items: tuple[SearchItem, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    relaxed: tuple[str, ...]
    suggestions: tuple[str, ...]
    beside: tuple[BesideItem, ...]
    next: str | None
    library: str


class Suggestion(Struct, frozen=True, kw_only=True):
    """A completion: the text to search for, what it is, and the clause it leads to where it is one."""

    text: str
    kind: str
    clause_id: str | None


class SuggestAnswer(Struct, frozen=True, kw_only=True):
    """Completions of what has been typed so far."""

    query: str
    items: tuple[Suggestion, ...]
    library: str


class SuggestQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has been typed so far."""

    q: Annotated[str, Meta(max_length=LONGEST)]
    limit: Annotated[int, Meta(ge=1, le=100)] = 10


def search(snapshot: Snapshot, query: SearchQuery, as_of: date) -> SearchAnswer:
    """The clauses that a query means. Raises InputError for a foreign ``next``."""
    started = clock.milliseconds()
    library = snapshot.library
    found = snapshot.search.finder.find(query.q)
    facets = _Facets(library, found.hits, as_of)
    asked = {name: _plain(getattr(query, name)) for name in FACETS}
    kept = facets.narrowed(asked)
    hits, following = page(kept, query, snapshot.short)
    items = tuple(_item(snapshot, found, hit, facets.force(hit)) for hit in hits)
    return SearchAnswer(
        query=query.q,
        understood=understood_view(found.understood),
        total=len(kept),
        took_ms=round(clock.milliseconds() - started, 1),
        items=items,
        facets={name: facets.counts(name, asked) for name in FACETS},
        relaxed=found.relaxed,
        suggestions=found.suggestions,
        beside=tuple(_beside(library, found)),
        next=following,
        library=snapshot.short,
    )


def suggest(snapshot: Snapshot, query: SuggestQuery) -> SuggestAnswer:
    """Completions while typing."""
    items = snapshot.search.suggester.suggest(query.q, query.limit)
    return SuggestAnswer(
        query=query.q,
        items=tuple(Suggestion(text=one.text, kind=one.kind.value, clause_id=one.clause_id) for one in items),
        library=snapshot.short,
    )


def understood_view(understood: Understood) -> UnderstoodView:
    """How a query was read, for JSON."""
    return UnderstoodView(
        text=understood.text,
        readings=tuple(
            ReadingView(said=one.said, meant=one.meant, how=one.how.value) for one in understood.readings
        ),
        phrases=understood.phrases,
        excluded=understood.excluded,
        cited=understood.citation.names,
        units=understood.units,
        documents=understood.documents,
    )


class _Facets:
    """The values of hits by facet, read once."""

    def __init__(self, library: Library, hits: Sequence[Hit], as_of: date) -> None:
        self.library, self.hits = library, hits
        self._force = {hit.clause_id: force_in(library, hit.clause_id, Period(), as_of) for hit in hits}
        self._values = {
            name: {hit.clause_id: frozenset(values(self, hit.clause_id)) for hit in hits}
            for name, values in FACETS.items()
        }

    def force(self, hit: Hit) -> Force:
        return self._force[hit.clause_id]

    def status(self, clause_id: str) -> Sequence[str]:
        return [self._force[clause_id].status]

    def measures(self, clause_id: str) -> Sequence[Measure]:
        encoded = self.library.encoded_by_id.get(clause_id)
        return encoded.measures if encoded else ()

    def narrowed(self, asked: Mapping[str, str | None], but: str = "") -> Sequence[Hit]:
        """The hits that fit every facet asked for, ``but`` one."""
        wanted = [(name, value) for name, value in asked.items() if value is not None and name != but]
        return [
            hit
            for hit in self.hits
            if all(value in self._values[name][hit.clause_id] for name, value in wanted)
        ]

    def counts(self, name: str, asked: Mapping[str, str | None]) -> tuple[FacetValue, ...]:
        """How many hits each value leaves, given the other facets; the most first."""
        among = self.narrowed(asked, but=name)
        counted = Counter(value for hit in among for value in self._values[name][hit.clause_id])
        return tuple(
            FacetValue(value=value, label=_label(self.library, name, value), count=count)
            for value, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        )


FACETS: Mapping[str, Callable[[_Facets, str], Sequence[str]]] = {
    "document": lambda _, name: [name.partition("/")[0]],
    "unit": lambda facets, name: [unit.name for unit in facets.library.clauses[name].units],
    "category": lambda facets, name: [measure.category for measure in facets.measures(name)],
    "kind": lambda facets, name: [measure.kind.value for measure in facets.measures(name)],
    "subject": lambda facets, name: [measure.subject.value for measure in facets.measures(name)],
    "force": lambda facets, name: facets.status(name),
}


def _item(snapshot: Snapshot, found: Found, hit: Hit, force: Force) -> SearchItem:
    library = snapshot.library
    clause, document = library.clauses[hit.clause_id], library.document_of(hit.clause_id)
    encoded = library.encoded_by_id.get(hit.clause_id)
    meant = [library.measures[name] for name in hit.measures if library.measures[name].clause_id == clause.id]
    measures = {one.id: one for one in [*meant, *(encoded.measures if encoded else ())]}
    return SearchItem(
        clause_id=clause.id,
        document_id=document.id,
        document_number=document.number,
        clause_number=clause.number,
        cited=library.citations[clause.id],
        path=clause.path,
        heading=clause.heading,
        score=hit.score,
        highlights=snapshot.search.finder.highlights(clause.id, found.understood),
        units=clause.units,
        units_open=clause.units_open,
        measures=tuple(measure_ref(measure) for measure in measures.values()),
        why=hit.why,
        force=force,
    )


def _beside(library: Library, found: Found) -> list[BesideItem]:
    projects = {f"{one.section}{one.number}": one for one in library.key_projects}
    items = []
    for one in found.beside:
        if one.kind is RowKind.KEY_PROJECT:
            project = projects[one.id]
            title, note = project.name, f"{project.level} {project.place} {project.programme}"
        else:
            source = library.sources[one.id]
            title, note = source.title, f"{source.number or '文号未载明'} 可信度 {source.confidence}"
        items.append(BesideItem(kind=one.kind.value, id=one.id, title=title, note=note))
    return items


def _label(library: Library, facet: str, value: str) -> str:
    if facet == "document":
        document = library.documents_by_id[value]
        return document.number or document.title
    return {"kind": KINDS, "subject": SUBJECTS}.get(facet, {}).get(value, value)


def _plain(value: Enum | str | None) -> str | None:
    """The word of an enum, as facets count it."""
    return str(value.value) if isinstance(value, Enum) else value
