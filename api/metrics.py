"""What the service counts, in the text format of Prometheus. Never a value that somebody stated."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from http import HTTPMethod

from litestar.types import Message, Scope
from msgspec.structs import asdict

from matcher.match import Summary
from policyhub.bootstrap import Services

_BOUNDS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0)
_OTHER = "(other)"


class Metrics:
    """Counters of one application; handlers run in one event loop, so plain counters do."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.within: Counter[tuple[str, float]] = Counter()
        self.timed: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.findings: Counter[str] = Counter()

    def start(self, scope: Scope) -> None:
        """A request has reached its route."""
        scope["state"]["started"] = time.perf_counter()

    async def sent(self, message: Message, scope: Scope) -> None:
        """A response begins: count it by route, method and status, and time it."""
        if message["type"] != "http.response.start":
            return
        route = scope.get("path_template") or _OTHER
        method = str(scope.get("method"))
        self.requests[route, method if method in HTTPMethod.__members__ else _OTHER, message["status"]] += 1
        started = scope["state"].get("started")
        if started is not None:
            took = time.perf_counter() - started
            self.timed[route] += 1
            self.seconds[route] += took
            for bound in _BOUNDS:
                self.within[route, bound] += took <= bound

    def found(self, summary: Summary) -> None:
        """A profile was matched."""
        self.findings.update(asdict(summary))

    def text(self, services: Services) -> str:
        """The page that Prometheus reads."""
        return "\n".join([*self._requests(), *self._seconds(), *self._findings(), *_library(services), ""])

    def _requests(self) -> Iterable[str]:
        yield from _head("policyhub_requests_total", "counter", "Responses by route, method and status.")
        for (route, method, status), count in sorted(self.requests.items()):
            yield f'policyhub_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}'

    def _seconds(self) -> Iterable[str]:
        name = "policyhub_request_seconds"
        yield from _head(name, "histogram", "Time from route to response.")
        for route, count in sorted(self.timed.items()):
            for bound in _BOUNDS:
                yield f'{name}_bucket{{route="{route}",le="{bound}"}} {self.within[route, bound]}'
            yield f'{name}_bucket{{route="{route}",le="+Inf"}} {count}'
            yield f'{name}_sum{{route="{route}"}} {self.seconds[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {count}'

    def _findings(self) -> Iterable[str]:
        yield from _head("policyhub_findings_total", "counter", "Findings given, by verdict.")
        for verdict, count in sorted(self.findings.items()):
            yield f'policyhub_findings_total{{verdict="{verdict}"}} {count}'


def _library(services: Services) -> Iterable[str]:
    snapshot = services.snapshot
    yield from _head("policyhub_library_info", "gauge", "The library and engine that are served.")
    digest = snapshot.library.digests.library
    yield f'policyhub_library_info{{digest="{digest}",engine="{snapshot.engine}"}} 1'


def _head(name: str, kind: str, said: str) -> Iterable[str]:
    return (f"# HELP {name} {said}", f"# TYPE {name} {kind}")
