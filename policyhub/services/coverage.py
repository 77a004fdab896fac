"""The coverage map: every sentence of a document with its class, and what its measures leave open, by unit."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from policies.document import Clause, Document, Plan, Section
from policies.library import Library
from policies.rules import EncodedClause, Measure, conditions
from policyhub.services.errors import NotFoundError
from policyhub.snapshot import Snapshot

T = TypeVar("T")

HEADING, REFERENCE, NOT_ENCODED = "标题", "引用", "尚未编成"

_SENTENCE = re.compile(r"[^。]*。|[^。]+$")


class CoveredText(Struct, frozen=True, kw_only=True):
    """A sentence, or the part of one that belongs to one class, and the measures it makes."""

    clause_id: str | None
    kind: str
    text: str
    measures: tuple[str, ...] = ()


class KindCount(Struct, frozen=True, kw_only=True):
    """How much of a document belongs to a class."""

    kind: str
    sentences: int
    characters: int


class OpenPointRef(Struct, frozen=True, kw_only=True):
    """What a measure leaves open."""

    measure_id: str
    title: str
    kind: str
    quotes: tuple[str, ...]
    question: str


class OpenPointsOfUnit(Struct, frozen=True, kw_only=True):
    """What one office would have to settle."""

    unit: str
    points: tuple[OpenPointRef, ...]


class CatalogueRef(Struct, frozen=True, kw_only=True):
    """An outside list that conditions ask for and the library lacks."""

    name: str
    measures: tuple[str, ...]


class CoverageView(Struct, frozen=True, kw_only=True):
    """Where every character of a document belongs, and what is still open."""

    document_id: str
    document_number: str | None
    clauses: int
    encoded: int
    texts: tuple[CoveredText, ...]
    counts: tuple[KindCount, ...]
    open_points: tuple[OpenPointsOfUnit, ...]
    catalogues: tuple[CatalogueRef, ...]
    library: str


def show_coverage(snapshot: Snapshot, name: str) -> CoverageView:
    """The coverage map of one document. Raises NotFoundError."""
    library = snapshot.library
    document = library.documents_by_id.get(name)
    if document is None:
        raise NotFoundError("文件", name, library.documents_by_id)
    texts = tuple(_texts(library, document))
    encoded = [clause for clause in library.encoded if clause.id.startswith(f"{document.id}/")]
    measures = [measure for clause in encoded for measure in clause.measures]
    return CoverageView(
        document_id=document.id,
        document_number=document.number,
        clauses=len(document.clauses),
        encoded=len(encoded),
        texts=texts,
        counts=_counts(texts),
        open_points=_open_points(measures),
        catalogues=_catalogues(measures),
        library=snapshot.short,
    )


def _texts(library: Library, document: Document) -> Iterator[CoveredText]:
    yield CoveredText(clause_id=None, kind=HEADING, text=document.title)
    yield from (
        CoveredText(clause_id=None, kind=REFERENCE, text=line) for line in document.notice.splitlines()
    )
    told = [text for plan in document.plans for text in _plan_texts(library, plan)]
    yield from told
    in_plans = {text.clause_id for text in told}
    for clause in document.clauses:
        if clause.id not in in_plans:
            yield from _clause_texts(clause, library.encoded_by_id.get(clause.id))


def _plan_texts(library: Library, plan: Plan) -> Iterator[CoveredText]:
    yield CoveredText(clause_id=None, kind=HEADING, text=plan.title)
    yield from (CoveredText(clause_id=None, kind=REFERENCE, text=line) for line in plan.preamble.splitlines())
    for section in plan.sections:
        yield from _section_texts(library, section)


def _section_texts(library: Library, section: Section) -> Iterator[CoveredText]:
    clauses = [library.clauses[name] for name in section.clauses]
    if section.heading and not any(clause.id == section.id and clause.heading for clause in clauses):
        yield CoveredText(clause_id=None, kind=HEADING, text=f"{section.number}{section.heading}")
    for clause in clauses:
        yield from _clause_texts(clause, library.encoded_by_id.get(clause.id))
    for inner in section.sections:
        yield from _section_texts(library, inner)


def _clause_texts(clause: Clause, encoded: EncodedClause | None) -> Iterator[CoveredText]:
    if encoded is None:
        yield CoveredText(clause_id=clause.id, kind=NOT_ENCODED, text=clause.text)
        return
    spans = _quoted_spans(encoded)
    at = 0
    for entry in encoded.ledger:
        for sentence in _SENTENCE.findall(entry.text.replace("\n", "")):
            here = range(at, at := at + len(sentence))
            served = tuple(name for name, span in spans if span.start < here.stop and here.start < span.stop)
            yield CoveredText(
                clause_id=clause.id, kind=entry.kind, text=sentence, measures=tuple(dict.fromkeys(served))
            )


def _quoted_spans(encoded: EncodedClause) -> list[tuple[str, range]]:
    """Where the quotes of each measure stand in the clause, newlines left out as in the ledger."""
    text = encoded.text.replace("\n", "")
    found = []
    for measure in encoded.measures:
        for quote in measure.quotes:
            words = quote.replace("\n", "")
            start = text.find(words)
            found.append((measure.id, range(start, start + len(words))))
    return found


def _counts(texts: tuple[CoveredText, ...]) -> tuple[KindCount, ...]:
    sentences = Counter(text.kind for text in texts)
    characters: Counter[str] = Counter()
    for text in texts:
        characters[text.kind] += len(text.text)
    return tuple(
        KindCount(kind=kind, sentences=sentences[kind], characters=number)
        for kind, number in characters.most_common()
    )


def _open_points(measures: list[Measure]) -> tuple[OpenPointsOfUnit, ...]:
    by_unit: dict[str, list[OpenPointRef]] = {}
    for measure in measures:
        for point in measure.open_points:
            by_unit.setdefault(point.decided_by, []).append(
                OpenPointRef(
                    measure_id=measure.id,
                    title=measure.title,
                    kind=point.kind,
                    quotes=point.quotes,
                    question=point.question,
                )
            )
    return tuple(OpenPointsOfUnit(unit=unit, points=tuple(points)) for unit, points in _longest(by_unit))


def _catalogues(measures: list[Measure]) -> tuple[CatalogueRef, ...]:
    by_name: dict[str, list[str]] = {}
    for measure in measures:
        for name in dict.fromkeys(leaf.catalogue for leaf in conditions(measure.rule) if leaf.catalogue):
            by_name.setdefault(name, []).append(measure.id)
    return tuple(CatalogueRef(name=name, measures=tuple(ids)) for name, ids in _longest(by_name))


def _longest(groups: Mapping[str, list[T]]) -> list[tuple[str, list[T]]]:
    return sorted(groups.items(), key=lambda group: -len(group[1]))
