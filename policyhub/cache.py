"""Answers kept for a while. Losing them costs time, never an answer.

The methods are coroutines: handlers run in the event loop, and a slow Redis must not hold it up.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from redis.asyncio import Redis

from policyhub.redis_link import PREFIX, RedisLink, RestingError


class Cache(Protocol):
    """Bytes by key. A key carries the library's digest, so a new library needs no clearing."""

    async def get(self, key: str) -> bytes | None: ...

    async def set(self, key: str, value: bytes, ttl: int) -> None:
        """Keep ``value`` for at most ``ttl`` seconds."""

    async def aclose(self) -> None: ...


class MemoryCache:
    """The most recently used entries of one process, bounded by number and by bytes."""

    def __init__(
        self,
        *,
        most_entries: int = 4096,
        most_bytes: int = 64 << 20,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._clock = clock
        self._entries: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._bytes = 0

    async def get(self, key: str) -> bytes | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        value, expires = entry
        if self._clock() >= expires:
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        return value

    async def set(self, key: str, value: bytes, ttl: int) -> None:
        self._drop(key)
        if len(value) > self._most_bytes:
            return
        self._entries[key] = (value, self._clock() + ttl)
        self._bytes += len(value)
        while len(self._entries) > self._most_entries or self._bytes > self._most_bytes:
            self._drop(next(iter(self._entries)))

    def take(self, key: str) -> bytes | None:
        """The value, which is gone with this call; nothing else runs in between."""
        entry = self._entries.get(key)
        self._drop(key)
        return None if entry is None or self._clock() >= entry[1] else entry[0]

    async def aclose(self) -> None:
        self._entries.clear()
        self._bytes = 0

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= len(entry[0])


class RedisCache:
    """Entries shared by processes. While Redis is dead or slow every key is simply absent."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    async def get(self, key: str) -> bytes | None:
        value: bytes | None = await self._try(lambda redis: redis.get(PREFIX + key))
        return value

    async def set(self, key: str, value: bytes, ttl: int) -> None:
        await self._try(lambda redis: redis.set(PREFIX + key, value, ex=ttl))

    async def aclose(self) -> None:
        await self._link.aclose()

    async def _try(self, question: Callable[["Redis"], Awaitable[Any]]) -> Any:
        try:
            return await self._link.ask(question)
        except RestingError:
            return None
