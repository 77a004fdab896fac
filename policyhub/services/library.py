"""Reading the library: documents with their contents, clauses, measures, facts."""

from datetime import date

from msgspec.structs import asdict

from matcher.force import force, force_in
from policies.document import Clause, Document, Plan, Section
from policies.library import Library
from policies.rules import Measure, Period, conditions
from policies.vocabulary import Fact
from policyhub.services.errors import NotFoundError
from policyhub.services.pages import page
from policyhub.services.queries import DocumentsQuery, FactsQuery, MeasuresQuery
from policyhub.services.rules import measure_item, measure_ref
from policyhub.services.views import (
    ChoiceView,
    ClauseRef,
    ClauseView,
    Counts,
    DerivationView,
    DocumentItem,
    DocumentList,
    DocumentView,
    FactList,
    FactView,
    LedgerLine,
    LibraryView,
    MeasureList,
    MeasureView,
    PlanView,
    SectionView,
)
from policyhub.snapshot import Snapshot

NOT_ENCODED = "本条还没有编成规则：可以查阅原文，匹配不涉及本条。"
LOST = "公报在这一条有缺字，缺处照原样标出，没有补写。"


def show_library(snapshot: Snapshot, as_of: date) -> LibraryView:
    """What is served, since when, and its digests."""
    library = snapshot.library
    return LibraryView(
        digest=library.digests.library,
        text=library.digests.text,
        rules=library.digests.rules,
        engine=snapshot.engine,
        published_at=snapshot.published_at,
        counts=count(library),
        documents=tuple(_document_item(library, document, as_of) for document in library.documents),
        library=snapshot.short,
    )


def count(library: Library) -> Counts:
    """How much is in the library."""
    measures = library.measures.values()
    return Counts(
        documents=len(library.documents),
        clauses=len(library.clauses),
        encoded=len(library.encoded),
        measures=len(measures),
        examples=sum(len(measure.examples) for measure in measures),
        open_points=sum(len(measure.open_points) for measure in measures),
        facts=len(library.vocabulary.facts),
        key_projects=len(library.key_projects),
        sources=len(library.sources),
    )


def list_documents(snapshot: Snapshot, query: DocumentsQuery, as_of: date) -> DocumentList:
    """Documents in the order printed."""
    documents, following = page(snapshot.library.documents, query, snapshot.short)
    items = tuple(_document_item(snapshot.library, document, as_of) for document in documents)
    return DocumentList(items=items, next=following, library=snapshot.short)


def show_document(snapshot: Snapshot, name: str, as_of: date) -> DocumentView:
    """A document with its contents tree. Raises NotFoundError."""
    library = snapshot.library
    document = library.documents_by_id.get(name)
    if document is None:
        raise NotFoundError("文件", name, library.documents_by_id)
    item = _document_item(library, document, as_of)
    return DocumentView(
        **{field: getattr(item, field) for field in item.__struct_fields__},
        notice=document.notice,
        plans=tuple(_plan(library, plan) for plan in document.plans),
        annexes=document.annexes,
        cites=document.cites,
        units_note=document.units_note,
        raw_offsets=document.raw_offsets,
        library=snapshot.short,
    )


def show_clause(snapshot: Snapshot, name: str, as_of: date) -> ClauseView:
    """A clause, word for word. Raises NotFoundError."""
    library = snapshot.library
    clause = library.clauses.get(name)
    if clause is None:
        raise NotFoundError("条款", name, library.clauses)
    document, encoded = library.document_of(name), library.encoded_by_id.get(name)
    notes = ([] if encoded else [NOT_ENCODED]) + ([LOST] if clause.lost else [])
    return ClauseView(
        id=clause.id,
        document_id=document.id,
        document_number=document.number,
        number=clause.number,
        path=clause.path,
        heading=clause.heading,
        text=clause.text,
        body=clause.body,
        units=clause.units,
        units_open=clause.units_open,
        measures=tuple(measure_ref(measure) for measure in encoded.measures) if encoded else (),
        cites=clause.cites,
        ledger=tuple(LedgerLine(kind=e.kind, text=e.text) for e in encoded.ledger) if encoded else None,
        raw_offsets=clause.raw_offsets,
        force=force_in(library, clause.id, Period(), as_of),
        encoded=encoded is not None,
        lost=clause.lost,
        note="".join(notes) or None,
        library=snapshot.short,
    )


def list_measures(snapshot: Snapshot, query: MeasuresQuery, as_of: date) -> MeasureList:
    """The measures that fit every filter given, in document order."""
    library = snapshot.library
    fitting = [measure for measure in library.measures.values() if _fits(library, measure, query)]
    measures, following = page(fitting, query, snapshot.short)
    items = tuple(measure_item(library, measure, as_of) for measure in measures)
    return MeasureList(items=items, next=following, library=snapshot.short)


def show_measure(snapshot: Snapshot, name: str, as_of: date) -> MeasureView:
    """One measure. Raises NotFoundError."""
    measure = snapshot.library.measures.get(name)
    if measure is None:
        raise NotFoundError("措施", name, snapshot.library.measures)
    item = measure_item(snapshot.library, measure, as_of)
    fields = {field: getattr(item, field) for field in item.__struct_fields__}
    return MeasureView(**fields, library=snapshot.short)


def list_facts(snapshot: Snapshot, query: FactsQuery) -> FactList:
    """The vocabulary, in the order of its files."""
    library = snapshot.library
    asked = [fact for fact in library.vocabulary.facts.values() if query.subject in (None, fact.subject)]
    facts, following = page(asked, query, snapshot.short)
    return FactList(
        items=tuple(_fact(library, fact) for fact in facts), next=following, library=snapshot.short
    )


def all_facts(library: Library) -> tuple[FactView, ...]:
    """The whole vocabulary."""
    return tuple(_fact(library, fact) for fact in library.vocabulary.facts.values())


def _document_item(library: Library, document: Document, as_of: date) -> DocumentItem:
    return DocumentItem(
        id=document.id,
        number=document.number,
        title=document.title,
        issuer=document.issuer,
        issued=document.issued,
        public=document.public,
        clauses=len(document.clauses),
        encoded=sum(clause.id in library.encoded_by_id for clause in document.clauses),
        force=force(document, Period(), as_of),
    )


def _plan(library: Library, plan: Plan) -> PlanView:
    return PlanView(
        title=plan.title,
        printed=plan.printed,
        preamble=plan.preamble,
        sections=tuple(_section(library, section) for section in plan.sections),
    )


def _section(library: Library, section: Section) -> SectionView:
    return SectionView(
        id=section.id,
        number=section.number,
        heading=section.heading,
        clauses=tuple(_clause_ref(library, library.clauses[name]) for name in section.clauses),
        sections=tuple(_section(library, inner) for inner in section.sections),
    )


def _clause_ref(library: Library, clause: Clause) -> ClauseRef:
    encoded = library.encoded_by_id.get(clause.id)
    return ClauseRef(
        id=clause.id,
        number=clause.number,
        heading=clause.heading,
        encoded=encoded is not None,
        measures=len(encoded.measures) if encoded else 0,
    )


def _fits(library: Library, measure: Measure, query: MeasuresQuery) -> bool:
    units = [unit.name for unit in library.clauses[measure.clause_id].units]
    return (
        query.document in (None, measure.clause_id.partition("/")[0])
        and query.clause in (None, measure.clause_id)
        and query.kind in (None, measure.kind)
        and query.category in (None, measure.category)
        and query.subject in (None, measure.subject)
        and (query.unit is None or query.unit in units)
    )


def _fact(library: Library, fact: Fact) -> FactView:
    asking = [m for m in library.measures.values() if any(c.fact == fact.id for c in conditions(m.rule))]
    derivation = fact.derivation
    return FactView(
        id=fact.id,
        subject=fact.subject.value,
        key=fact.key,
        name=fact.name,
        type=fact.type.value,
        question=fact.question,
        help=fact.help,
        unit=fact.unit,
        choices=tuple(ChoiceView(name=choice.name, aliases=choice.aliases) for choice in fact.choices),
        proof=fact.proof,
        changeable=fact.changeable,
        derivation=None if derivation is None else DerivationView(**asdict(derivation)),
        measures=len(asking),
    )
