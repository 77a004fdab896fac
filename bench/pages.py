"""How long each page takes the server, how heavy it is, and how many requests its first view needs.

    python -m bench.pages [--calls N] [--json]

The numbers stand beside what is aimed at; nothing fails by them.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html.parser import HTMLParser
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urljoin, urlsplit

from litestar import Litestar

from api.app import build_app, settle
from bench.page_cases import Case, Request, page_cases
from bench.search_timing import HEAD, Spread, spread, timed
from bench.serving import Reply, serving
from bench.timing import machine, method
from policyhub.admin_keys import key_digest, make_key
from policyhub.bootstrap import bootstrap
from policyhub.clock import SHANGHAI
from policyhub.settings import read_settings
from policyhub.snapshot import Snapshot

CALLS = 60
AIM_MS, AIM_KB, AIM_REQUESTS = 50, 100, 6
_WARM_UP = 3
_NAME = 36
_COMES_WITH = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
_HOST = "policyhub.test"
_BROWSER = {"Host": _HOST, "Origin": f"http://{_HOST}", "Accept": "text/html", "Accept-Encoding": "gzip"}


class Ask(Protocol):
    """However a request reaches the application."""

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply: ...


class Weight(NamedTuple):
    """What a first view needs, in bytes without headers: the page as sent, all of it as sent and unpacked."""

    page: int
    sent: int
    unpacked: int
    requests: int


class _Named(HTMLParser):
    """The addresses that a browser fetches without being asked."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and _COMES_WITH & set(given.get("rel", "").split()):
            self.found.append(given.get("href", ""))
        elif tag in {"script", "img", "source", "iframe"}:
            self.found.append(given.get("src", ""))


def run(calls: int) -> dict[str, Any]:
    """The numbers by page."""
    key = make_key()
    keys = {"ADMIN_KEYS": f"bench:{key_digest(key)}"}
    with TemporaryDirectory(prefix="policyhub-bench-") as directory, asyncio.Runner() as runner:
        services = bootstrap(read_settings({"DATA_DIR": directory, **keys}))
        snapshot = services.snapshot
        inside = _inside(build_app(services), runner)
        settle()
        found = _pages(inside, page_cases(snapshot, calls, sign_in(inside, key)))
        services.close()
        pages = _with_http(found, snapshot, calls, key, {"DATA_DIR": directory, **keys})
    return {
        "machine": machine(),
        "day": datetime.now(SHANGHAI).date().isoformat(),
        "library": {"clauses": len(snapshot.library.clauses), "measures": len(snapshot.library.measures)},
        "calls": calls,
        "pages": pages,
    }


def sign_in(ask: Ask, key: str) -> str:
    """The cookie of a session of administration."""
    form = Request("/admin/session", {"key": key})
    reply = ask(form.method, form.path, {**_BROWSER, **form.sent}, form.body)
    if reply.status != 303:
        raise RuntimeError(f"{form.path}: {reply.status}")
    return reply.headers["set-cookie"].partition(";")[0]


def weigh(ask: Ask, pages: Iterable[Reply]) -> Weight:
    """The heaviest of some pages, with what comes with it."""
    fetched: dict[str, Reply] = {}
    weights = []
    for page in pages:
        parts = [page, *(fetched[path] for path in _beside(ask, page, fetched))]
        sent, unpacked = sum(len(one.body) for one in parts), sum(len(one.unpacked) for one in parts)
        weights.append(Weight(len(page.body), sent, unpacked, len(parts)))
    return max(weights, key=lambda one: one.sent)


def report(found: dict[str, Any]) -> Iterator[str]:
    """The method and the table for a person."""
    yield from method(found["machine"])
    size, calls = found["library"], found["calls"]
    yield f"  {found['day']}; the packaged library: {size['clauses']} clauses, {size['measures']} measures; SQLite, no Redis"
    yield f"  {calls} requests of each kind, one after another, different ones as far as there are; {_WARM_UP} not timed before"
    yield "  in process: a request in, the whole reply out, through the application; no socket"
    yield "  over HTTP: the same requests once to `policyhub serve`, one process, one kept connection, client beside it"
    yield "  weight: the heaviest of the kind, with style sheets, scripts and images that it names; as sent (gzip accepted), no headers"
    yield f"  p99 of {calls} calls is nearly the slowest of them; on a busy machine only the CPU columns can be compared"
    yield ""
    head = f"{'milliseconds':<{_NAME}}{HEAD}{'HTTP p50':>11}{'p95':>8}{'p99':>8}{'KB page':>11}{'in all':>9}{'unpacked':>10}{'requests':>10}"
    yield head
    aims = f"{'':>8}{f'≤ {AIM_MS}':>8}{'':>72}{f'≤ {AIM_KB}':>9}{'':>10}{f'≤ {AIM_REQUESTS}':>10}"
    yield f"{'  aimed at':<{_NAME}}{aims}"
    for name, one in found["pages"].items():
        times = f"{Spread(*one['wall'])}  {Spread(*one['cpu'])}   {Spread(*one['HTTP'])}"
        weight = Weight(*one["weight"])
        page, sent, unpacked = (f"{size / 1000:.1f}" for size in weight[:3])
        yield f"{f'  {name}':<{_NAME}}{times}{page:>11}{sent:>9}{unpacked:>10}{weight.requests:>10}"


def _inside(app: Litestar, runner: asyncio.Runner) -> Ask:
    """The application called as a server calls it."""

    async def call(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        parts, sent = urlsplit(path), dict(headers)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
            "client": ("127.0.0.1", 1),
            "server": (_HOST, 80),
        }
        messages: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        await app(scope, receive, send)  # type: ignore[arg-type]  # a plain dict is a scope
        answered = {name.decode().lower(): value.decode("latin-1") for name, value in messages[0]["headers"]}
        return Reply(messages[0]["status"], answered, b"".join(one.get("body", b"") for one in messages[1:]))

    def ask(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        return runner.run(call(method, path, headers, body))

    return ask


def _asked(ask: Ask) -> Callable[[Request], Reply]:
    def asked(request: Request) -> Reply:
        reply = ask(request.method, request.path, {**_BROWSER, **request.sent}, request.body)
        if reply.status >= 400:
            raise RuntimeError(f"{request.path}: {reply.status}")
        return reply

    return asked


def _pages(ask: Ask, cases: Iterable[Case]) -> dict[str, dict[str, Any]]:
    asked = _asked(ask)
    found = {}
    for case in cases:
        for request in case.requests[:_WARM_UP]:
            asked(request)
        replies, taken = timed(asked, case.requests)
        found[case.name] = {**taken.spreads(), "weight": weigh(ask, replies)}
    return found


def _with_http(
    found: dict[str, dict[str, Any]], snapshot: Snapshot, calls: int, key: str, settings: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    with serving(**settings) as server:
        asked = _asked(server.ask)
        for case in page_cases(snapshot, calls, sign_in(server.ask, key)):
            asked(case.requests[0])
            _, taken = timed(asked, case.requests)
            found[case.name]["HTTP"] = spread(taken.wall)
    return found


def _beside(ask: Ask, page: Reply, fetched: dict[str, Reply]) -> set[str]:
    """What a page makes a browser fetch, style sheets' own addresses included."""
    named = _Named()
    named.feed(page.unpacked.decode())
    wanted, beside = named.found, set[str]()
    while wanted:
        path = wanted.pop()
        if not path or path.startswith("data:") or path in beside:
            continue
        if path not in fetched:
            fetched[path] = _asked(ask)(Request(path))
        beside.add(path)
        if "css" in fetched[path].headers.get("content-type", ""):
            inner = re.findall(r"url\(['\"]?([^'\")]+)", fetched[path].unpacked.decode())
            wanted += [one if one.startswith("data:") else urljoin(path, one) for one in inner]
    return beside


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=CALLS, help="requests of each kind of page")
    parser.add_argument("--json", action="store_true", help="the numbers as JSON")
    asked = parser.parse_args(arguments)
    found = run(asked.calls)
    for line in [json.dumps(found, ensure_ascii=False, indent=2)] if asked.json else report(found):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
