"""The policy library: all documents, clauses, measures and facts of one digest, immutable."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from policies.cite import citations
from policies.document import Clause, Document
from policies.key_projects import KeyProjectRow
from policies.rules import EncodedClause, Measure
from policies.size_classes import SizeClass
from policies.sources import Source
from policies.speech import Speech
from policies.vocabulary import Vocabulary
from policies.workdays import WorkYear


class Digests(Struct, frozen=True, kw_only=True):
    """SHA-256 of the library's files: all of them, the texts alone, what decides verdicts.

    The words of callers count in the first only: they help to find, and decide nothing.
    """

    library: str
    text: str
    rules: str


class Library(Struct, frozen=True, kw_only=True, dict=True):
    """What has been read from one library directory. Lookups are by id."""

    digests: Digests
    documents: tuple[Document, ...]
    encoded: tuple[EncodedClause, ...]
    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    key_projects: tuple[KeyProjectRow, ...]
    size_classes: tuple[SizeClass, ...]
    workdays: tuple[WorkYear, ...] = ()
    speech: Speech = Speech()

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Every clause of every document, in the order printed."""
        return {clause.id: clause for document in self.documents for clause in document.clauses}

    @cached_property
    def citations(self) -> Mapping[str, str]:
        """How each clause is cited: 文号 and place, by clause id."""
        return {name: cited for document in self.documents for name, cited in citations(document).items()}

    @cached_property
    def documents_by_id(self) -> Mapping[str, Document]:
        """Documents by their id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def encoded_by_id(self) -> Mapping[str, EncodedClause]:
        """The clause files by clause id."""
        return {clause.id: clause for clause in self.encoded}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure, in document order."""
        return {measure.id: measure for measure in self._measures()}

    def document_of(self, clause_id: str) -> Document:
        """The document that a clause stands in. Raises KeyError for an unknown document."""
        return self.documents_by_id[clause_id.partition("/")[0]]

    def _measures(self) -> Iterator[Measure]:
        for clause in self.encoded:
            yield from clause.measures
