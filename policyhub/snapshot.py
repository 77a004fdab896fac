"""One library and what is built from it, replaced together or not at all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import finalize

from msgspec import Struct

from matcher.match import Matcher
from matcher.readback import readback
from policies.library import Library
from search_index.answer import Selection
from search_index.open import DEFAULT_ENGINE, open_finder

_SHORT = 12


class Snapshot(Struct, frozen=True, kw_only=True, dict=True):
    """A library, the matcher compiled for it, the digest of the engine, and since when it is served.

    Search over it is opened when first asked for: a command that only shows a clause need not wait for it.
    """

    library: Library
    matcher: Matcher
    engine: str
    published_at: datetime
    open_search: Callable[[Library], Selection]

    @cached_property
    def search(self) -> Selection:
        """Finding clauses and answers. Raises OSError where the index cannot be written."""
        return self.open_search(self.library)

    @property
    def short(self) -> str:
        """The library's digest as responses carry it."""
        return self.library.digests.library[:_SHORT]


def take_snapshot(
    library: Library, published_at: datetime, open_search: Callable[[Library], Selection] | None = None
) -> Snapshot:
    """Compile a library for serving; without ``open_search`` its index lives as long as the process."""
    return Snapshot(
        library=library,
        matcher=Matcher(library),
        engine=engine_digest(),
        published_at=published_at,
        open_search=open_search or search_for_now,
    )


def search_in(directory: Path, engine: str) -> Callable[[Library], Selection]:
    """Search with its index kept in a directory, by an engine of ``search_index.open.ENGINES``."""
    return lambda library: Selection(open_finder(library, _readbacks(library), directory, engine))


def search_for_now(library: Library) -> Selection:
    """Search with an index that goes with the process."""
    directory = TemporaryDirectory(prefix="policyhub-index-")
    selection = search_in(Path(directory.name), DEFAULT_ENGINE)(library)
    finalize(selection, directory.cleanup)
    return selection


def _readbacks(library: Library) -> Mapping[str, str]:
    return {measure.id: readback(measure, library.vocabulary) for measure in library.measures.values()}


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
