"""Sessions of administration end: after eight hours, by signing out, and with the key that opened them."""

from datetime import UTC, datetime, timedelta

import pytest

from policyhub.admin_keys import AdminKey, key_digest
from policyhub.cache import MemoryCache
from policyhub.services.admin_sessions import LIFE, Sessions

KEY = AdminKey(name="张三", digest=key_digest("phk_a"))


class Clock:
    """A clock that stands until it is put forward."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.anyio
async def test_a_key_opens_a_session_of_its_person(clock: Clock) -> None:
    """Another for each time; a wrong key opens none, nor does what the server keeps."""
    cache = MemoryCache()
    sessions = Sessions(cache, [KEY], clock)
    first, second = await sessions.begin("phk_a"), await sessions.begin(" phk_a ")
    assert first is not None
    assert second is not None

    assert first != second
    assert await sessions.who(first) == await sessions.who(second) == "张三"
    assert await sessions.begin("phk_b") is None
    assert [await sessions.who(word) for word in ("", "x", KEY.digest, key_digest(first))] == [None] * 4


@pytest.mark.anyio
async def test_a_session_ends(clock: Clock) -> None:
    """By itself, and by signing out; another one goes on."""
    sessions = Sessions(MemoryCache(), [KEY], clock)
    first, second = await sessions.begin("phk_a"), await sessions.begin("phk_a")
    assert first is not None
    assert second is not None
    await sessions.end(first)
    clock.time += LIFE - timedelta(seconds=1)

    assert await sessions.who(first) is None
    assert await sessions.who(second) == "张三"
    clock.time += timedelta(seconds=1)
    assert await sessions.who(second) is None


@pytest.mark.anyio
async def test_invented_tokens_push_no_session_out(clock: Clock) -> None:
    """Signing out needs no session, so what it leaves behind must be worth keeping."""
    sessions = Sessions(MemoryCache(most_entries=2), [KEY], clock)
    token = await sessions.begin("phk_a")
    assert token is not None
    for invented in ("", "x", "y", "z"):
        await sessions.end(invented)

    assert await sessions.who(token) == "张三"


class Away(MemoryCache):
    """A cache that at times neither tells nor keeps, as Redis is."""

    away = False

    async def get(self, key: str) -> bytes | None:
        return None if self.away else await super().get(key)

    async def set(self, key: str, value: bytes, ttl: int) -> None:
        if not self.away:
            await super().set(key, value, ttl)


@pytest.mark.anyio
async def test_signing_out_while_the_cache_is_away_is_not_known_there(clock: Clock) -> None:
    """It opens nothing meanwhile; a copy of the token opens the rest of its eight hours, and no more."""
    cache = Away()
    sessions = Sessions(cache, [KEY], clock)
    token = await sessions.begin("phk_a")
    assert token is not None
    cache.away = True
    await sessions.end(token)
    meanwhile = await sessions.who(token)
    cache.away = False
    later = await sessions.who(token)
    clock.time += LIFE

    assert (meanwhile, later, await sessions.who(token)) == (None, "张三", None)


@pytest.mark.anyio
async def test_a_key_that_is_taken_away_takes_its_sessions_with_it(clock: Clock) -> None:
    """Even if another key of the same person stays."""
    cache = MemoryCache()
    other = AdminKey(name="张三", digest=key_digest("phk_b"))
    token = await Sessions(cache, [KEY, other], clock).begin("phk_a")
    assert token is not None

    assert await Sessions(cache, [other], clock).who(token) is None
