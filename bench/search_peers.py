"""Laypeople's questions over 57,700 articles of law: our analysis and engines beside other engines, in one run.

    python -m bench.search_peers [--eval DIR] [--articles N] [--sample N] [--only REGEX] [--sizes N,N|none] [--json]

Exits 0 whatever the numbers are, and when the evaluation data is absent.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.search_engines import Contender, Job, Measured, contenders
from bench.search_sets import Article, Question, absent, average, eval_dir, read_lines, score
from bench.search_timing import FIRST, HEAD, Spread, Taken, spread, timed, timed_apart
from bench.timing import machine, method
from policies import load_library
from search_index.analyse import Grams, analyse, analyse_normal
from search_index.corpus import Row, RowKind
from search_index.engine import Engine, Scored
from search_index.find import searched
from search_index.normalise import normalise
from search_index.open import ENGINES
from search_index.rank import POOL, Ranking
from search_index.understand import Understanding
from search_index.vocabulary import read_vocabulary

LIMIT = 100  # rows asked for, since R@100 is measured
SIZES = (600, 5_000, 10_000, 25_000, 57_700)
CURVE = ("tantivy", "whoosh")
_SAMPLE = 80
_NAME = 60


def texts_of(articles: Sequence[Article]) -> list[str]:
    """What is indexed of an article: the name of its law, its number, its text."""
    return [f"{one.name} {one.text}" for one in articles]


def quality(
    articles: Sequence[Article], questions: Sequence[Question], rows: Sequence[Sequence[int]]
) -> dict[str, float]:
    """The measures of STARD: recall among 10 and 100, MRR and nDCG among 10; every gold article counts alike."""
    scores, ten = [], 0.0
    for question, found in zip(questions, rows, strict=True):
        ranking = [articles[row].id for row in found]
        scores.append(score(ranking, dict.fromkeys(question.gold, 2), LIMIT))
        ten += len(set(ranking[:10]) & set(question.gold)) / len(set(question.gold))
    mean = average(scores)
    return {"R@10": ten / len(scores), "R@100": mean.recall, "nDCG@10": mean.ndcg, "MRR@10": mean.mrr}


def measure(contender: Contender, texts: Sequence[str], questions: Sequence[str], limit: int) -> Measured:
    """One engine, its index in a folder of its own that goes afterwards."""
    with TemporaryDirectory(prefix="policyhub-bench-") as directory, ExitStack() as opened:
        return contender.run(Job(texts, questions, limit, Path(directory), opened))


def every(questions: Sequence[Any], count: int) -> list[Any]:
    """A sample of that size spread over all of them."""
    return [questions[len(questions) * place // count] for place in range(min(count, len(questions)))]


def compare(
    articles: Sequence[Article],
    questions: Sequence[Question],
    sample: Sequence[Question],
    entered: Sequence[Contender],
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Every engine over all articles; ours fast is scored on the sample too, so that the slow can be compared."""
    lines: list[dict[str, Any]] = []
    missing: dict[str, str] = {}
    texts = texts_of(articles)
    place = {question.question: number for number, question in enumerate(questions)}
    for contender in entered:
        asked = sample if contender.slow else questions
        try:
            found = measure(contender, texts, [one.question for one in asked], LIMIT)
        except ImportError as error:
            missing[contender.name] = str(error)
            continue
        p95 = spread(found.taken.cpu).p95
        print(f"measured {contender.name}: build {found.build:.1f} s, CPU p95 {p95:.2f} ms", file=sys.stderr)
        on_sample = found.rows if contender.slow else [found.rows[place[one.question]] for one in sample]
        lines.append(
            {
                "name": contender.name,
                "version": found.version,
                "questions": len(asked),
                "quality": None if contender.slow else quality(articles, questions, found.rows),
                "quality on the sample": quality(articles, sample, on_sample),
                "build seconds": found.build,
                "build CPU seconds": found.build_cpu,
                "megabytes": found.megabytes,
                "first questions": spread(found.first.cpu),
                **found.taken.spreads(),
            }
        )
    return lines, missing


class Watched:
    """An engine whose own share of a longer call is taken."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.taken = Taken([], [])

    def search(self, query: Grams, limit: int) -> list[Scored]:
        (found,), taken = timed(lambda grams: self._engine.search(grams, limit), [query])
        self.taken = Taken([*self.taken.wall, *taken.wall], [*self.taken.cpu, *taken.cpu])
        return found


def curve(
    articles: Sequence[Article], asked: Sequence[str], sizes: Sequence[int], engines: Sequence[str]
) -> list[dict[str, Any]]:
    """How times grow with the articles, read, ranked and indexed as our services do with clauses.

    The articles stand in for the sources of the library, which are rows without questions and measures.
    """
    library = load_library()
    understanding = Understanding(library, read_vocabulary(library))
    return [
        line
        for size in sorted({min(size, len(articles)) for size in sizes})
        for line in _grown(articles[:size], asked, engines, understanding)
    ]


def _grown(
    articles: Sequence[Article], asked: Sequence[str], engines: Sequence[str], understanding: Understanding
) -> Iterator[dict[str, Any]]:
    rows = [
        Row(kind=RowKind.SOURCE, id=one.id, title=normalise(one.name), printed=normalise(one.text))
        for one in articles
    ]
    ranking = Ranking(understanding.library, rows, understanding)
    for name in engines:
        with TemporaryDirectory(prefix="policyhub-bench-") as directory:
            start = perf_counter()
            ENGINES[name].write(
                (analyse_normal(searched(row, understanding)) for row in rows), Path(directory)
            )
            build = perf_counter() - start
            engine = Watched(ENGINES[name].open(Path(directory)))
            _, _, whole = timed_apart(_ranked(ranking, understanding, engine), asked)
        first, own = engine.taken.apart()
        p95 = spread(own.cpu).p95
        print(f"measured {name} over {len(rows)} articles: CPU p95 {p95:.2f} ms", file=sys.stderr)
        yield {
            "articles": len(rows),
            "name": name,
            "build seconds": build,
            "first questions": spread(first.cpu),
            "engine": own.spreads(),
            "read and ranked": whole.spreads(),
        }


def _ranked(ranking: Ranking, understanding: Understanding, engine: Engine) -> Callable[[str], object]:
    return lambda text: ranking.rank(understanding.read(text), engine)


def run(asked: argparse.Namespace, directory: Path) -> dict[str, Any]:
    """The numbers of every engine, and of ours by size."""
    articles: list[Article] = read_lines(directory / "corpus.jsonl.gz", Article)[: asked.articles]
    known = {one.id for one in articles}
    questions = [one for one in read_lines(directory / "queries.jsonl.gz", Question) if known & set(one.gold)]
    sample = every(questions, asked.sample)
    _, analysis = timed(analyse, [one.question for one in questions])
    entered = [one for one in contenders() if re.search(asked.only, one.name)]
    lines, missing = compare(articles, questions, sample, entered)
    return {
        "machine": machine(),
        "versions": {"rjieba": version("rjieba")},
        "articles": len(articles),
        "questions": len(questions),
        "sample": len(sample),
        "analysis of a question": analysis.spreads(),
        "engines": lines,
        "not measured": missing,
        "curve": curve(articles, [one.question for one in sample], asked.sizes, CURVE),
    }


def report(found: dict[str, Any]) -> Iterator[str]:
    """The method and the tables for a person."""
    yield from method(found["machine"])
    versions = {one["name"]: one["version"] for one in found["engines"]} | found["versions"]
    yield f"  versions: {'; '.join(f'{name} {value}' for name, value in versions.items())}"
    yield f"  {found['articles']} articles (name + text), {found['questions']} questions; slow engines: {found['sample']} of them"
    yield f"  top {LIMIT} asked for; a query's time includes its analysis, a build's that of all texts; one thread"
    yield f"  every question once; the first {FIRST} of an engine are timed apart (first p95, CPU); CPU in all threads of the process; CPU is what to compare"
    analysis = found["analysis of a question"]
    yield f"  our analysis of a question alone, CPU ms p50 p95 p99:{Spread(*analysis['cpu'])}"
    for name, reason in found["not measured"].items():
        yield f"  not measured: {name}: {reason}"
    yield ""
    head = "".join(f"{name:>9}" for name in ("R@10", "R@100", "nDCG@10", "MRR@10"))
    yield f"{'all questions':<{_NAME}}{head}"
    for one in found["engines"]:
        if one["quality"]:
            yield _quality(one["name"], one["quality"])
    yield f"{'the same on the sample of ' + str(found['sample']):<{_NAME}}{head}"
    for one in found["engines"]:
        yield _quality(one["name"], one["quality on the sample"])
    yield ""
    yield f"{'milliseconds a query':<{_NAME}}{HEAD}{'first p95':>11}{'timed':>7}{'build s':>9}{'CPU s':>8}{'MB':>8}"
    for one in found["engines"]:
        build = f"{one['build seconds']:>9.1f}{one['build CPU seconds']:>8.1f}{one['megabytes']:>8.1f}"
        yield f"{_timing(one['name'], one)}{_first(one)}{one['calls']:>7}{build}"
    if found["curve"]:
        yield ""
        yield f"growth, read and ranked as our services do, top {POOL} of the engine, the sample's questions"
        yield f"{'articles':>9}  {'milliseconds a query':<{_NAME - 11}}{HEAD}{'first p95':>11}{'build s':>9}"
        for one in found["curve"]:
            build = f"{_first(one)}{one['build seconds']:>9.1f}"
            for part, beside in (("engine", build), ("read and ranked", "")):
                named = _timing(f"{one['name']}: {part}", one[part], _NAME - 11)
                yield f"{one['articles']:>9}  {named}{beside}"


def _quality(name: str, measures: dict[str, float]) -> str:
    return f"  {name:<{_NAME - 2}}" + "".join(f"{value:>9.3f}" for value in measures.values())


def _timing(name: str, one: dict[str, Any], width: int = _NAME) -> str:
    return f"{name:<{width}}{Spread(*one['wall'])}  {Spread(*one['cpu'])}"


def _first(one: dict[str, Any]) -> str:
    return f"{Spread(*one['first questions']).p95:>11.2f}"


def _sizes(text: str) -> tuple[int, ...]:
    return () if text == "none" else tuple(map(int, text.split(",")))


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--eval", type=Path, help="folder with stard-dev/")
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument(
        "--sample", type=int, default=_SAMPLE, help="questions for slow engines and the curve"
    )
    parser.add_argument("--only", default="", help="engines whose name has this regular expression")
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, help="of the growth curve, such as 600,5000; or none"
    )
    parser.add_argument("--json", action="store_true", help="the numbers as JSON")
    asked = parser.parse_args(arguments)
    directory = eval_dir(asked.eval) / "stard-dev"
    if not directory.is_dir():
        say(f"search peers: not measured: {absent(directory)}")
        return 0
    found = run(asked, directory)
    for line in [json.dumps(found, ensure_ascii=False, indent=2)] if asked.json else report(found):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
