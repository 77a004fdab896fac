"""The bench of pages runs from end to end with few calls, and weighs what it says; never how fast."""

import gzip
import json
from collections.abc import Mapping

from bench import pages
from bench.serving import Reply

PAGE = b"""<!doctype html><link rel="stylesheet" href="/a.css"><link rel="icon" href="data:,">
<link rel="prev" href="/before"><script src="/a.js"></script><script src="/a.js"></script><img src="/b.png">"""
FILES = {
    "/a.css": b"body { background: url('c.svg') } i { background: url(data:,) }",
    "/a.js": b"1;",
    "/b.png": b"123",
    "/c.svg": b"<svg/>",
}


def test_every_page_is_timed_both_ways_and_weighed() -> None:
    said: list[str] = []

    assert pages.main(["--calls", "1", "--json"], said.append) == 0

    found = json.loads("".join(said))
    for name, one in found["pages"].items():
        assert one.keys() == {"calls", "wall", "cpu", "HTTP", "weight"}, name
        assert pages.Weight(*one["weight"]).page > 0, name
    assert found["pages"]["/desk, while typing"]["weight"][3] == 1
    assert found["pages"]["/"]["weight"][3] > 1
    assert list(pages.report(found))


def test_a_first_view_is_all_that_comes_by_itself_once() -> None:
    def ask(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        kind = "text/css" if path.endswith(".css") else "application/octet-stream"
        assert (method, headers["Accept-Encoding"], body) == ("GET", "gzip", b"")
        return Reply(200, {"content-type": kind}, FILES[path])

    packed = gzip.compress(PAGE)
    beside = sum(map(len, FILES.values()))
    found = pages.weigh(ask, [Reply(303, {}, b""), Reply(200, {"content-encoding": "gzip"}, packed)])

    assert found == (len(packed), len(packed) + beside, len(PAGE) + beside, 5)
