"""The few questions put to the database, answered with Structs. Blocking: call it from a thread."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session

from policyhub.storage.answers import SqlAnswers
from policyhub.storage.audit import SqlAudit
from policyhub.storage.engine import open_engine, upgrade
from policyhub.storage.errors import StorageError
from policyhub.storage.flags import SqlFlags
from policyhub.storage.gaps import SqlGaps
from policyhub.storage.records import Records
from policyhub.storage.tables import PublicationRow
from policyhub.storage.transactions import failed, reading


class Publication(Struct, frozen=True, kw_only=True):
    """When this installation first served the library of a digest."""

    digest: str
    published_at: datetime


class Publications(Protocol):
    """The port through which use cases remember publications."""

    def publish(self, digest: str, now: datetime) -> Publication:
        """Remember ``now`` if the digest is new; answer with what is remembered."""


class Storage:
    """Publications, and the records of the desk, in SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.records = Records(
            answers=SqlAnswers(engine),
            gaps=SqlGaps(engine),
            flags=SqlFlags(engine),
            audit=SqlAudit(engine),
        )

    def publish(self, digest: str, now: datetime) -> Publication:
        return self._publication(digest) or self._first(digest, now)

    def close(self) -> None:
        self._engine.dispose()

    def _publication(self, digest: str) -> Publication | None:
        with reading(self._engine) as session:
            row = session.get(PublicationRow, digest)
            return Publication(digest=row.digest, published_at=row.published_at) if row else None

    def _first(self, digest: str, now: datetime) -> Publication:
        try:
            with Session(self._engine) as session:
                session.add(PublicationRow(digest=digest, published_at=now))
                session.commit()
        except IntegrityError:
            pass  # another process was first; its moment counts
        except SQLAlchemyError as error:
            raise failed(error) from error
        publication = self._publication(digest)
        if publication is None:
            raise StorageError(f"政策库 {digest} 的发布时间没有存下")
        return publication


def open_storage(database_url: str) -> Storage:
    """Connect and bring the schema up to date. Raises StorageError when that cannot be done."""
    try:
        engine = open_engine(database_url)
    except (SQLAlchemyError, OSError, ValueError) as error:  # a port that is no number is a ValueError
        raise _unopened(error) from error
    try:
        upgrade(engine)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise _unopened(error) from error
    except BaseException:
        engine.dispose()
        raise
    return Storage(engine)


def _unopened(error: Exception) -> StorageError:
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return StorageError(f"数据库打不开：{reason}")
