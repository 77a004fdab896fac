"""A finder over a library, its index on disk: what the application opens once and keeps."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from policies.library import Library
from search_index.analyse import Grams, analyse_normal
from search_index.build import open_index
from search_index.corpus import rows_of
from search_index.engine import EngineKind
from search_index.find import Finder, searched
from search_index.tantivy_engine import TantivyKind
from search_index.understand import Understanding
from search_index.vocabulary import read_vocabulary
from search_index.whoosh_engine import WhooshKind

ENGINES: Mapping[str, EngineKind] = {kind.name: kind for kind in (WhooshKind(), TantivyKind())}

DEFAULT_ENGINE = WhooshKind.name


def open_finder(library: Library, readbacks: Mapping[str, str], directory: Path, engine: str) -> Finder:
    """Search over a library. ``readbacks`` are sentences by measure id, ``engine`` a name of ``ENGINES``.

    The index in ``directory`` is opened if it is whole and of this library, else built. Raises OSError
    where the directory cannot be written.
    """
    rows = rows_of(library, readbacks)
    understanding = Understanding(library, read_vocabulary(library))

    def grams() -> list[Grams]:
        return [analyse_normal(searched(row, understanding)) for row in rows]

    index = open_index(directory, ENGINES[engine], f"{library.digests.library} {_analysis()}", grams)
    return Finder(library, rows, understanding, index)


@cache
def _analysis() -> str:
    """SHA-256 of this package's sources: another analysis makes another index."""
    total = sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        total.update(f"{source.name} {sha256(source.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
