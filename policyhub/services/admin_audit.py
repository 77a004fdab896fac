"""The audit log, newest first, a page at a time."""

from msgspec import Struct

from policyhub.services.slices import Slice, slice_of
from policyhub.storage import AuditEntry, AuditStore

_ROWS = 50


class LogPage(Struct, frozen=True, kw_only=True):
    """Lines of the log, newest first."""

    lines: Slice[AuditEntry]


def show_log(store: AuditStore, page: int) -> LogPage:
    """One page. A line that is missing from the log is missing here too; verifying says so."""
    numbers = slice_of(range(last_number(store), 0, -1), page, _ROWS)
    lines: tuple[AuditEntry, ...] = ()
    if numbers.items:
        first, last = numbers.items[-1], numbers.items[0]
        found = store.entries(first - 1, len(numbers.items))
        lines = tuple(entry for entry in reversed(found) if entry.number <= last)
    return LogPage(lines=Slice(items=lines, number=numbers.number, pages=numbers.pages, total=numbers.total))


def last_number(store: AuditStore) -> int:
    """The number of the newest line, by doubling and halving: the log is long, and tells only what follows a number."""
    low, high = 0, 1
    while found := store.entries(high - 1, 1):
        low, high = found[0].number, max(high, found[0].number) * 2
    while high - low > 1:
        middle = (low + high) // 2
        found = store.entries(middle - 1, 1)
        low, high = (found[0].number, high) if found else (low, middle)
    return low
