"""How the application is put together for a server."""

import gc
from collections.abc import Iterator

import pytest

from api.app import create_app
from tests.api.conftest import services_over
from tests.sample import sample_library


@pytest.fixture
def unfrozen() -> Iterator[None]:
    """Other tests want their garbage back."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("unfrozen")
def test_what_lasts_is_passed_over_by_garbage_collections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is too large to be walked again and again while somebody waits."""
    library = sample_library()
    monkeypatch.setattr("api.app.bootstrap", lambda _: services_over(library))

    create_app()

    assert gc.get_freeze_count() > len(library.clauses)
    assert not any(one is library for one in gc.get_objects())
