"""What the reads of the library return: structs for JSON, in the words of the contract."""

from datetime import date, datetime
from typing import TypeAlias

from msgspec import Struct

from matcher.force import Force
from policies.document import Annex, Span, Unit
from policies.rules import OpenPoint


class Counts(Struct, frozen=True, kw_only=True):
    """How much is in the library."""

    documents: int
    clauses: int
    encoded: int
    measures: int
    examples: int
    open_points: int
    facts: int
    key_projects: int
    sources: int


class DocumentItem(Struct, frozen=True, kw_only=True):
    """One document in a list; ``encoded`` of its ``clauses`` have measures."""

    id: str
    number: str | None
    title: str
    issuer: str | None
    issued: date | None
    public: str | None
    clauses: int
    encoded: int
    force: Force


class LibraryView(Struct, frozen=True, kw_only=True):
    """What is served, since when, and the digests that receipts attest."""

    digest: str
    text: str
    rules: str
    engine: str
    published_at: datetime
    counts: Counts
    documents: tuple[DocumentItem, ...]
    library: str


class DocumentList(Struct, frozen=True, kw_only=True):
    """A page of documents."""

    items: tuple[DocumentItem, ...]
    next: str | None
    library: str


class ClauseRef(Struct, frozen=True, kw_only=True):
    """A clause in a contents tree."""

    id: str
    number: str
    heading: str
    encoded: bool
    measures: int


class SectionView(Struct, frozen=True, kw_only=True):
    """A section of a contents tree."""

    id: str
    number: str
    heading: str
    clauses: tuple[ClauseRef, ...]
    sections: tuple["SectionView", ...]


class PlanView(Struct, frozen=True, kw_only=True):
    """A plan that the document promulgates; ``printed`` is false where the gazette does not print it."""

    title: str
    printed: bool
    preamble: str
    sections: tuple[SectionView, ...]


class DocumentView(DocumentItem, frozen=True, kw_only=True):
    """A document with its contents tree."""

    notice: str
    plans: tuple[PlanView, ...]
    annexes: tuple[Annex, ...]
    cites: tuple[str, ...]
    units_note: str
    raw_offsets: tuple[Span, ...]
    library: str


class MeasureRef(Struct, frozen=True, kw_only=True):
    """A measure of a clause, by name."""

    id: str
    title: str
    kind: str
    category: str
    subject: str


class LedgerLine(Struct, frozen=True, kw_only=True):
    """A run of the clause's text and the one class it belongs to."""

    kind: str
    text: str


class ClauseView(Struct, frozen=True, kw_only=True):
    """A clause, word for word; ``ledger`` is ``null`` and ``note`` says so while it is not yet encoded."""

    id: str
    document_id: str
    document_number: str | None
    number: str
    path: tuple[str, ...]
    heading: str
    text: str
    body: str
    units: tuple[Unit, ...]
    units_open: bool
    measures: tuple[MeasureRef, ...]
    cites: tuple[str, ...]
    ledger: tuple[LedgerLine, ...] | None
    raw_offsets: tuple[Span, ...]
    force: Force
    encoded: bool
    lost: bool
    note: str | None
    library: str


class ConditionView(Struct, frozen=True, kw_only=True, tag_field="type", tag="condition"):
    """One comparison, as a sentence and in parts, with the words it models."""

    sentence: str
    fact: str
    name: str
    operator: str
    values: tuple[str, ...]
    quotes: tuple[str, ...]
    decided_by: str | None
    open_list: bool
    excluded: tuple[str, ...]
    silent: tuple[str, ...]
    ranking: bool
    catalogue: str | None
    weight: int


class GroupView(Struct, frozen=True, kw_only=True, tag_field="type", tag="group"):
    """Conditions joined by ``all``, ``any`` or ``none``."""

    connective: str
    parts: tuple["ConditionView | GroupView", ...]


RuleView: TypeAlias = ConditionView | GroupView


class FormulaView(Struct, frozen=True, kw_only=True):
    """What the text lets us compute: a fact times a factor, or so many working days after a date."""

    fact: str
    name: str
    factor: str | None = None
    unit: str | None = None
    workdays: int | None = None


class BenefitView(Struct, frozen=True, kw_only=True):
    """What the measure gives or asks."""

    form: str
    content: str
    quotes: tuple[str, ...]
    amount: str
    ratio: str | None
    basis: str | None
    times: str | None
    formula: FormulaView | None


class SourceRef(Struct, frozen=True, kw_only=True):
    """A cited standard and how far to trust what is known of it."""

    id: str
    title: str
    number: str
    confidence: str
    found: str
    not_found: str


class ExampleView(Struct, frozen=True, kw_only=True):
    """A profile with the verdict a policy officer signed."""

    case: str
    profile: dict[str, str | list[str]]
    verdict: str
    because: tuple[str, ...]
    missing: tuple[str, ...]
    label: str | None
    as_of: date | None


class MeasureItem(Struct, frozen=True, kw_only=True):
    """One measure with everything that the clause file says of it."""

    id: str
    clause_id: str
    document_number: str | None
    clause_number: str
    title: str
    quote: str
    quotes: tuple[str, ...]
    kind: str
    category: str
    subject: str
    rule: RuleView
    readback: str
    benefit: BenefitView
    units: tuple[Unit, ...]
    units_open: bool
    open_points: tuple[OpenPoint, ...]
    cites: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    force: Force
    examples: tuple[ExampleView, ...]


class MeasureView(MeasureItem, frozen=True, kw_only=True):
    """One measure, on its own."""

    library: str


class MeasureList(Struct, frozen=True, kw_only=True):
    """A page of measures."""

    items: tuple[MeasureItem, ...]
    next: str | None
    library: str


class ChoiceView(Struct, frozen=True, kw_only=True):
    """An allowed value and what else people call it."""

    name: str
    aliases: tuple[str, ...]


class DerivationView(Struct, frozen=True, kw_only=True):
    """From which facts this one follows, and on what source."""

    method: str
    inputs: tuple[str, ...]
    source: str


class FactView(Struct, frozen=True, kw_only=True):
    """One fact of the vocabulary; ``key`` is what a profile states it by."""

    id: str
    subject: str
    key: str
    name: str
    type: str
    question: str
    help: str
    unit: str | None
    choices: tuple[ChoiceView, ...]
    proof: str
    changeable: bool
    derivation: DerivationView | None
    measures: int


class FactList(Struct, frozen=True, kw_only=True):
    """A page of facts."""

    items: tuple[FactView, ...]
    next: str | None
    library: str
