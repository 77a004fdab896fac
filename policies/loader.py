"""A directory in, an immutable library with its digests out, or every problem at once."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias, TypeVar

from policies.checks import check_library
from policies.clause_file import ClauseFileReader
from policies.cursor import Cursor, open_file
from policies.document import Document
from policies.document_file import read_document
from policies.fact_files import read_facts, read_regions
from policies.key_projects import KeyProjectRow, read_key_projects
from policies.library import Digests, Library
from policies.problems import LibraryError, Problem
from policies.size_classes import SizeClass, read_size_classes
from policies.sources import Source, read_sources
from policies.speech import Speech
from policies.speech.details import read_details
from policies.speech.names import read_names
from policies.speech.outside import read_outside
from policies.speech.questions import read_questions
from policies.speech.synonyms import read_fillers, read_synonyms
from policies.speech.triage import read_triage
from policies.strict_yaml import StrictYaml
from policies.vocabulary import Fact, Region, Vocabulary
from policies.workdays import WorkYear, read_workdays

T = TypeVar("T")
_Named: TypeAlias = Region | Fact | Source | Document | KeyProjectRow | SizeClass | WorkYear
Named = TypeVar("Named", bound=_Named)

PACKAGED = Path(__file__).parent / "library"


def load_library(directory: Path = PACKAGED) -> Library:
    """Read and check the library. Raises LibraryError with every problem found."""
    library, problems = read_library(directory)
    problems.extend(check_library(library, whole=not problems))
    if problems:
        raise LibraryError(problems)
    return library


def read_library(directory: Path) -> tuple[Library, list[Problem]]:
    """Read every file; what cannot be understood is reported and left out."""
    shelf = _Shelf(directory)
    vocabulary = Vocabulary(
        facts={fact.id: fact for fact in shelf.all("facts/*.yaml", read_facts)},
        regions={region.code: region for region in shelf.all("catalogues/regions.yaml", read_regions)},
    )
    documents = sorted(shelf.all("documents/*/document.yaml", read_document), key=_printed_order)
    reader = ClauseFileReader(vocabulary)
    order = {clause.id: place for place, clause in enumerate(c for d in documents for c in d.clauses)}
    encoded = sorted(shelf.each("documents/*/clauses/*.yaml", reader.read), key=lambda c: order.get(c.id, -1))
    library = Library(
        digests=_digests(directory),
        documents=tuple(documents),
        encoded=tuple(encoded),
        vocabulary=vocabulary,
        sources={source.id: source for source in shelf.all("sources/*.yaml", read_sources)},
        key_projects=shelf.all("catalogues/key-projects-*.yaml", read_key_projects),
        size_classes=shelf.all("catalogues/size-classes.yaml", read_size_classes),
        workdays=shelf.all("catalogues/workdays.yaml", read_workdays),
        speech=_speech(shelf, order),
    )
    if not documents:
        found = "没有这个目录" if not directory.is_dir() else "没有文件"
        shelf.problems.append(Problem(str(directory), 1, "documents", "至少一份 document.yaml", found))
    return library, shelf.problems


def _speech(shelf: "_Shelf", order: Mapping[str, int]) -> Speech:
    """The words of callers; questions in the order of their clauses."""
    questions = shelf.each("documents/*/questions/*.yaml", read_questions)
    return Speech(
        questions=tuple(sorted(questions, key=lambda one: order.get(one.clause_id, -1))),
        synonyms=shelf.every("speech/synonyms.yaml", read_synonyms),
        fillers=shelf.every("speech/fillers.yaml", read_fillers),
        outside=shelf.every("speech/outside.yaml", read_outside),
        details=shelf.every("speech/details.yaml", read_details),
        names=shelf.every("speech/document-names.yaml", read_names),
        triage=shelf.every("speech/triage.yaml", read_triage),
    )


class _Shelf:
    """Opens the files of one directory and gathers their problems."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[Problem] = []

    def each(self, pattern: str, read: Callable[[Cursor], T]) -> list[T]:
        """One thing from each file that matches."""
        return [read(self._open(path)) for path in sorted(self.directory.glob(pattern))]

    def every(self, pattern: str, read: Callable[[Cursor], Iterable[T]]) -> tuple[T, ...]:
        """All things from all files that match, in their order."""
        return tuple(thing for things in self.each(pattern, read) for thing in things)

    def all(self, pattern: str, read: Callable[[Cursor], Iterable[Named]]) -> tuple[Named, ...]:
        """All things from all files that match; a thing with the id of another is reported."""
        found: dict[str, Named] = {}
        for path in sorted(self.directory.glob(pattern)):
            cursor = self._open(path)
            for thing in read(cursor):
                name = _name(thing)
                if name in found:
                    cursor.report("每个编号只出现一次", f"「{name}」又出现")
                found[name] = thing
        return tuple(found.values())

    def _open(self, path: Path) -> Cursor:
        file = path.relative_to(self.directory).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            unreadable = Problem(file, 1, "", "UTF-8 编码的文字", str(error.reason))
            self.problems.append(unreadable)
            return Cursor(StrictYaml({}, {(): 1}, (unreadable,), broken=True), file, self.problems)
        return open_file(text, file, self.problems)


def _name(thing: _Named) -> str:
    if isinstance(thing, Region):
        return thing.code
    if isinstance(thing, KeyProjectRow):
        return f"{thing.section}{thing.number}"
    if isinstance(thing, WorkYear):
        return str(thing.year)
    return thing.trade if isinstance(thing, SizeClass) else thing.id


def _printed_order(document: Document) -> int:
    return min((span.start for span in document.raw_offsets), default=0)


def _digests(directory: Path) -> Digests:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    texts = [path for path in files if path.name == "document.yaml" or path.parent.name == "gazettes"]
    speech = [path for path in files if path.parent.name in ("questions", "speech")]
    return Digests(
        library=_digest(directory, files),
        text=_digest(directory, texts),
        rules=_digest(directory, [path for path in files if path not in {*texts, *speech}]),
    )


def _digest(directory: Path, files: list[Path]) -> str:
    total = sha256()
    for path in files:
        content = sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(directory).as_posix()} {content}\n".encode())
    return total.hexdigest()
