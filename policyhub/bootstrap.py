"""The one place where real things are wired: settings, library, storage, cache, clock."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime

from msgspec import Struct, field

from policies.loader import load_library
from policyhub import clock
from policyhub.admin_keys import Administrators, AdminKey
from policyhub.cache import Cache, MemoryCache, RedisCache
from policyhub.limits import Limits
from policyhub.redis_link import RedisLink
from policyhub.services.admin_sessions import Sessions
from policyhub.services.call_codes import CallCodes
from policyhub.settings import Settings
from policyhub.shelf import open_shelf
from policyhub.snapshot import Snapshot, search_in, take_snapshot
from policyhub.storage import Records, not_connected, open_storage


class Desk(Struct, frozen=True, kw_only=True):
    """What the hotline desk and its administration are given besides. ``records`` block: use a thread."""

    records: Records
    codes: CallCodes
    limits: Limits
    administrators: Administrators
    sessions: Sessions
    now: Callable[[], datetime]


class State(Struct, frozen=True, kw_only=True):
    """How things are that answers do not depend on. ``cache``: ``ok``, or ``resting`` while Redis is left alone."""

    cache: str


def open_desk(records: Records, link: RedisLink | None, keys: Iterable[AdminKey]) -> Desk:
    """The desk over records; codes and limits in Redis, or in this process where there is none."""
    shelf = open_shelf(link)
    limits = Limits(shelf, clock.now)
    keys = tuple(keys)
    return Desk(
        records=records,
        codes=CallCodes(shelf=shelf, limits=limits, audit=records.audit, now=clock.now),
        limits=limits,
        administrators=Administrators(keys),
        sessions=Sessions(MemoryCache() if link is None else RedisCache(link), keys, clock.now),
        now=clock.now,
    )


async def _well() -> State:
    return State(cache="ok")


class Services(Struct, frozen=True, kw_only=True):
    """What handlers and commands are given. ``check`` raises when something needed cannot be reached.

    ``state`` tells of what can be missed. Without a ``desk`` that was wired, its records refuse and nobody administers.
    ``settings`` are for administrators to look at; nothing here decides by them.
    """

    snapshot: Snapshot
    today: Callable[[], date]
    max_body_bytes: int
    cache: Cache
    check: Callable[[], object]
    close: Callable[[], None]
    state: Callable[[], Awaitable[State]] = _well
    desk: Desk = field(default_factory=lambda: open_desk(not_connected(), None, ()))
    settings: Settings | None = None


def bootstrap(settings: Settings) -> Services:
    """Open everything, the search index included. Raises LibraryError, StorageError or OSError."""
    library = load_library(settings.library_dir)
    storage = open_storage(settings.database_url)
    digest = library.digests.library
    publication = storage.publish(digest, clock.now())
    link = RedisLink(settings.redis_url) if settings.redis_url else None
    search = search_in(settings.data_dir / "index", settings.search_engine)
    snapshot = take_snapshot(library, publication.published_at, search)
    snapshot.search.warm()
    return Services(
        snapshot=snapshot,
        today=clock.today,
        max_body_bytes=settings.max_body_bytes,
        cache=MemoryCache() if link is None else RedisCache(link),
        check=lambda: storage.publish(digest, clock.now()),
        close=storage.close,
        state=_well if link is None else _state_of(link),
        desk=open_desk(storage.records, link, settings.admin_keys),
        settings=settings,
    )


def _state_of(link: RedisLink) -> Callable[[], Awaitable[State]]:
    async def state() -> State:
        return State(cache="ok" if await link.answers() else "resting")

    return state
