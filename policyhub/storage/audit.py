"""The audit log in the database: each line carries the hash of the line before."""

from msgspec.structs import asdict, replace
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from policyhub.storage.records import AuditEntry, Change, link
from policyhub.storage.tables import AuditRow
from policyhub.storage.transactions import changing, reading

AUDIT_LOCK = 0x6175646974  # writers take turns, so that two lines never follow the same one


class SqlAudit:
    """``policyhub.storage.AuditStore`` in SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, change: Change) -> AuditEntry:
        with changing(self._engine) as session:
            return append(session, change)

    def entries(self, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        asked = select(AuditRow).where(AuditRow.number > after).order_by(col(AuditRow.number)).limit(limit)
        with reading(self._engine) as session:
            return tuple(AuditEntry(**row.model_dump()) for row in session.exec(asked))


def append(session: Session, change: Change) -> AuditEntry:
    """Add a line within the transaction of what it tells."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": AUDIT_LOCK})
    last = session.exec(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)).first()
    number, previous = (1, "") if last is None else (last.number + 1, last.hash)
    entry = AuditEntry(**asdict(change), number=number, previous=previous, hash="")
    entry = replace(entry, hash=link(entry))
    session.add(AuditRow(**asdict(entry)))
    session.flush()
    return entry
