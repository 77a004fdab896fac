"""A small library of every shape that a rule can take, read from ``tests/sample_library``.

``read_sample`` takes edits, so that a test can spoil one word of a good file and see who notices.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from policies.checks import check_library
from policies.clause_file import ClauseFileReader
from policies.cursor import Cursor, open_file
from policies.document import Clause, Document, Span, Unit
from policies.fact_files import read_facts, read_regions
from policies.key_projects import KeyProjectRow
from policies.library import Digests, Library
from policies.problems import Problem
from policies.rules import EncodedClause
from policies.size_classes import read_size_classes
from policies.sources import read_sources
from policies.speech import Speech
from policies.speech.details import read_details
from policies.speech.names import read_names
from policies.speech.outside import read_outside
from policies.speech.questions import read_questions
from policies.speech.synonyms import read_fillers, read_synonyms
from policies.speech.triage import read_triage
from policies.vocabulary import Vocabulary

HERE = Path(__file__).parent / "sample_library"
AS_OF = date(2023, 7, 1)
KEY_PROJECTS = (
    "科源 100MW光伏发电项目",
    "科源 150MW光伏发电项目",
    "高平市丹河新城一期工程",
    "阳泰矿井水处理",
)
UNITS = {
    "yang-2023-1/1": (Unit(name="市规划和自然资源局", lead=True),),
    "yang-2023-1/2": (Unit(name="市工信局", lead=True), Unit(name="市财政局", lead=False)),
    "yang-2023-1/3": (),
}


@cache
def sample_library() -> Library:
    """The good library; reading it finds no fault."""
    library, problems = read_sample({})
    assert problems == []
    return library


def read_sample(edits: Mapping[str, tuple[str, str]]) -> tuple[Library, list[Problem]]:
    """The library with, in each named file, one text replaced by another; and every problem of it."""
    problems: list[Problem] = []

    def opened(name: str) -> Cursor:
        text = (HERE / name).read_text(encoding="utf-8")
        if name in edits:
            assert edits[name][0] in text, f"{name}: {edits[name][0]}"
            text = text.replace(*edits[name], 1)
        return open_file(text, name, problems)

    facts = [
        fact
        for name in ("enterprise", "project", "asset")
        for fact in read_facts(opened(f"facts/{name}.yaml"))
    ]
    vocabulary = Vocabulary(
        facts={fact.id: fact for fact in facts},
        regions={region.code: region for region in read_regions(opened("catalogues/regions.yaml"))},
    )
    reader = ClauseFileReader(vocabulary)
    encoded = tuple(reader.read(opened(f"clauses/{number}.yaml")) for number in (1, 2, 3))
    library = Library(
        digests=Digests(library="l" * 64, text="t" * 64, rules="r" * 64),
        documents=(_document(),),
        encoded=encoded,
        vocabulary=vocabulary,
        sources={source.id: source for source in read_sources(opened("sources/sample.yaml"))},
        key_projects=tuple(_row(name) for name in KEY_PROJECTS),
        size_classes=read_size_classes(opened("catalogues/size-classes.yaml")),
        speech=_speech(opened),
    )
    return library, problems + list(check_library(library, whole=not problems))


def _speech(opened: Callable[[str], Cursor]) -> Speech:
    return Speech(
        questions=tuple(read_questions(opened(f"questions/{number}.yaml")) for number in (1, 2, 3)),
        synonyms=tuple(read_synonyms(opened("speech/synonyms.yaml"))),
        fillers=read_fillers(opened("speech/fillers.yaml")),
        outside=tuple(read_outside(opened("speech/outside.yaml"))),
        details=tuple(read_details(opened("speech/details.yaml"))),
        names=tuple(read_names(opened("speech/document-names.yaml"))),
        triage=tuple(read_triage(opened("speech/triage.yaml"))),
    )


@cache
def _document() -> Document:
    """The document as printed: the clause texts of the unspoilt files."""
    texts = {
        cursor.value["条款"]: cursor.value["原文"]
        for number in (1, 2, 3)
        if isinstance(
            (
                cursor := open_file((HERE / f"clauses/{number}.yaml").read_text(encoding="utf-8"), "", [])
            ).value,
            dict,
        )
    }
    return Document(
        id="yang-2023-1",
        number="样政发〔2023〕1号",
        title="样例办法",
        issuer="样例市人民政府",
        issued=date(2023, 6, 2),
        public=None,
        notice="",
        plans=(),
        clauses=tuple(_clause(str(name), str(text)) for name, text in texts.items()),
        annexes=(),
        cites=(),
        raw_offsets=(Span(0, 1),),
    )


def _clause(name: str, text: str) -> Clause:
    return Clause(
        id=name,
        number=name.rpartition("/")[2],
        heading="",
        path=(),
        text=text,
        body=text,
        units=UNITS[name],
        units_open=name.endswith("/1"),
        cites=(),
        raw_offsets=(),
        lost=False,
    )


def encoded(library: Library, number: int) -> EncodedClause:
    """A clause file of the sample by its number."""
    return library.encoded[number - 1]


def _row(name: str) -> KeyProjectRow:
    return KeyProjectRow(
        section="", programme="", number="", name=name, level="省级", preliminary=False, place=""
    )
