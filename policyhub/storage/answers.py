"""Standard answers in the database: versions are added, their texts never changed."""

from collections.abc import Iterable

from msgspec.structs import asdict
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from policyhub.storage.audit import append
from policyhub.storage.records import AnswerStatus, Change, StandardAnswer
from policyhub.storage.tables import StandardAnswerRow as Row
from policyhub.storage.transactions import changing, reading

_UNDECIDED = (AnswerStatus.DRAFT.value, AnswerStatus.PENDING.value)


class SqlAnswers:
    """``policyhub.storage.AnswerStore`` in SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, answer: StandardAnswer, change: Change) -> bool:
        with changing(self._engine) as session:
            append(session, change)  # first: its lock makes writers take turns
            newest = session.exec(
                select(Row.version).where(Row.id == answer.id).order_by(col(Row.version).desc())
            ).first()
            if answer.version != (newest or 0) + 1:
                session.rollback()
                return False
            _withdraw(session, answer, _UNDECIDED)
            session.add(Row(**{**asdict(answer), "status": answer.status.value}))
        return True

    def move(self, now: StandardAnswer, then: StandardAnswer, change: Change) -> bool:
        with changing(self._engine) as session:
            append(session, change)
            if then.status is AnswerStatus.APPROVED:
                _withdraw(session, now, (AnswerStatus.APPROVED.value,))
            moved = session.connection().execute(
                update(Row)
                .where(
                    col(Row.id) == now.id,
                    col(Row.version) == now.version,
                    col(Row.status) == now.status.value,
                )
                .values(status=then.status.value, approver=then.approver)
            )
            if moved.rowcount != 1:
                session.rollback()
                return False
        return True

    def versions(self, name: str) -> tuple[StandardAnswer, ...]:
        return self._all(select(Row).where(Row.id == name).order_by(col(Row.version)))

    def approved(self, targets: Iterable[str]) -> tuple[StandardAnswer, ...]:
        asked = select(Row).where(
            col(Row.target).in_(list(targets)), Row.status == AnswerStatus.APPROVED.value
        )
        return self._all(asked.order_by(col(Row.written_at).desc(), col(Row.id)))

    def listed(self, status: AnswerStatus | None = None) -> tuple[StandardAnswer, ...]:
        asked = select(Row) if status is None else select(Row).where(Row.status == status.value)
        return self._all(asked.order_by(col(Row.written_at).desc(), col(Row.id), col(Row.version).desc()))

    def _all(self, asked: SelectOfScalar[Row]) -> tuple[StandardAnswer, ...]:
        with reading(self._engine) as session:
            return tuple(_answer(row) for row in session.exec(asked))


def _withdraw(session: Session, answer: StandardAnswer, statuses: tuple[str, ...]) -> None:
    session.connection().execute(
        update(Row)
        .where(col(Row.id) == answer.id, col(Row.status).in_(statuses))
        .where(col(Row.version) != answer.version)
        .values(status=AnswerStatus.WITHDRAWN.value)
    )


def _answer(row: Row) -> StandardAnswer:
    return StandardAnswer(**{**row.model_dump(), "status": AnswerStatus(row.status)})
