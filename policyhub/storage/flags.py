"""Flags in the database."""

from msgspec.structs import asdict
from sqlalchemy import Engine, update
from sqlmodel import col, select

from policyhub.storage.audit import append
from policyhub.storage.records import Change, Flag, FlagStatus
from policyhub.storage.tables import MOST_NUMBER, FlagRow
from policyhub.storage.transactions import changing, reading


class SqlFlags:
    """``policyhub.storage.FlagStore`` in SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, flag: Flag) -> Flag:
        with changing(self._engine) as session:
            row = FlagRow(**{**asdict(flag), "id": None, "status": flag.status.value})
            session.add(row)
            session.flush()
            return _flag(row)

    def get(self, number: int) -> Flag | None:
        if not 0 < number <= MOST_NUMBER:
            return None
        with reading(self._engine) as session:
            row = session.get(FlagRow, number)
            return None if row is None else _flag(row)

    def listed(self, unit: str | None = None, status: FlagStatus | None = None) -> tuple[Flag, ...]:
        asked = select(FlagRow).order_by(col(FlagRow.id))
        if unit is not None:
            asked = asked.where(FlagRow.unit == unit)
        if status is not None:
            asked = asked.where(FlagRow.status == status.value)
        with reading(self._engine) as session:
            return tuple(_flag(row) for row in session.exec(asked))

    def settle(self, now: Flag, then: Flag, change: Change) -> bool:
        with changing(self._engine) as session:
            append(session, change)
            settled = session.connection().execute(
                update(FlagRow)
                .where(col(FlagRow.id) == now.id, col(FlagRow.status) == FlagStatus.OPEN.value)
                .values(status=then.status.value, resolution=then.resolution, settled_by=then.settled_by)
            )
            if settled.rowcount != 1:
                session.rollback()
                return False
        return True


def _flag(row: FlagRow) -> Flag:
    return Flag(**{**row.model_dump(), "status": FlagStatus(row.status)})
