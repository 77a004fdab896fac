"""Full-text engines that are given the same texts and questions: ours behind their adapters, others by default.

Every engine analyses for itself, when it indexes and when it is asked, and both are inside its times.
"""

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple, TypeAlias

import rjieba
import tantivy

from bench.search_timing import FIRST, Taken, timed_apart
from search_index.analyse import FIELDS, analyse
from search_index.engine import WEIGHTS, EngineKind
from search_index.open import ENGINES

SYSTEM_PYTHON = "/usr/bin/python3"
_CHILD = Path(__file__).parent / "search_xapian.py"
_HEAP = 128 << 20
_WORD = re.compile(r"\w+")
_TRIGRAM = 3

Ask: TypeAlias = Callable[[str], Sequence[int]]


class Job(NamedTuple):
    """What an engine is given: texts whose place is their row, questions, rows wanted for each, an empty folder.

    ``opened`` takes what has to be closed afterwards.
    """

    texts: Sequence[str]
    questions: Sequence[str]
    limit: int
    directory: Path
    opened: ExitStack


class Measured(NamedTuple):
    """What an engine brought and what it took."""

    rows: Sequence[Sequence[int]]
    first: Taken  # of the questions asked first, nothing remembered yet
    taken: Taken
    build: float  # seconds
    build_cpu: float
    megabytes: float
    version: str


class Contender(NamedTuple):
    """An engine with one way of analysing. ``slow`` ones are asked a sample only. Running may raise ImportError."""

    name: str
    run: Callable[[Job], Measured]
    slow: bool = False


def contenders() -> list[Contender]:
    """Everything that is measured side by side."""
    return [
        ours("tantivy"),
        ours("whoosh"),
        Contender("tantivy, its own default", _here(_tantivy, lambda: version("tantivy"))),
        Contender(
            "tantivy, its own default over jieba words", _here(_jieba(_tantivy), lambda: version("tantivy"))
        ),
        Contender("SQLite FTS5, our tokens", _here(_fts5_ours, lambda: sqlite3.sqlite_version), slow=True),
        Contender("SQLite FTS5, unicode61", _here(_fts5_words, lambda: sqlite3.sqlite_version)),
        Contender("SQLite FTS5, trigram", _here(_fts5_trigrams, lambda: sqlite3.sqlite_version)),
        Contender("bm25s, its own default", _here(_bm25s, lambda: version("bm25s"))),
        Contender("bm25s, its own default over jieba words", _here(_jieba(_bm25s), lambda: version("bm25s"))),
        Contender("Xapian, its CJK n-grams", _xapian),
    ]


def ours(name: str) -> Contender:
    """An engine behind our adapter, with our analysis."""
    kind = ENGINES[name]
    return Contender(f"ours: {name}, uni + bigrams + words", _here(_adapter(kind), lambda: kind.version))


def _here(open_built: Callable[[Job], Ask], version_of: Callable[[], str]) -> Callable[[Job], Measured]:
    """An engine that runs in this process: ``open_built`` writes the index and opens it."""

    def run(job: Job) -> Measured:
        start, busy = perf_counter(), process_time()
        ask = open_built(job)
        build, build_cpu = perf_counter() - start, process_time() - busy
        rows, first, taken = timed_apart(ask, job.questions)
        return Measured(rows, first, taken, build, build_cpu, _megabytes(job.directory), version_of())

    return run


def _adapter(kind: EngineKind) -> Callable[[Job], Ask]:
    def build(job: Job) -> Ask:
        kind.write(map(analyse, job.texts), job.directory)
        engine = kind.open(job.directory)
        return lambda question: [one.row for one in engine.search(analyse(question), job.limit)]

    return build


def _jieba(build: Callable[[Job], Ask]) -> Callable[[Job], Ask]:
    """What Chinese users mostly do: words cut by jieba with spaces between, before the engine sees them."""

    def cut(text: str) -> str:
        return " ".join(rjieba.cut_for_search(text))

    def built(job: Job) -> Ask:
        ask = build(job._replace(texts=[cut(text) for text in job.texts]))
        return lambda question: ask(cut(question))

    return built


def _tantivy(job: Job) -> Ask:
    """Its ``default`` tokenizer cuts at what is no letter, so a Chinese clause is one word, and drops long words."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True)
    builder.add_text_field("text")
    index = tantivy.Index(builder.build(), path=str(job.directory))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for row, text in enumerate(job.texts):
        writer.add_document(tantivy.Document(row=row, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> list[int]:
        query, _ = index.parse_query_lenient(question, ["text"])
        hits = searcher.search(query, job.limit, count=False).hits
        return [int(searcher.doc(address)["row"][0]) for _, address in hits]

    return ask


def _fts5_words(job: Job) -> Ask:
    return _fts5(job, "unicode61", _WORD.findall)


def _fts5_trigrams(job: Job) -> Ask:
    """Every three neighbouring characters of the question, as the tokenizer cuts the texts."""
    return _fts5(
        job,
        "trigram",
        lambda question: [question[at : at + _TRIGRAM] for at in range(len(question) - _TRIGRAM + 1)],
    )


def _fts5(job: Job, tokenizer: str, cut: Callable[[str], Iterable[str]]) -> Ask:
    database = _database(job, ("text",), tokenizer, ((text,) for text in job.texts))

    def ask(question: str) -> list[int]:
        return _matches(database, " OR ".join(map(_quoted, dict.fromkeys(cut(question)))), (), job.limit)

    return ask


def _fts5_ours(job: Job) -> Ask:
    """Our tokens, cut beforehand, in three columns that count as they do for our engines."""
    rows = (tuple(" ".join(tokens) for tokens in analyse(text)) for text in job.texts)
    database = _database(job, FIELDS, "unicode61 tokenchars '.%'", rows)

    def ask(question: str) -> list[int]:
        wanted = [
            f"{field} : {_quoted(token)}"
            for field, tokens in zip(FIELDS, analyse(question), strict=True)
            for token in dict.fromkeys(tokens)
        ]
        return _matches(database, " OR ".join(wanted), WEIGHTS, job.limit)

    return ask


def _database(
    job: Job, columns: Sequence[str], tokenizer: str, rows: Iterable[Sequence[str]]
) -> sqlite3.Connection:
    database = job.opened.enter_context(closing(sqlite3.connect(job.directory / "fts5.sqlite3")))
    tokenize = '"' + tokenizer + '"'
    database.execute(f"CREATE VIRTUAL TABLE texts USING fts5({', '.join(columns)}, tokenize={tokenize})")
    marks = ", ".join("?" * (len(columns) + 1))
    database.executemany(
        f"INSERT INTO texts (rowid, {', '.join(columns)}) VALUES ({marks})",  # noqa: S608 names of ours
        ((row + 1, *values) for row, values in enumerate(rows)),
    )
    database.commit()
    return database


def _matches(database: sqlite3.Connection, wanted: str, weights: Sequence[float], limit: int) -> list[int]:
    if not wanted:
        return []
    ranked = f"bm25({', '.join(('texts', *map(str, weights)))})"
    found = database.execute(
        f"SELECT rowid - 1 FROM texts WHERE texts MATCH ? ORDER BY {ranked} LIMIT ?",  # noqa: S608 names of ours
        (wanted, limit),
    )
    return [row for (row,) in found]


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _bm25s(job: Job) -> Ask:
    """Its tokenizer takes words of two letters and more; a Chinese clause is one word."""
    bm25s: Any = import_module("bm25s")
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(list(job.texts), show_progress=False), show_progress=False)
    retriever.save(str(job.directory))

    def ask(question: str) -> list[int]:
        tokens = bm25s.tokenize([question], show_progress=False)
        rows, scores = retriever.retrieve(tokens, k=min(job.limit, len(job.texts)), show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return ask


def _xapian(job: Job) -> Measured:
    """In the system's Python, of which Debian's python3-xapian is a part."""
    if not Path(SYSTEM_PYTHON).exists():
        raise ImportError(f"there is no {SYSTEM_PYTHON}")
    probe = subprocess.run(  # noqa: S603 nothing of it comes from outside
        [SYSTEM_PYTHON, "-c", "import xapian"], check=False, capture_output=True
    )
    if probe.returncode:
        raise ImportError(f"{SYSTEM_PYTHON} has no xapian (Debian: python3-xapian)")
    request = {
        "texts": job.texts,
        "first": FIRST,
        "questions": job.questions,
        "limit": job.limit,
        "directory": str(job.directory),
    }
    done = subprocess.run(  # noqa: S603 a script of ours
        [SYSTEM_PYTHON, str(_CHILD)], input=json.dumps(request), check=True, stdout=subprocess.PIPE, text=True
    )
    found: Mapping[str, Any] = json.loads(done.stdout)
    return Measured(
        rows=found["rows"],
        first=Taken(**found["first"]),
        taken=Taken(**found["taken"]),
        build=found["build"],
        build_cpu=found["build cpu"],
        megabytes=_megabytes(job.directory),
        version=found["version"],
    )


def _megabytes(directory: Path) -> float:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 1e6
