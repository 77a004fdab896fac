"""Search over the packaged library, by each engine in turn."""

import pytest

from policies.library import Library
from search_index.answer import Selection
from search_index.find import Finder
from search_index.open import ENGINES
from tests.packaged import packaged, packaged_search


@pytest.fixture(scope="session")
def library() -> Library:
    """The packaged library."""
    return packaged()


@pytest.fixture(scope="session", params=sorted(ENGINES))
def selection(request: pytest.FixtureRequest) -> Selection:
    """Selects answers."""
    return packaged_search(request.param)


@pytest.fixture(scope="session")
def finder(selection: Selection) -> Finder:
    """Finds clauses."""
    return selection.finder
