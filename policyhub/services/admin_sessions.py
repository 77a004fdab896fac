"""Sessions of administration: begun with a key, ended by signing out or after eight hours.

The browser holds a random token; its digest is kept here with the digest of the key that opened it. So a leak of
what is kept opens nothing, and a key that ADMIN_KEYS no longer names takes its sessions with it at the next start.
Kept in Redis where there is one, else in this process: several processes without Redis do not know each
other's sessions, and a restart ends them.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import DecodeError, Struct, msgpack

from policyhub.admin_keys import Administrators, AdminKey, key_digest
from policyhub.cache import Cache
from policyhub.limits import Limit

LIFE = timedelta(hours=8)

# For each try of a key: ``await limits.spend(client, *TRYING)``. Keys are 256 bits of chance; this is against noise.
TRYING = (
    Limit(name="admin-key", most=10, seconds=600),
    Limit(name="admin-keys", most=200, seconds=600, together=True),
)
_SECONDS = int(LIFE.total_seconds())


class _Held(Struct, frozen=True, array_like=True):
    key: str
    expires_at: datetime


class Sessions:
    """Begins, knows and ends sessions."""

    def __init__(self, cache: Cache, keys: Iterable[AdminKey], now: Callable[[], datetime]) -> None:
        keys = tuple(keys)
        self._cache = cache
        self._administrators = Administrators(keys)
        self._names = {key.digest: key.name for key in keys}
        self._now = now

    async def begin(self, key: str) -> str | None:
        """The token of a new session; ``None`` for a wrong key."""
        if self._administrators.who(key) is None:
            return None
        token = secrets.token_urlsafe(32)
        held = _Held(key=key_digest(key), expires_at=self._now() + LIFE)
        await self._cache.set(_place(token), msgpack.encode(held), _SECONDS)
        return token

    async def who(self, token: str) -> str | None:
        """The person of a session; ``None`` once it has ended, and while Redis that keeps it is away."""
        held = await self._held(token)
        return None if held is None else self._names.get(held.key)

    async def end(self, token: str) -> None:
        """Sign out: the token opens nothing any more. Anybody may send one, so one that opens nothing is not kept.

        While Redis is away it cannot be told: a copy of the token opens the rest of its eight hours.
        """
        if await self._held(token) is not None:
            await self._cache.set(_place(token), b"", _SECONDS)

    async def _held(self, token: str) -> _Held | None:
        held = _read(await self._cache.get(_place(token))) if token else None
        return None if held is None or self._now() >= held.expires_at else held


def _place(token: str) -> str:
    return f"admin:{sha256(token.encode()).hexdigest()}"


def _read(value: bytes | None) -> _Held | None:
    try:
        return msgpack.decode(value, type=_Held) if value else None
    except DecodeError:
        return None
