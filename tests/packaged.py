"""The library that is published with the program, read and opened for search once in a process: that takes seconds."""

import os
import shutil
from functools import cache
from pathlib import Path

from policies import load_library
from policies.library import Library
from policyhub.snapshot import search_for_now, search_in
from search_index.answer import Selection
from search_index.open import DEFAULT_ENGINE

INDEX = "POLICYHUB_TEST_INDEX"


@cache
def packaged() -> Library:
    """The library."""
    return load_library()


@cache
def packaged_search(engine: str = DEFAULT_ENGINE) -> Selection:
    """Search over it, with an engine of ``search_index.open.ENGINES``."""
    return search_in(_directory(), engine)(packaged())


def search_over(library: Library) -> Selection:
    """Search for a snapshot: of the packaged library the one that is open, of another one of its own."""
    return packaged_search() if library is packaged() else search_for_now(library)


def indexed(data_directory: Path) -> Path:
    """A data directory that has the index already, as after a first start."""
    packaged_search()
    shutil.copytree(_directory(), data_directory / "index", ignore=shutil.ignore_patterns(".*"))
    return data_directory


def _directory() -> Path:
    """Where the run keeps the index; ``tests/conftest.py`` makes it, and its processes share it."""
    return Path(os.environ[INDEX])
