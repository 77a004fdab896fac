"""An index on disk for one library: built beside, swapped in whole, checked when opened, rebuilt when foreign.

The index is a cache of the library, so nothing of it is ever repaired. Its folder is named by what it was
built from; a stamp inside, written last, holds the size and SHA-256 of every file, so that a half-written,
cut or foreign index is found out and built anew. One process builds at a time; a killed one leaves only a
folder that the next builder clears away. The engines never call fsync: we do, before the swap.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import msgspec
from msgspec import Struct

from search_index.analyse import Grams
from search_index.engine import Engine, EngineKind

_STAMP = "stamp.json"
_BUILDING = ".building-"


class Stamp(Struct, frozen=True, kw_only=True):
    """What an index was built from and what its files are."""

    name: str
    rows: int
    files: dict[str, str]


def open_index(directory: Path, kind: EngineKind, source: str, rows: Callable[[], Sequence[Grams]]) -> Engine:
    """The index of ``source`` in ``directory``, opened if it is whole, else built from ``rows``.

    ``source`` is a digest of all that rows are made from, the analysis included.

    Raises OSError where the directory cannot be written.
    """
    name = _name(kind, source)
    opened = _open(directory / name, kind, name)
    if opened is not None:
        return opened
    directory.mkdir(parents=True, exist_ok=True)
    with _alone(directory):
        opened = _open(directory / name, kind, name)  # another process may have built it meanwhile
        if opened is not None:
            return opened
        _clear(directory)
        _build(directory, kind, name, rows())
    opened = _open(directory / name, kind, name)
    if opened is None:
        raise OSError(f"{directory / name}：刚建好的索引打不开")
    return opened


def _name(kind: EngineKind, source: str) -> str:
    about = f"{kind.name} {kind.version} {source}"
    return f"{kind.name}-{sha256(about.encode()).hexdigest()[:16]}"


def _open(place: Path, kind: EngineKind, name: str) -> Engine | None:
    """The index if every file is as stamped; ``None`` for anything else."""
    try:
        stamp = msgspec.json.decode((place / _STAMP).read_bytes(), type=Stamp)
        if stamp.name != name or stamp.files != _files(place):
            return None
        return kind.open(place)
    except Exception:  # noqa: BLE001 a broken index may fail in any way an engine knows; it is built anew
        return None


def _build(directory: Path, kind: EngineKind, name: str, rows: Sequence[Grams]) -> None:
    beside = Path(mkdtemp(prefix=_BUILDING, dir=directory))
    kind.write(rows, beside)
    stamp = Stamp(name=name, rows=len(rows), files=_files(beside))
    (beside / _STAMP).write_bytes(msgspec.json.encode(stamp))
    for path in [*beside.iterdir(), beside]:
        _sync(path)
    if (directory / name).exists():  # broken: readers that hold its files keep them
        (directory / name).rename(beside / "replaced")
    beside.rename(directory / name)
    shutil.rmtree(directory / name / "replaced", ignore_errors=True)
    _sync(directory)


def _files(place: Path) -> dict[str, str]:
    """Digest by file name; lock files, which engines touch when they open, and the stamp itself apart."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.iterdir())
        if path.is_file() and path.name != _STAMP and not path.name.endswith((".lock", "LOCK"))
    }


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(directory: Path) -> None:
    """What killed builders left behind; nobody else builds now."""
    for left in directory.glob(f"{_BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Hold the directory's lock; the system releases it should this process die."""
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
