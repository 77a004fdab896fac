"""The one place where real things are wired: settings, library, storage, cache, clock."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from policies.loader import load_library
from policyhub import clock
from policyhub.cache import Cache, open_cache
from policyhub.settings import Settings
from policyhub.snapshot import Snapshot, take_snapshot
from policyhub.storage import open_storage


class Services(Struct, frozen=True, kw_only=True):
    """What handlers and commands are given. ``check`` raises when something needed cannot be reached."""

    snapshot: Snapshot
    today: Callable[[], date]
    max_body_bytes: int
    cache: Cache
    check: Callable[[], object]
    close: Callable[[], None]


def bootstrap(settings: Settings) -> Services:
    """Open everything. Raises LibraryError or StorageError."""
    library = load_library(settings.library_dir)
    storage = open_storage(settings.database_url)
    digest = library.digests.library
    publication = storage.publish(digest, clock.now())
    return Services(
        snapshot=take_snapshot(library, publication.published_at),
        today=clock.today,
        max_body_bytes=settings.max_body_bytes,
        cache=open_cache(settings.redis_url),
        check=lambda: storage.publish(digest, clock.now()),
        close=storage.close,
    )
