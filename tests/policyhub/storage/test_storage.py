"""Storage behaves alike on SQLite, on PostgreSQL and as the fake that other tests use."""

from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from policyhub.storage import Publication, Publications, Storage, StorageError, open_storage
from policyhub.storage.engine import open_engine
from tests.policyhub.storage.fakes import FakePublications

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def test_the_first_moment_counts(storage: Storage) -> None:
    """A digest served again keeps its first moment; another digest has its own."""
    _first_moment_counts(storage)


def test_the_fake_behaves_alike() -> None:
    """What tests of use cases rely on is what the database does."""
    _first_moment_counts(FakePublications())


def _first_moment_counts(publications: Publications) -> None:
    first = publications.publish("sha256:a", NOON)
    again = publications.publish("sha256:a", NOON + timedelta(days=1))
    other = publications.publish("sha256:b", NOON + timedelta(days=2))

    assert first == again == Publication(digest="sha256:a", published_at=NOON)
    assert other.published_at == NOON + timedelta(days=2)


def test_moments_come_back_in_utc(storage: Storage) -> None:
    """To the microsecond, whatever zone they were given in."""
    storage.publish("a", NOON.astimezone(timezone(timedelta(hours=8))))
    moment = storage.publish("a", NOON).published_at

    assert (moment, moment.utcoffset()) == (NOON, timedelta(0))


def test_what_is_stored_survives_a_restart(database_url: str) -> None:
    """Opening again migrates nothing and forgets nothing."""
    for now in (NOON, NOON + timedelta(days=1)):
        storage = open_storage(database_url)
        found = storage.publish("a", now)
        storage.close()

        assert found.published_at == NOON


def test_processes_that_start_together_agree(database_url: str) -> None:
    """Each upgrades an empty database and publishes at its own moment; one moment wins."""
    with ProcessPoolExecutor(6, mp_context=get_context("spawn")) as pool:
        moments = set(pool.map(_start, [database_url] * 6, range(6)))

    assert len(moments) == 1


def _start(database_url: str, second: int) -> datetime:
    storage = open_storage(database_url)
    publication = storage.publish("a", NOON + timedelta(seconds=second))
    storage.close()
    return publication.published_at


def test_migrations_and_tables_agree(database_url: str, storage: Storage) -> None:
    """What the revisions build is what the tables describe."""
    storage.close()
    engine = open_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()

    assert differences == []


def test_an_error_does_not_tell_what_was_to_be_written(database_url: str) -> None:
    """Whoever logs it."""
    engine = open_engine(database_url)
    with pytest.raises(SQLAlchemyError) as caught, engine.connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:value)"), {"value": "13800138000"})
    engine.dispose()

    assert "nowhere" in str(caught.value)
    assert "13800138000" not in str(caught.value)


def test_a_newer_database_is_refused(database_url: str, storage: Storage) -> None:
    """An older program does not touch what it does not know."""
    storage.close()
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(StorageError, match="9999"):
        open_storage(database_url)


@pytest.mark.parametrize(
    "url",
    ["sqlite:////proc/no/such/place.sqlite3", "postgresql://127.0.0.1:1/nobody", "postgresql://h:port/x"],
)
def test_a_database_that_cannot_be_reached_is_said_in_one_line(url: str) -> None:
    """A reason for the operator, not a traceback."""
    with pytest.raises(StorageError) as caught:
        open_storage(url)

    assert len(str(caught.value).splitlines()) == 1
