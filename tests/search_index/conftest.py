"""One finder over the packaged library for each engine; opening one takes seconds."""

from pathlib import Path

import pytest

from matcher.readback import readback
from policies import load_library
from policies.library import Library
from search_index.answer import Selection
from search_index.find import Finder
from search_index.open import ENGINES, open_finder


@pytest.fixture(scope="session")
def library() -> Library:
    """The packaged library."""
    return load_library()


@pytest.fixture(scope="session", params=sorted(ENGINES))
def finder(
    request: pytest.FixtureRequest, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Finder:
    """Finds clauses, by each engine in turn."""
    directory: Path = tmp_path_factory.mktemp(f"index-{request.param}")
    readbacks = {one.id: readback(one, library.vocabulary) for one in library.measures.values()}
    return open_finder(library, readbacks, directory, request.param)


@pytest.fixture(scope="session")
def selection(finder: Finder) -> Selection:
    """Selects answers over it."""
    return Selection(finder)
