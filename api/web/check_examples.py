"""Profiles to try: local cases by name. The projects are on the printed list; everything else is assumed."""

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

_FOLDER = files("api") / "web" / "examples" / "check"


class Case(Struct, frozen=True, kw_only=True):
    """A profile to try, and what it is about in half a sentence."""

    id: str
    name: str
    says: str


@cache
def cases() -> tuple[Case, ...]:
    """Every case, in the order shown."""
    return msgspec.json.decode((_FOLDER / "index.json").read_bytes(), type=tuple[Case, ...])


def case_text(name: str) -> bytes:
    """The request of a case; empty where there is none of this name."""
    known = {case.id for case in cases()}
    return (_FOLDER / f"{name}.json").read_bytes() if name in known else b""
