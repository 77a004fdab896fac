"""Time is an argument below policyhub: nobody there asks what day it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [
    path for package in ("matcher", "policies", "search_index") for path in (ROOT / package).rglob("*.py")
]
CLOCKS = {
    "today",
    "now",
    "utcnow",
    "fromtimestamp",
    "localtime",
    "gmtime",
    "monotonic",
    "perf_counter",
    "time_ns",
}


def clocks(source: str) -> Iterator[str]:
    """Each place that reads a clock, or imports the module of clocks."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name) if name in CLOCKS:
                yield f"{node.lineno}: .{name}"
            case ast.Import(names=names) if any(name.name.split(".")[0] == "time" for name in names):
                yield f"{node.lineno}: import time"
            case ast.ImportFrom(module="time"):
                yield f"{node.lineno}: from time"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_clock_is_read(path: Path) -> None:
    """A date is passed in by whoever asks."""
    assert list(clocks(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate.today()",
        "import datetime as d\nd.datetime.now(d.UTC)",
        "from datetime import date\nf = date.today",
        "import time",
        "from time import monotonic",
    ],
)
def test_a_clock_is_found(source: str) -> None:
    """The check can fail."""
    assert list(clocks(source))


def test_a_date_is_no_clock() -> None:
    """The type itself is welcome."""
    assert list(clocks("from datetime import date, timedelta\ndate(2023, 6, 2) + timedelta(1)")) == []
