"""Caches keep what they are given, and a broken one costs time, never an answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import pytest

from policyhub.cache import Cache, MemoryCache, RedisCache
from policyhub.redis_link import PATIENCE, REST, RedisLink
from tests.services.processes import free_port
from tests.services.redis_server import RedisServer, start_redis

pytestmark = pytest.mark.anyio


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["memory", "redis"])
async def cache(request: pytest.FixtureRequest) -> AsyncIterator[Cache]:
    cache = (
        MemoryCache()
        if request.param == "memory"
        else RedisCache(RedisLink(request.getfixturevalue("redis_url")))
    )
    yield cache
    await cache.aclose()


async def test_what_is_set_is_there(cache: Cache) -> None:
    """Absent, set, replaced; bytes come back as they were."""
    before = await cache.get("set")
    await cache.set("set", b"\x00\xff", 60)
    first = await cache.get("set")
    await cache.set("set", b"", 60)

    assert (before, first, await cache.get("set")) == (None, b"\x00\xff", b"")


async def test_what_is_old_is_gone(cache: Cache) -> None:
    """After ``ttl`` seconds the key is absent."""
    await cache.set("old", b"v", 1)
    await asyncio.sleep(1.1)

    assert await cache.get("old") is None


async def test_memory_forgets_the_least_used_entry() -> None:
    """The bound on entries drops what was not asked for longest."""
    cache = MemoryCache(most_entries=2)
    await cache.set("a", b"1", 60)
    await cache.set("b", b"2", 60)
    await cache.get("a")
    await cache.set("c", b"3", 60)

    assert [await cache.get(key) for key in "abc"] == [b"1", None, b"3"]


async def test_memory_is_bounded_by_bytes() -> None:
    """Large values push out small ones; one that is too large is not kept at all."""
    cache = MemoryCache(most_bytes=10)
    await cache.set("a", b"12345", 60)
    await cache.set("b", b"1234567", 60)
    await cache.set("c", b"12345678901", 60)

    assert [await cache.get(key) for key in "abc"] == [None, b"1234567", None]


async def test_memory_expires_at_the_second() -> None:
    """Just before ``ttl`` the entry is there, at ``ttl`` it is not."""
    clock = Clock()
    cache = MemoryCache(clock=clock)
    await cache.set("k", b"v", 10)
    clock.now = 9.999
    before = await cache.get("k")
    clock.now = 10.0

    assert (before, await cache.get("k")) == (b"v", None)


async def test_a_redis_that_is_not_there_is_asked_once(caplog: pytest.LogCaptureFixture) -> None:
    """One short attempt, then quiet for a while; one warning for the whole outage."""
    clock = Clock()
    cache = RedisCache(RedisLink(f"redis://127.0.0.1:{free_port()}/0", clock=clock))
    for now in (0.0, 1.0, REST + 1, 2 * REST + 2):
        clock.now = now
        await cache.set("k", b"v", 60)

        assert await cache.get("k") is None
    await cache.aclose()
    warnings = [record for record in caplog.records if record.levelname == "WARNING"]

    assert len(warnings) == 1


async def test_a_redis_that_is_killed_is_used_again_when_it_is_back(redis_server: RedisServer) -> None:
    """Killed: absent. Started anew on the same port, after the rest: used."""
    clock = Clock()
    cache = RedisCache(RedisLink(redis_server.url, clock=clock))
    await cache.set("k", b"v", 60)
    alive = await cache.get("k")
    redis_server.kill()
    dead = await cache.get("k")
    with start_redis(urlsplit(redis_server.url).port):
        resting = await cache.get("k")
        clock.now = REST + 1
        await cache.set("k", b"w", 60)
        back = await cache.get("k")
        await cache.aclose()

    assert (alive, dead, resting, back) == (b"v", None, None, b"w")


async def test_a_redis_that_is_slow_costs_little(redis_server: RedisServer) -> None:
    """Halted: one wait of PATIENCE, then none. Its late answer is given to nobody."""
    clock = Clock()
    cache = RedisCache(RedisLink(redis_server.url, clock=clock))
    await cache.set("one", b"1", 60)
    await cache.set("two", b"2", 60)
    redis_server.halt()
    waited = await _seconds(lambda: cache.get("one"))
    rested = await _seconds(lambda: cache.get("one"))
    redis_server.go_on()
    clock.now = REST + 1
    late = await cache.get("two")
    await cache.aclose()

    assert PATIENCE * 0.9 < waited < PATIENCE * 4
    assert rested < PATIENCE / 4
    assert late == b"2"


async def test_a_request_that_is_dropped_leaves_no_answer_behind(redis_server: RedisServer) -> None:
    """A caller who went away while Redis was slow does not shift the answers of those who come after."""
    cache = RedisCache(RedisLink(redis_server.url))
    await cache.set("one", b"1", 60)
    await cache.set("two", b"2", 60)
    redis_server.halt()
    dropped = asyncio.ensure_future(cache.get("one"))
    await asyncio.sleep(PATIENCE / 4)
    dropped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dropped
    redis_server.go_on()
    after = await cache.get("two")
    await cache.aclose()

    assert after == b"2"


async def _seconds(ask: Callable[[], object]) -> float:
    start = time.monotonic()
    assert await ask() is None  # type: ignore[misc]
    return time.monotonic() - start
