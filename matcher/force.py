"""Whether a measure's words hold on a day, as far as the texts themselves say. Never more than that."""

from datetime import date
from enum import Enum

from msgspec import Struct

from policies.document import Document
from policies.rules import Period


class ForceStatus(Enum):
    """Semantics §1: unconfirmed unless the text dates itself out."""

    UNCONFIRMED = "效力待确认"
    TARGET_PASSED = "目标期已过"
    NOT_YET = "未到施行日"


class Force(Struct, frozen=True, kw_only=True):
    """The status on one day, why, and the dates it rests on."""

    status: str
    note: str
    since: date | None
    until: date | None


_NOTES = {
    ForceStatus.UNCONFIRMED: "条文没有写有效期；使用前请向责任单位确认现行效力",
    ForceStatus.TARGET_PASSED: "条文写明的期限已过；是否延续请向责任单位确认",
    ForceStatus.NOT_YET: "所问日期早于印发日期，或早于条文写明的起始日期",
}


def force(document: Document, period: Period, as_of: date) -> Force:
    """The force of a document, or of a measure with its own period, on the day ``as_of``."""
    since = period.since or document.issued
    begins = max((day for day in (period.since, document.issued) if day is not None), default=as_of)
    if as_of < begins:
        status = ForceStatus.NOT_YET
    elif period.until is not None and as_of > period.until:
        status = ForceStatus.TARGET_PASSED
    else:
        status = ForceStatus.UNCONFIRMED
    return Force(status=status.value, note=_NOTES[status], since=since, until=period.until)
