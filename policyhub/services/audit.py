"""The audit log read back: is every line the one that was written, and does it follow the one before?

The chain shows a line that was changed, taken out or put in. Lines cut off its end it cannot show by itself: note
``count`` and ``head`` of a verification outside the database from time to time, and hand them in as ``known``.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from policyhub.storage import AuditEntry, AuditStore, link

_AT_ONCE = 1000


class Head(NamedTuple):
    """The number of the last line at some time, and its hash."""

    number: int
    head: str


class Verification(Struct, frozen=True, kw_only=True):
    """``broken`` is the number of the first line that does not belong, and ``why``; ``None`` when all do."""

    count: int
    head: str
    broken: int | None = None
    why: str = ""


def verify_log(store: AuditStore, known: Head | None = None) -> Verification:
    """Walk the whole chain, up to the first broken link."""
    count, head = 0, ""
    for entry in _entries(store):
        why = _fault(entry, count, head)
        if not why and known is not None and entry.number == known.number and entry.hash != known.head:
            why = "与先前记下的摘要不同"
        if why:
            return Verification(count=count, head=head, broken=count + 1, why=why)
        count, head = entry.number, entry.hash
    if known is not None and count < known.number:
        why = f"末尾少了 {known.number - count} 行"
        return Verification(count=count, head=head, broken=count + 1, why=why)
    return Verification(count=count, head=head)


def _fault(entry: AuditEntry, count: int, head: str) -> str:
    if entry.number != count + 1:
        return "缺一行"
    if entry.previous != head:
        return "接不上前一行"
    return "" if entry.hash == link(entry) else "内容被改动过"


def _entries(store: AuditStore) -> Iterator[AuditEntry]:
    after: int | None = 0
    while after is not None:
        entries = store.entries(after, _AT_ONCE)
        yield from entries
        after = entries[-1].number if entries else None
