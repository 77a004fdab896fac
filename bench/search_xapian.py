"""Xapian with its own n-grams for Chinese, measured in the system's Python: Debian ships it for that one only.

Reads {"texts", "first", "questions", "limit", "directory"} as JSON from stdin and writes what was measured to
stdout; ``first`` is how many questions are timed apart.
Needs nothing of this project and nothing but ``xapian`` beyond the standard library.
"""

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter, perf_counter_ns, process_time, process_time_ns
from typing import Any

xapian: Any = import_module("xapian")  # says nothing of its types


def build(texts: Sequence[str], directory: Path) -> None:
    """Write the database, every text one document with its row number as data."""
    database = xapian.WritableDatabase(str(directory / "xapian"), xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_flags(generator.FLAG_CJK_NGRAM)
    for row, text in enumerate(texts):
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(text)
        document.set_data(str(row))
        database.add_document(document)
    database.commit()
    database.close()


def ask(database: Any, question: str, limit: int) -> list[int]:
    """The rows of the best matches by any of the question's n-grams.

    Not by QueryParser: it wants every n-gram of an unbroken Chinese text, so a question finds next to nothing.
    """
    generator = xapian.TermGenerator()
    generator.set_flags(generator.FLAG_CJK_NGRAM)
    cut = xapian.Document()
    generator.set_document(cut)
    generator.index_text(question)
    enquire = xapian.Enquire(database)
    enquire.set_query(xapian.Query(xapian.Query.OP_OR, [item.term for item in cut.termlist()]))
    return [int(match.document.get_data()) for match in enquire.get_mset(0, limit)]


def timed(
    database: Any, questions: Sequence[str], limit: int
) -> tuple[list[list[int]], dict[str, list[int]]]:
    """The rows for each question, and what each took in nanoseconds."""
    rows: list[list[int]] = []
    wall: list[int] = []
    cpu: list[int] = []
    for question in questions:
        start, busy = perf_counter_ns(), process_time_ns()
        found = ask(database, question, limit)
        cpu.append(process_time_ns() - busy)
        wall.append(perf_counter_ns() - start)
        rows.append(found)
    return rows, {"wall": wall, "cpu": cpu}


def main() -> None:
    asked = json.load(sys.stdin)
    directory = Path(asked["directory"])
    start, busy = perf_counter(), process_time()
    build(asked["texts"], directory)
    built = {"build": perf_counter() - start, "build cpu": process_time() - busy}
    database = xapian.Database(str(directory / "xapian"))
    questions = asked["questions"]
    few = min(asked["first"], len(questions) // 2)
    rows_first, first = timed(database, questions[:few], asked["limit"])
    rows, taken = timed(database, questions[few:], asked["limit"])
    found = {
        **built,
        "rows": rows_first + rows,
        "first": first,
        "taken": taken,
        "version": xapian.version_string(),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
