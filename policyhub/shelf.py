"""Things that are put down for one person to take once, and counts of what happened in a while.

With Redis both are shared by all processes. While Redis is dead or slow each process goes on by itself: what it has
put down can be taken from it, before the outage or during it, and it counts what it sees itself. Then a thing that
another process holds cannot be taken, and a limit is one for each process. "Once" then
holds for each process: what another took just before the outage may be given out here again, and what is taken here
during it there, until this process has spoken to Redis again.
"""

import time
from collections.abc import Callable
from typing import Any, Protocol

from redis.asyncio import Redis

from policyhub.cache import MemoryCache
from policyhub.redis_link import PREFIX, RedisLink, RestingError

_MOST_OWED = 4096


class Shelf(Protocol):
    """Bytes by key for a while, and numbers by key for a while."""

    async def put(self, key: str, value: bytes, ttl: int) -> bool:
        """Put ``value`` down for at most ``ttl`` seconds; ``False`` if the key is in use."""

    async def take(self, key: str) -> bytes | None:
        """What was put down, to the first who asks; ``None`` to everybody else."""

    async def count(self, key: str, ttl: int) -> int:
        """One more, and how many that makes, those beside it perhaps included; gone ``ttl`` seconds after the last."""

    async def forget(self, key: str) -> None:
        """The count of ``key`` begins anew."""


def open_shelf(link: RedisLink | None) -> Shelf:
    """Shared through ``link``; without one, this process's own."""
    return MemoryShelf() if link is None else RedisShelf(link)


class MemoryShelf:
    """A shelf of this process. Its methods never wait, so nothing comes between their steps.

    Things and counts are kept apart, so that a flood of counts pushes out no thing.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._things = MemoryCache(most_entries=4096, most_bytes=96 << 20, clock=clock)
        self._counts = MemoryCache(most_entries=65536, clock=clock)

    async def put(self, key: str, value: bytes, ttl: int) -> bool:
        if await self._things.get(key) is not None:
            return False
        await self._things.set(key, value, ttl)
        return True

    async def take(self, key: str) -> bytes | None:
        return self._things.take(key)

    async def count(self, key: str, ttl: int) -> int:
        number = int(await self._counts.get(key) or b"0") + 1
        await self._counts.set(key, b"%d" % number, ttl)
        return number

    async def forget(self, key: str) -> None:
        self._counts.take(key)


class RedisShelf:
    """A shelf that processes share."""

    def __init__(self, link: RedisLink, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._link = link
        self._copies = MemoryShelf(clock=clock)  # of what Redis holds, for an outage
        self._own = MemoryShelf(clock=clock)  # what was put down during one
        self._owed: dict[str, None] = {}  # keys that Redis may still hold but must not give out or count on

    async def put(self, key: str, value: bytes, ttl: int) -> bool:
        try:
            fresh = await self._ask(lambda redis: redis.set(PREFIX + key, value, nx=True, ex=ttl))
        except RestingError:
            self._owe(key)  # a late Redis may have taken it all the same
            return await self._own.put(key, value, ttl)
        if fresh:
            await self._copies.take(key)
            await self._copies.put(key, value, ttl)
        return bool(fresh)

    async def take(self, key: str) -> bytes | None:
        try:
            shared = await self._ask(lambda redis: redis.getdel(PREFIX + key))
        except RestingError:
            shared = await self._copies.take(key)
            if shared is not None:
                self._owe(key)
        else:
            await self._copies.take(key)
        own = await self._own.take(key)
        return own if own is not None else shared

    async def count(self, key: str, ttl: int) -> int:
        mine = await self._own.count(key, ttl)
        try:
            number, _ = await self._ask(lambda redis: _increment(redis, PREFIX + key, ttl))
        except RestingError:
            return mine
        return max(mine, int(number))  # a Redis that was emptied does not start the count anew

    async def forget(self, key: str) -> None:
        await self._own.forget(key)
        try:
            await self._ask(lambda redis: redis.delete(PREFIX + key))
        except RestingError:
            self._owe(key)

    async def _ask(self, question: Callable[["Redis"], Any]) -> Any:
        """Ask Redis, once it has forgotten what was taken while it was away."""
        owed = list(self._owed)
        if owed:
            await self._link.ask(lambda redis: redis.delete(*(PREFIX + key for key in owed)))
            for key in owed:
                self._owed.pop(key, None)
        return await self._link.ask(question)

    def _owe(self, key: str) -> None:
        self._owed[key] = None
        if len(self._owed) > _MOST_OWED:
            del self._owed[next(iter(self._owed))]


async def _increment(redis: "Redis", key: str, ttl: int) -> Any:
    async with redis.pipeline(transaction=True) as both:
        both.incr(key)
        both.expire(key, ttl)
        return await both.execute()
