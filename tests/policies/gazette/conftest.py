"""The printed gazette and what is read from it, once for all tests."""

from pathlib import Path

import pytest

from policies.gazette import Gazette, parse_gazette

LIBRARY = Path(__file__).parents[3] / "policies" / "library"


@pytest.fixture(scope="session")
def raw() -> str:
    """The gazette as received."""
    return (LIBRARY / "gazettes" / "jincheng-2023-3.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def gazette(raw: str) -> Gazette:
    """What the parser reads from it."""
    return parse_gazette(raw, "jincheng-2023-3.txt")
