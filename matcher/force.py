"""Whether a measure's words hold on a day, as far as the texts and cited sources say. Never more than that."""

from datetime import date
from enum import Enum

from msgspec import Struct

from policies.document import Document
from policies.library import Library
from policies.rules import Period, Repeal


class ForceStatus(Enum):
    """Semantics §1: unconfirmed unless the text dates itself out, or a source says that it is repealed."""

    UNCONFIRMED = "效力待确认"
    TARGET_PASSED = "目标期已过"
    NOT_YET = "未到施行日"
    REPEALED = "已失效"


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


def force(
    document: Document, period: Period, as_of: date, repeal: Repeal | None = None, *, source: str = ""
) -> Force:
    """The force of a document, or of a measure with its own period, on the day ``as_of``.

    ``source`` is the title of the text that repeals it.
    """
    since = period.since or document.issued
    begins = max((day for day in (period.since, document.issued) if day is not None), default=as_of)
    if repeal is not None and as_of >= repeal.on:
        note = f"自 {repeal.on} 起失效，依据：{source}"
        return Force(status=ForceStatus.REPEALED.value, note=note, since=since, until=repeal.on)
    if as_of < begins:
        status = ForceStatus.NOT_YET
    elif period.until is not None and as_of > period.until:
        status = ForceStatus.TARGET_PASSED
    else:
        status = ForceStatus.UNCONFIRMED
    return Force(status=status.value, note=_NOTES[status], since=since, until=period.until)


def force_in(library: Library, clause_id: str, period: Period, as_of: date) -> Force:
    """The force of a clause, or of a measure of it with its own period, in a library."""
    encoded = library.encoded_by_id.get(clause_id)
    repeal = None if encoded is None else encoded.repeal
    source = "" if repeal is None else library.sources[repeal.source].cited
    return force(library.document_of(clause_id), period, as_of, repeal, source=source)
