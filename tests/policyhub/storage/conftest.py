"""Databases of both kinds, empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policyhub.storage import Storage, open_storage


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/policyhub.sqlite3"
    url: str = request.getfixturevalue("fresh_postgres_url")
    return url


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    storage = open_storage(database_url)
    yield storage
    storage.close()
