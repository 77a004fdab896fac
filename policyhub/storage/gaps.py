"""Gaps in the database: a row for each query, a count for each day on which it came."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, case, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from policyhub.storage.audit import append
from policyhub.storage.records import Change, Gap, GapStatus
from policyhub.storage.tables import MOST_NUMBER, GapDayRow, GapRow
from policyhub.storage.transactions import changing, reading


class SqlGaps:
    """``policyhub.storage.GapStore`` in SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    def note(self, query: str, day: date, *, unit: str | None, found: bool) -> Gap:
        with changing(self._engine) as session:
            number = self._number(session, query, unit, found=found)
            new = self._insert(GapDayRow).values(gap=number, day=day, count=1)
            once_more = {"count": col(GapDayRow.count) + 1}
            session.connection().execute(
                new.on_conflict_do_update(index_elements=["gap", "day"], set_=once_more)
            )
            (gap,) = _gaps(session, _asked(day, day).where(col(GapRow.id) == number))
        return gap

    def get(self, number: int) -> Gap | None:
        if not 0 < number <= MOST_NUMBER:
            return None
        with reading(self._engine) as session:
            asked = _asked(date.min, date.max).where(col(GapRow.id) == number)
            return next(iter(_gaps(session, asked)), None)

    def listed(self, since: date, until: date, status: GapStatus | None = None) -> tuple[Gap, ...]:
        asked = _asked(since, until)
        if status is not None:
            asked = asked.where(col(GapRow.status) == status.value)
        with reading(self._engine) as session:
            found = [gap for gap in _gaps(session, asked) if gap.recent]
        return tuple(sorted(found, key=lambda gap: (-gap.recent, -gap.count, gap.id)))

    def move(self, now: Gap, then: Gap, change: Change) -> bool:
        with changing(self._engine) as session:
            append(session, change)
            moved = session.connection().execute(
                update(GapRow)
                .where(
                    col(GapRow.id) == now.id,
                    col(GapRow.status) == now.status.value,
                    col(GapRow.unit).is_not_distinct_from(now.unit),
                )
                .values(status=then.status.value, unit=then.unit)
            )
            if moved.rowcount != 1:
                session.rollback()
                return False
        return True

    def _number(self, session: Session, query: str, unit: str | None, *, found: bool) -> int:
        """The number of a query, which is added or opened again."""
        new = self._insert(GapRow).values(query=query, unit=unit, found=found, status=GapStatus.OPEN.value)
        reopened = case(
            (col(GapRow.status) == GapStatus.RESOLVED.value, GapStatus.OPEN.value),
            else_=col(GapRow.status),
        )
        known = {"unit": func.coalesce(col(GapRow.unit), unit), "found": found, "status": reopened}
        written = new.on_conflict_do_update(index_elements=["query"], set_=known)
        return int(session.connection().execute(written.returning(literal_column("id"))).scalar_one())


def _asked(since: date, until: date) -> Select[*tuple[Any, ...]]:
    day, count = col(GapDayRow.day), col(GapDayRow.count)
    recent = case((day.between(since, until), count), else_=0)
    return (
        select(GapRow, func.sum(count), func.sum(recent), func.min(day), func.max(day))
        .join(GapDayRow, col(GapDayRow.gap) == col(GapRow.id))
        .group_by(col(GapRow.id))
    )


def _gaps(session: Session, asked: Select[*tuple[Any, ...]]) -> Iterable[Gap]:
    for row, count, recent, first, last in session.execute(asked):
        yield Gap(
            id=row.id,
            query=row.query,
            unit=row.unit,
            found=row.found,
            status=GapStatus(row.status),
            count=count,
            recent=recent,
            first_day=first,
            last_day=last,
        )
