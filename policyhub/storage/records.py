"""What the hotline desk and its administration remember, and the ports through which use cases do it.

A change made by an administrator is stored together with its line of the audit log, or not at all.
Methods that change something answer ``False`` when somebody else was first: nothing was changed then.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any, Protocol, cast

from msgspec import Struct
from msgspec.json import encode

from policyhub.storage.errors import StorageError


class AnswerStatus(Enum):
    """Where a version of a standard answer stands."""

    DRAFT = "草稿"
    PENDING = "待审"
    APPROVED = "已核准"
    WITHDRAWN = "已撤回"


class GapStatus(Enum):
    """What has become of a question without an answer."""

    OPEN = "未处理"
    ASSIGNED = "已派"
    RESOLVED = "已解决"


class FlagStatus(Enum):
    """What has become of a flag."""

    OPEN = "未处理"
    ACCEPTED = "已处理"
    REJECTED = "不成立"


class StandardAnswer(Struct, frozen=True, kw_only=True):
    """One version of an answer card. ``target`` is the id of a clause or a measure."""

    id: str
    version: int
    target: str
    question: str
    answer: str
    author: str
    approver: str | None
    review_by: date
    status: AnswerStatus
    written_at: datetime


class Gap(Struct, frozen=True, kw_only=True):
    """A query without a good answer, and how often it came. ``found``: something was, but an agent marked it.

    ``count`` is of all days, ``recent`` of the days that were asked for.
    """

    id: int
    query: str
    unit: str | None
    found: bool
    status: GapStatus
    count: int
    recent: int
    first_day: date
    last_day: date


class Flag(Struct, frozen=True, kw_only=True):
    """A clause, measure or standard answer that an agent holds to be wrong or stale.

    ``version`` is that of the answer card which was on the screen; ``unit`` the list that the flag is on.
    """

    id: int
    target: str
    version: int | None
    reason: str
    query: str
    unit: str
    status: FlagStatus
    resolution: str
    flagged_at: datetime
    settled_by: str | None


class Change(Struct, frozen=True, kw_only=True):
    """What the audit log is told: who did what to which record when, and its digest before and after."""

    who: str
    what: str
    subject: str
    at: datetime
    before: str = ""
    after: str = ""


class AuditEntry(Struct, frozen=True, kw_only=True):
    """One line of the log. ``hash`` covers every other field, ``previous`` is the hash of the line before."""

    number: int
    who: str
    what: str
    subject: str
    at: datetime
    before: str
    after: str
    previous: str
    hash: str


def digest(record: Struct | None) -> str:
    """SHA-256 of a record; empty where there was none."""
    return "" if record is None else sha256(encode(record)).hexdigest()


def link(entry: AuditEntry) -> str:
    """The hash that belongs to an entry."""
    told = (entry.number, entry.who, entry.what, entry.subject, entry.at, entry.before, entry.after)
    return sha256(encode([*told, entry.previous])).hexdigest()


class AnswerStore(Protocol):
    """The versions of all standard answers."""

    def write(self, answer: StandardAnswer, change: Change) -> bool:
        """Add a version; drafts of the same card that it replaces are withdrawn."""

    def move(self, now: StandardAnswer, then: StandardAnswer, change: Change) -> bool:
        """Give a version the status and approver of ``then``; an approved one replaces the one before."""

    def versions(self, name: str) -> tuple[StandardAnswer, ...]:
        """Every version of a card, oldest first."""

    def approved(self, targets: Iterable[str]) -> tuple[StandardAnswer, ...]:
        """The approved versions for these clauses and measures."""

    def listed(self, status: AnswerStatus | None = None) -> tuple[StandardAnswer, ...]:
        """Versions in a status, or all; newest first."""


class GapStore(Protocol):
    """The questions without an answer."""

    def note(self, query: str, day: date, *, unit: str | None, found: bool) -> Gap:
        """Count a query once more; a resolved one that comes again is open again."""

    def get(self, number: int) -> Gap | None: ...

    def listed(self, since: date, until: date, status: GapStatus | None = None) -> tuple[Gap, ...]:
        """Those asked between two days, both included, most frequent first."""

    def move(self, now: Gap, then: Gap, change: Change) -> bool:
        """Give a gap the status and unit of ``then``, if it still has those of ``now``."""


class FlagStore(Protocol):
    """What agents have flagged."""

    def add(self, flag: Flag) -> Flag:
        """Keep a flag under a number of its own."""

    def get(self, number: int) -> Flag | None: ...

    def listed(self, unit: str | None = None, status: FlagStatus | None = None) -> tuple[Flag, ...]:
        """The list of a unit, or of all; oldest first."""

    def settle(self, now: Flag, then: Flag, change: Change) -> bool:
        """Give an open flag the status and resolution of ``then``."""


class AuditStore(Protocol):
    """The log: it can grow and be read, nothing else."""

    def append(self, change: Change) -> AuditEntry: ...

    def entries(self, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """Entries in order, from the one that follows number ``after``."""


class Records(Struct, frozen=True, kw_only=True):
    """Everything that the desk and its administration remember. Blocking: call it from a thread."""

    answers: AnswerStore
    gaps: GapStore
    flags: FlagStore
    audit: AuditStore


class _NotConnected:
    """Stands where a store would; whoever turns to it is told that there is none."""

    def __getattr__(self, name: str) -> Any:
        raise StorageError("没有接上数据库")


def not_connected() -> Records:
    """Records that refuse, for services that were given no database."""
    return Records(
        answers=cast("AnswerStore", _NotConnected()),
        gaps=cast("GapStore", _NotConnected()),
        flags=cast("FlagStore", _NotConnected()),
        audit=cast("AuditStore", _NotConnected()),
    )
