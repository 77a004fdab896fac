"""The tables, for the repository alone. They do not validate: what reaches them was checked before.

Migrations are written by hand beside them; a test compares the two.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, Dialect, Index, Integer, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

MOST_NUMBER = 2**31 - 1  # that a column of whole numbers holds in PostgreSQL


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is given back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class PublicationRow(SQLModel, table=True):
    """The first time this installation served the library of a digest."""

    __tablename__ = "publication"

    digest: str = Field(primary_key=True, max_length=128)
    published_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class StandardAnswerRow(SQLModel, table=True):
    """A version of an answer card. Nobody approves what they wrote; one version of a card is approved at most."""

    __tablename__ = "standard_answer"
    __table_args__ = (
        CheckConstraint("approver IS NULL OR approver <> author", name="standard_answer_two_persons"),
        CheckConstraint("status <> '已核准' OR approver IS NOT NULL", name="standard_answer_has_approver"),
        CheckConstraint("length(answer) BETWEEN 1 AND 200", name="standard_answer_short"),
        CheckConstraint("status IN ('草稿', '待审', '已核准', '已撤回')", name="standard_answer_status"),
        Index(
            "standard_answer_one_approved",
            "id",
            unique=True,
            sqlite_where=text("status = '已核准'"),
            postgresql_where=text("status = '已核准'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    target: str = Field(max_length=120, index=True)
    question: str = Field(max_length=100)
    answer: str = Field(max_length=200)
    author: str = Field(max_length=40)
    approver: str | None = Field(default=None, max_length=40)
    review_by: date
    status: str = Field(max_length=8)
    written_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class GapRow(SQLModel, table=True):
    """A query without a good answer; masked before it comes here."""

    __tablename__ = "gap"
    __table_args__ = (CheckConstraint("status IN ('未处理', '已派', '已解决')", name="gap_status"),)

    id: int | None = Field(default=None, primary_key=True)
    query: str = Field(max_length=200, unique=True)
    unit: str | None = Field(default=None, max_length=60)
    found: bool
    status: str = Field(max_length=8)


class GapDayRow(SQLModel, table=True):
    """How often a gap came on a day."""

    __tablename__ = "gap_day"

    gap: int = Field(primary_key=True, foreign_key="gap.id")
    day: date = Field(primary_key=True)
    count: int


class FlagRow(SQLModel, table=True):
    """What an agent holds to be wrong or stale. One that is settled says how."""

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint("status IN ('未处理', '已处理', '不成立')", name="flag_status"),
        CheckConstraint(
            "status = '未处理' OR (resolution <> '' AND settled_by IS NOT NULL)", name="flag_resolution"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    target: str = Field(max_length=120)
    version: int | None = None
    reason: str = Field(max_length=200)
    query: str = Field(max_length=200)
    unit: str = Field(max_length=60, index=True)
    status: str = Field(max_length=8)
    resolution: str = Field(max_length=200)
    flagged_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    settled_by: str | None = Field(default=None, max_length=40)


class AuditRow(SQLModel, table=True):
    """A line of the log; triggers refuse to change or delete one."""

    __tablename__ = "audit"

    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    who: str = Field(max_length=40)
    what: str = Field(max_length=40)
    subject: str = Field(max_length=120)
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    before: str = Field(max_length=64)
    after: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
