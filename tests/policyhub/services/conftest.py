"""The records of the desk in a database of the test's own, and who acts on them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policies.library import Library
from policyhub.services.acting import Act
from policyhub.storage import Records, open_storage
from tests.sample import sample_library

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Empty records in SQLite."""
    storage = open_storage(f"sqlite:///{tmp_path}/records.sqlite3")
    yield storage.records
    storage.close()


@pytest.fixture
def library() -> Library:
    return sample_library()


@pytest.fixture
def by() -> Callable[[str], Act]:
    """An act of a person at noon of one day."""
    return lambda who: Act(who=who, now=NOON, today=NOON.date())
