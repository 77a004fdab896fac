"""How often search and answers bring the clause that answers, and how often an answer is given where none is.

    python -m bench.search_quality [--engine whoosh|tantivy|both] [--eval DIR] [--queries FILE] [--misses] [--json]

Exits 0 whatever the numbers are: the least they may be is a matter of tests.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bench.search_sets import OURS, Query, Score, absent, average, eval_dir, read_lines, score
from bench.timing import machine, method
from policies import load_library
from policies.library import Library
from policyhub.snapshot import search_in
from search_index.answer import Selection
from search_index.normalise import normalise
from search_index.open import ENGINES

RECALL_AT = 3
TUNED, HELD_OUT = "our queries, even ids (weights tuned on these)", "our queries, odd ids (held out)"
ALL, DEV = "our queries, all", "queries-dev"
_PRINTS = {"whoosh": "whoosh3"}  # the distribution of an engine, where it has another name


class Outcome(NamedTuple):
    """What became of one query."""

    query: Query
    hits: tuple[str, ...]
    answered: bool
    score: Score | None  # None for a query that the documents do not answer


def outcomes(selection: Selection, queries: Sequence[Query]) -> list[Outcome]:
    """Search and answers, asked as the API asks them."""
    found = []
    for query in queries:
        hits = tuple(hit.clause_id for hit in selection.finder.find(query.query).hits)
        answered = bool(selection.select(query.query).answers)
        scored = score(hits, query.grades, RECALL_AT) if query.gold else None
        found.append(Outcome(query, hits, answered, scored))
    return found


def summary(found: Sequence[Outcome]) -> dict[str, Any]:
    """The measures over some queries. Rates are of the queries they can happen to, with both counts."""
    positive = [one for one in found if one.score is not None]
    negative = [one for one in found if one.score is None]
    return {
        "positive": len(positive),
        **average(one.score for one in positive if one.score)._asdict(),
        "missed answers": sum(not one.answered for one in positive),
        "negative": len(negative),
        "false answers": sum(one.answered for one in negative),
    }


def misses(found: Sequence[Outcome]) -> Iterator[str]:
    """Every query that went wrong, how, and what came instead."""
    for one in found:
        wrong = []
        if one.score is None and one.answered:
            wrong.append("answered, though the documents do not")
        if one.score is not None and not one.score.first:
            gold = " ".join(f"{name}={grade}" for name, grade in one.query.grades.items())
            wrong.append(f"first {', '.join(one.hits[:RECALL_AT]) or 'nothing'}; gold {gold}")
        if one.score is not None and not one.answered:
            wrong.append("not answered")
        if wrong:
            yield f"{one.query.id} [{one.query.style}] {one.query.query}: {'; '.join(wrong)}"


def sets_of(ours: Path, evaluation: Path) -> tuple[dict[str, list[Query]], dict[str, str]]:
    """The queries by set, and why a set is not measured."""
    queries = read_lines(ours, Query)
    sets = {
        HELD_OUT: [one for one in queries if _number(one) % 2],
        TUNED: [one for one in queries if not _number(one) % 2],
        ALL: queries,
    }
    if not evaluation.is_file():
        return sets, {DEV: absent(evaluation)}
    return {**sets, DEV: read_lines(evaluation, Query)}, {}


def verbatim(library: Library, queries: Sequence[Query]) -> int:
    """How many queries are, letter by letter, among the questions that the library was given: they prove nothing."""
    known = {normalise(question) for one in library.speech.questions for question in one.everything}
    known |= {normalise(question) for topic in library.speech.outside for question in topic.asked}
    return sum(normalise(one.query) in known for one in queries)


def run(engines: Sequence[str], ours: Path, evaluation: Path) -> dict[str, Any]:
    """The numbers by engine, set and style."""
    library = load_library()
    sets, missing = sets_of(ours, evaluation)
    measured: dict[str, Any] = {}
    missed: dict[str, list[str]] = {}
    for engine in engines:
        with TemporaryDirectory(prefix="policyhub-bench-") as directory:
            selection = search_in(Path(directory), engine)(library)
            found = {name: outcomes(selection, queries) for name, queries in sets.items() if name != ALL}
        found[ALL] = [*found[HELD_OUT], *found[TUNED]]
        measured[engine] = {name: _styles(one) for name, one in found.items()}
        missed[engine] = [line for name in found if name != ALL for line in misses(found[name])]
    return {
        "machine": machine(),
        "versions": {name: version(_PRINTS.get(name, name)) for name in (*engines, "rjieba")},
        "rows": len(selection.finder.rows),
        "clauses": len(library.clauses),
        "questions of the library": sum(len(one.everything) for one in library.speech.questions),
        "verbatim in the library": {name: verbatim(library, queries) for name, queries in sets.items()},
        "not measured": missing,
        "measured": measured,
        "missed": missed,
    }


def report(found: dict[str, Any]) -> Iterator[str]:
    """The method and the tables for a person."""
    yield from method(found["machine"], found["versions"])
    yield (
        f"  {found['rows']} rows, {found['clauses']} clauses of them; "
        f"{found['questions of the library']} questions stand in the library"
    )
    yield "  success@1: the first hit answers exactly (grade 2); MRR@10: first such hit; nDCG@10: gains 2^grade - 1"
    yield f"  recall@{RECALL_AT}: share of all that answer exactly; hits of search, answers of the answers service"
    yield "  missed: queries with an answer for which none is given; false: negative queries for which one is given"
    for name, count in found["verbatim in the library"].items():
        yield f"  verbatim among the library's questions: {count} of {name}"
    for name, reason in found["not measured"].items():
        yield f"  not measured: {name}: {reason}"
    for engine, sets in found["measured"].items():
        for name, styles in sets.items():
            yield ""
            yield f"{f'{engine}: {name}':<60}{'queries':>8}{'s@1':>7}{'MRR':>7}{'nDCG':>7}{'R@3':>7}{'missed':>14}{'false':>14}"
            for style, one in styles.items():
                yield _line(style, one)


def _line(style: str, one: dict[str, Any]) -> str:
    measures = "".join(
        f"{one[name]:>7.3f}" if one["positive"] else f"{'-':>7}"
        for name in ("first", "mrr", "ndcg", "recall")
    )
    missed = _rate(one["missed answers"], one["positive"])
    return f"  {style:<58}{one['positive'] + one['negative']:>8}{measures}{missed:>14}{_rate(one['false answers'], one['negative']):>14}"


def _rate(count: int, of: int) -> str:
    return f"{count}/{of} {count / of:.1%}" if of else "-"


def _styles(found: Sequence[Outcome]) -> dict[str, Any]:
    styles = sorted({one.query.style for one in found})
    by_style = {style: summary([one for one in found if one.query.style == style]) for style in styles}
    return {"all": summary(found), **by_style}


def _number(query: Query) -> int:
    """The number in an id such as o017."""
    return int(query.id.lstrip("oq"))


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    parser.add_argument("--eval", type=Path, help="folder with queries-dev.jsonl")
    parser.add_argument("--queries", type=Path, default=OURS, help="our own queries")
    parser.add_argument("--misses", action="store_true", help="what went wrong, query by query")
    parser.add_argument("--json", action="store_true", help="the numbers as JSON")
    asked = parser.parse_args(arguments)
    engines = list(ENGINES) if asked.engine == "both" else [asked.engine]
    found = run(engines, asked.queries, eval_dir(asked.eval) / "queries-dev.jsonl")
    if asked.json:
        say(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for line in report(found):
        say(line)
    if asked.misses:
        for engine, lines in found["missed"].items():
            say(f"\n{engine}: missed")
            for line in lines:
                say(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
