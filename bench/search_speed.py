"""How long search, an answer and a completion take: called in this process, and over HTTP from the real server.

    python -m bench.search_speed [--engine whoosh|tantivy|both] [--queries FILE] [--most N] [--json]

Nothing is asked twice, so no cache can help; the numbers are for comparing, and nothing fails by them.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from urllib.parse import quote

import msgspec

from api.app import settle
from bench.search_sets import OURS, Query, read_lines
from bench.search_timing import FIRST, HEAD, Spread, apart, row, spread, timed, timed_apart
from bench.serving import Server, serving
from bench.timing import machine, method
from policies import load_library
from policies.library import Library
from policyhub.services.answers import AnswersQuery, answer
from policyhub.services.search import SearchQuery, SuggestQuery, search, suggest
from policyhub.snapshot import Snapshot, search_in, take_snapshot
from search_index.open import ENGINES

AS_OF = date(2023, 7, 1)
SEARCH, ANSWER, SUGGEST, NOTHING = "search", "answers", "suggest", "a reply of no content (health check)"
_TYPED = 6  # characters typed when a completion is asked for: 1 to so many, in turn
_NAME = 40

encode = msgspec.json.Encoder().encode


def asked_of(queries: Sequence[Query], most: int | None) -> dict[str, list[str]]:
    """What each service is asked; each text once."""
    texts = list(dict.fromkeys(query.query for query in queries))
    typed = dict.fromkeys(text[: place % _TYPED + 1] for place, text in enumerate(texts))
    return {SEARCH: texts[:most], ANSWER: texts[:most], SUGGEST: list(typed)[:most]}


def in_process(
    library: Library, engine: str, asked: Mapping[str, Sequence[str]], directory: Path
) -> dict[str, Any]:
    """The services called with no HTTP, their answers encoded as JSON."""
    opened: Callable[[], Snapshot] = partial(
        take_snapshot, library, datetime.now(UTC), search_in(directory / "index", engine)
    )
    start = perf_counter()
    opened().search  # noqa: B018 builds the index
    built = perf_counter() - start
    snapshot = opened()
    start = perf_counter()
    snapshot.search.warm()
    warmed = perf_counter() - start
    settle()
    services: dict[str, Callable[[str], bytes]] = {
        SEARCH: lambda text: encode(search(snapshot, SearchQuery(q=text), AS_OF)),
        ANSWER: lambda text: encode(answer(snapshot, AnswersQuery(q=text), AS_OF)),
        SUGGEST: lambda text: encode(suggest(snapshot, SuggestQuery(q=text))),
    }
    times = {name: _taken(services[name], texts) for name, texts in asked.items()}
    return {"build seconds": built, "open and warm seconds": warmed, "services": times}


def over_http(engine: str, asked: Mapping[str, Sequence[str]], directory: Path) -> dict[str, Any]:
    """The same from one client that keeps its connection, another question each time."""
    with serving(DATA_DIR=str(directory), SEARCH_ENGINE=engine) as server:
        get = _get(server)
        for _ in range(FIRST):
            get("/health/live")
        _, nothing = timed(get, ["/health/live"] * 200)
        found = {NOTHING: {"calls": 200, "wall": spread(nothing.wall), "server CPU ms a call": None}}
        for name, texts in asked.items():
            paths = [f"/v1/{name}?q={quote(text)}" for text in texts]
            warm, rest = apart(paths)
            for path in warm:
                get(path)
            before = server.cpu()
            _, taken = timed(get, rest)
            after = server.cpu()
            calls = len(taken.wall)
            busy = None if before is None or after is None else (after - before) * 1000 / calls
            found[name] = {"calls": calls, "wall": spread(taken.wall), "server CPU ms a call": busy}
    return found


def run(engines: Sequence[str], queries: Sequence[Query], most: int | None) -> dict[str, Any]:
    """The numbers by engine."""
    library = load_library()
    asked = asked_of(queries, most)
    with TemporaryDirectory(prefix="policyhub-bench-") as directory:
        place = Path(directory)
        measured = {
            engine: {
                "in process": in_process(library, engine, asked, place),
                "over HTTP": over_http(engine, asked, place),
            }
            for engine in engines
        }
    return {
        "machine": machine(),
        "versions": {name: version(name) for name in ("whoosh3", "tantivy", "litestar", "uvicorn")},
        "clauses": len(library.clauses),
        "measured": measured,
    }


def report(found: dict[str, Any]) -> Iterator[str]:
    """The method and the tables for a person."""
    yield from method(found["machine"], found["versions"])
    yield f"  {found['clauses']} clauses; queries of tests/library, none asked of a service twice: no cache can help"
    yield f"  the first {FIRST} queries of each service warm up and are timed apart (first p95, CPU); one call after another"
    yield "  in process: a question in, the whole answer as JSON out; first page of 20 with facets and highlights"
    yield "  over HTTP: `policyhub serve` in a process of its own, one worker, one kept connection, client beside it"
    yield f"  completions: the first 1 to {_TYPED} characters of the queries"
    for engine, one in found["measured"].items():
        inside = one["in process"]
        yield ""
        opening = f"index built in {inside['build seconds']:.1f} s, opened and warmed in {inside['open and warm seconds']:.1f} s"
        yield f"{engine}: {opening}"
        yield f"{'milliseconds a call, in process':<{_NAME}}{HEAD}{'first p95':>11}{'calls':>7}"
        for name, times in inside["services"].items():
            yield f"{row(f'  {name}', times, _NAME)}{Spread(*times['first']).p95:>11.2f}{times['calls']:>7}"
        yield f"{'milliseconds a call, over HTTP':<{_NAME}}{'p50':>8}{'p95':>8}{'p99':>8}{'server CPU mean':>18}{'calls':>7}"
        for name, times in one["over HTTP"].items():
            busy = times["server CPU ms a call"]
            shown = "-" if busy is None else f"{busy:.1f}"
            yield f"{f'  {name}':<{_NAME}}{times['wall']}{shown:>18}{times['calls']:>7}"


def _get(server: Server) -> Callable[[str], bytes]:
    def get(path: str) -> bytes:
        reply = server.ask("GET", path, {"Accept": "application/json"})
        if reply.status >= 400:
            raise RuntimeError(f"{path}: {reply.status} {reply.body[:200]!r}")
        return reply.body

    return get


def _taken(call: Callable[[str], object], texts: Sequence[str]) -> dict[str, Any]:
    _, first, taken = timed_apart(call, texts)
    return {**taken.spreads(), "first": spread(first.cpu)}


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    parser.add_argument("--queries", type=Path, default=OURS)
    parser.add_argument("--most", type=int, help="queries of each service at most, warm-up included")
    parser.add_argument("--json", action="store_true", help="the numbers as JSON")
    asked = parser.parse_args(arguments)
    engines = list(ENGINES) if asked.engine == "both" else [asked.engine]
    found = run(engines, read_lines(asked.queries, Query), asked.most)
    for line in [json.dumps(found, ensure_ascii=False, indent=2)] if asked.json else report(found):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
