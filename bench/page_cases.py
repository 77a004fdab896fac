"""Which pages are measured, and the requests that ask for them: different ones of a kind, over the whole library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import NamedTuple
from urllib.parse import quote, urlencode

from api.web.check_examples import case_text, cases
from api.web.check_page import hidden
from bench.search_sets import OURS, Query, read_lines
from policies.library import Library
from policyhub.services.library_pages import mapped_documents
from policyhub.services.sheet import Sheet, read_sheet
from policyhub.snapshot import Snapshot

ADMIN = "/admin"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_CHANGE = {"name1": "换一个地方", "n1.0": "登记地", "v1.0": "沁水县"}


class Request(NamedTuple):
    """One request as a browser sends it."""

    path: str
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = {}

    @property
    def method(self) -> str:
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> bytes:
        return b"" if self.form is None else urlencode(self.form).encode()

    @property
    def sent(self) -> dict[str, str]:
        """The headers."""
        return {**self.headers, **({} if self.form is None else _FORM)}


class Case(NamedTuple):
    """A kind of page, or the part of one that a keystroke fetches."""

    name: str
    requests: tuple[Request, ...]


def page_cases(snapshot: Snapshot, calls: int, cookie: str) -> tuple[Case, ...]:
    """Each page with ``calls`` requests, as different as the library and the callers' questions allow."""
    library = snapshot.library
    sheets = [read_sheet(library, case_text(case.id)) for case in cases()]
    queries = [quote(one.query) for one in read_lines(OURS, Query)]
    documents = [one.id for one in library.documents]
    mapped = mapped_documents(snapshot)
    made: tuple[tuple[str, Iterable[Request]], ...] = (
        ("/", [Request("/")]),
        ("/check", [Request("/check")]),
        ("/check/ask, one question", _posted("/check/ask", sheets, do="next")),
        ("/check/result", _posted("/check/result", sheets)),
        ("/check/compare, one fact changed", _posted("/check/compare", sheets, **_CHANGE)),
        ("/check/notice", _posted("/check/notice", sheets)),
        ("/search, with a query", _got("/search?q=", queries)),
        ("/search/compare", _pairs(library)),
        ("/documents/…", _got("/documents/", documents)),
        ("/clauses/…", _got("/clauses/", library.clauses)),
        ("/measures/…", _got("/measures/", library.measures)),
        ("/desk, with a question", _got("/desk?q=", queries)),
        ("/library", [Request("/library")]),
        ("/library/coverage/…", _got("/library/coverage/", mapped)),
        ("/library/open-points", [Request("/library/open-points")]),
        ("/library/key-projects", [Request("/library/key-projects")]),
        ("/library/sources", [Request("/library/sources")]),
        ("/admin, signed in", [Request(ADMIN, headers={"Cookie": cookie})]),
        ("/search/results, while typing", _got("/search/results?q=", queries, {"HX-Request": "true"})),
        ("/desk, while typing", _got("/desk?q=", queries, {"X-Part": "typing"})),
    )
    return tuple(Case(name, _filled(list(requests), calls)) for name, requests in made)


def _got(start: str, ends: Iterable[str], headers: Mapping[str, str] | None = None) -> Iterator[Request]:
    return (Request(start + end, headers=headers or {}) for end in ends)


def _posted(path: str, sheets: Iterable[Sheet], **fields: str) -> Iterator[Request]:
    """A page of the self-check with the profile of each local example."""
    return (Request(path, {**hidden(sheet)["carried"], **fields}) for sheet in sheets)


def _pairs(library: Library) -> Iterator[Request]:
    names = list(library.clauses)
    pairs = zip(names, reversed(names), strict=True)
    return (Request(f"/search/compare?clause={one}&clause={other}") for one, other in pairs if one != other)


def _filled(requests: Sequence[Request], calls: int) -> tuple[Request, ...]:
    """As many as wanted: over and over, or evenly taken from more."""
    return tuple(islice(cycle(requests), calls)) if len(requests) < calls else _spread(requests, calls)


def _spread(requests: Sequence[Request], calls: int) -> tuple[Request, ...]:
    return tuple(requests[place * len(requests) // calls] for place in range(calls))
