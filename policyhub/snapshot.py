"""One library and what is built from it, replaced together or not at all."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct

from matcher.match import Matcher
from policies.library import Library

_SHORT = 12


class Snapshot(Struct, frozen=True, kw_only=True):
    """A library, the matcher compiled for it, the digest of the engine, and since when it is served."""

    library: Library
    matcher: Matcher
    engine: str
    published_at: datetime

    @property
    def short(self) -> str:
        """The library's digest as responses carry it."""
        return self.library.digests.library[:_SHORT]


def take_snapshot(library: Library, published_at: datetime) -> Snapshot:
    """Compile a library for serving."""
    return Snapshot(
        library=library, matcher=Matcher(library), engine=engine_digest(), published_at=published_at
    )


@cache
def engine_digest() -> str:
    """SHA-256 over what decides a verdict: the sources of matcher and policies, and rapidfuzz's version."""
    total = sha256(f"rapidfuzz {version('rapidfuzz')}\n".encode())
    for package in ("matcher", "policies"):
        for name, source in sorted(_sources(files(package), package)):
            total.update(f"{name} {sha256(source.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _sources(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.name.endswith(".py"):
            found.append((f"{name}/{entry.name}", entry))
        elif entry.is_dir() and entry.name not in ("library", "__pycache__"):
            found.extend(_sources(entry, f"{name}/{entry.name}"))
    return found
