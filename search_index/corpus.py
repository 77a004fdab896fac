"""What is searched: every clause with the words that lead to it, the key projects, the cited sources."""

from collections.abc import Iterator, Mapping
from enum import Enum

from msgspec import Struct

from policies.document import Clause
from policies.library import Library
from search_index.normalise import Normal, normalise, normalise_with_spans


class RowKind(Enum):
    """What a row of the index is."""

    CLAUSE = "clause"
    KEY_PROJECT = "key_project"
    SOURCE = "source"


class Row(Struct, frozen=True, kw_only=True):
    """One thing that can be found. Texts are normalised.

    ``printed`` is what the document, or the catalogue, prints; ``added`` are the titles and read-backs of
    measures; ``asked`` are callers' questions as written, with the measure that answers each.
    """

    kind: RowKind
    id: str
    title: str
    printed: str
    units: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()  # measure id, text
    asked: tuple[tuple[str | None, str], ...] = ()  # measure id, question

    @property
    def everything(self) -> str:
        """All words that lead to the row."""
        parts = [self.title, self.printed, *self.units]
        added = [text for _, text in self.added]
        return "\n".join([*parts, *added, *(normalise(question) for _, question in self.asked)])


def rows_of(library: Library, readbacks: Mapping[str, str]) -> tuple[Row, ...]:
    """Every row of a library, clauses in the order printed. ``readbacks`` are sentences by measure id."""
    return (*_clauses(library, readbacks), *_key_projects(library), *_sources(library))


def sentences(clause: Clause) -> Iterator[tuple[int, str]]:
    """The sentences of a clause as printed, with their place in its text."""
    start = 0
    for at, char in enumerate(clause.text):
        if char in "。；\n" or at == len(clause.text) - 1:
            sentence = clause.text[start : at + 1]
            if sentence.strip():
                yield start, sentence
            start = at + 1


def normal_sentences(clause: Clause) -> list[tuple[int, Normal]]:
    """The same, normalised."""
    return [(start, normalise_with_spans(sentence)) for start, sentence in sentences(clause)]


def _clauses(library: Library, readbacks: Mapping[str, str]) -> Iterator[Row]:
    asked = {questions.clause_id: questions for questions in library.speech.questions}
    for clause in library.clauses.values():
        questions, encoded = asked.get(clause.id), library.encoded_by_id.get(clause.id)
        measures = encoded.measures if encoded else ()
        said: list[tuple[str | None, str]] = []
        if questions is not None:
            said += [(None, text) for text in questions.asked]
            said += [(one.measure_id, text) for one in questions.measures for text in one.asked]
        yield Row(
            kind=RowKind.CLAUSE,
            id=clause.id,
            title=normalise(clause.heading),
            printed=normalise(" ".join([*clause.path, clause.body])),
            units=tuple(normalise(unit.name) for unit in clause.units),
            added=tuple(
                (measure.id, normalise(text))
                for measure in measures
                for text in (measure.title, readbacks.get(measure.id, ""))
                if text
            ),
            asked=tuple(said),
        )


def _key_projects(library: Library) -> Iterator[Row]:
    for project in library.key_projects:
        yield Row(
            kind=RowKind.KEY_PROJECT,
            id=f"{project.section}{project.number}",
            title=normalise(project.name),
            printed=normalise(f"{project.section} {project.programme} {project.level} {project.place}"),
        )


def _sources(library: Library) -> Iterator[Row]:
    for source in library.sources.values():
        yield Row(
            kind=RowKind.SOURCE,
            id=source.id,
            title=normalise(source.title),
            printed=normalise(f"{source.number} {source.found}"),
        )
