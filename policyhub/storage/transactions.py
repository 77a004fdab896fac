"""Transactions that mean the same on both databases, and say their failures as StorageError."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from policyhub.storage.errors import StorageError


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A transaction that changes nothing."""
    try:
        with Session(engine) as session:
            yield session
    except SQLAlchemyError as error:
        raise failed(error) from error


@contextmanager
def changing(engine: Engine) -> Iterator[Session]:
    """A transaction that is kept if the block ends well.

    SQLite is locked at the start: a transaction that reads first and writes later may be refused there.
    """
    try:
        with (
            engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE") as connection,
            connection.begin(),
            Session(connection) as session,
        ):
            yield session
            session.flush()
    except SQLAlchemyError as error:
        raise failed(error) from error


def failed(error: Exception) -> StorageError:
    """One line for the operator, without the statement and its values."""
    reason = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
    return StorageError(f"数据库没有完成这一步：{reason}")
