"""What waits for administration, and what this installation serves, without a secret."""

from datetime import date, datetime

from msgspec import Struct

from policyhub.services.admin_answers import OVERDUE, show_cards
from policyhub.services.admin_gaps import GapsAsked, show_gaps
from policyhub.services.flags import NO_UNIT
from policyhub.settings import SETTINGS, Settings
from policyhub.snapshot import Snapshot
from policyhub.storage import AnswerStatus, FlagStatus, GapStatus, Records
from search_index.open import DEFAULT_ENGINE

_URLS = ("database_url", "redis_url")


class Work(Struct, frozen=True, kw_only=True):
    """How much is waiting."""

    gaps_open: int
    gaps_without_unit: int
    flags_open: int
    pending: int
    drafts: int
    overdue: int


class ShownSetting(Struct, frozen=True, kw_only=True):
    """A setting as it may be shown: of an address only its kind, of keys only whose they are."""

    name: str
    value: str
    help: str


class Served(Struct, frozen=True, kw_only=True):
    """The library, the engines, and the settings; without settings, none are known."""

    library: str
    text: str
    rules: str
    engine: str
    published_at: datetime
    search_engine: str
    database: str
    settings: tuple[ShownSetting, ...]


def show_work(records: Records, snapshot: Snapshot, as_of: date) -> Work:
    """Count what waits."""
    gaps = show_gaps(records.gaps, GapsAsked(status=GapStatus.OPEN))
    cards = show_cards(records.answers, snapshot.library, "", 1, as_of).counts
    return Work(
        gaps_open=gaps.gaps.total,
        gaps_without_unit=dict(gaps.units).get(NO_UNIT, 0),
        flags_open=len(records.flags.listed(None, FlagStatus.OPEN)),
        pending=cards[AnswerStatus.PENDING.value],
        drafts=cards[AnswerStatus.DRAFT.value],
        overdue=cards[OVERDUE],
    )


def show_served(snapshot: Snapshot, settings: Settings | None) -> Served:
    """What is served."""
    digests = snapshot.library.digests
    return Served(
        library=digests.library,
        text=digests.text,
        rules=digests.rules,
        engine=snapshot.engine,
        published_at=snapshot.published_at,
        search_engine=settings.search_engine if settings else DEFAULT_ENGINE,
        database=_kind_of(settings.database_url) if settings else "随装配而定",
        settings=shown_settings(settings) if settings else (),
    )


def shown_settings(settings: Settings) -> tuple[ShownSetting, ...]:
    """Every setting, its secrets left out."""
    return tuple(
        ShownSetting(name=one.name, value=_shown(settings, one.name.lower()), help=one.help.replace("`", ""))
        for one in SETTINGS
    )


def _shown(settings: Settings, field: str) -> str:
    value = getattr(settings, field)
    if field in _URLS:
        return _kind_of(value)
    if field == "admin_keys":
        return "、".join(dict.fromkeys(key.name for key in settings.admin_keys)) or "（空）"
    return str(value)


def _kind_of(address: str) -> str:
    """The scheme: the rest may hold a password."""
    return f"{address.partition('://')[0]}://…" if address else "（空）"
