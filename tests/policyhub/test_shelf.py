"""A shelf gives each thing to one, counts, and goes on without Redis."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from urllib.parse import urlsplit

import pytest

from policyhub.redis_link import PATIENCE, REST, RedisLink
from policyhub.shelf import MemoryShelf, RedisShelf, Shelf, open_shelf
from tests.services.redis_server import RedisServer, start_redis

pytestmark = pytest.mark.anyio

KEYS = count()


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def key() -> str:
    """One that no other test uses."""
    return f"shelf-{next(KEYS)}"


@pytest.fixture(params=["memory", "redis"])
async def shelf(request: pytest.FixtureRequest) -> AsyncIterator[Shelf]:
    if request.param == "memory":
        yield open_shelf(None)
        return
    link = RedisLink(request.getfixturevalue("redis_url"))
    yield open_shelf(link)
    await link.aclose()


async def test_a_thing_is_taken_once(shelf: Shelf, key: str) -> None:
    """By one of all who ask at once; empty bytes are a thing too."""
    await shelf.put(key, b"", 60)
    taken = await asyncio.gather(*(shelf.take(key) for _ in range(5)))

    assert (taken.count(b""), taken.count(None)) == (1, 4)
    assert await shelf.take(key) is None


async def test_a_key_in_use_is_not_given_twice(shelf: Shelf, key: str) -> None:
    """Until it is free again."""
    puts = [await shelf.put(key, value, 60) for value in (b"1", b"2")]
    taken = await shelf.take(key)

    assert (puts, taken) == ([True, False], b"1")
    assert await shelf.put(key, b"3", 60)


async def test_things_do_not_lie_for_ever(shelf: Shelf, key: str) -> None:
    """After ``ttl`` seconds the thing is gone, and its key is free."""
    await shelf.put(key, b"1", 1)
    await asyncio.sleep(1.1)

    assert await shelf.take(key) is None
    assert await shelf.put(key, b"2", 1)


async def test_counting(shelf: Shelf, key: str) -> None:
    """One more each time, none lost at once, though some may be told of those beside them; then from one again."""
    numbers = await asyncio.gather(*(shelf.count(key, 1) for _ in range(5)))
    await asyncio.sleep(1.1)

    assert all(number >= least for least, number in enumerate(sorted(numbers), 1))
    assert max(numbers) == 5
    assert await shelf.count(key, 1) == 1


async def test_a_count_that_is_forgotten_begins_anew(shelf: Shelf, key: str) -> None:
    """Of this key, however far it was; one that never was does no harm."""
    await shelf.forget(key)
    before = [await shelf.count(key, 60) for _ in range(3)]
    await shelf.forget(key)

    assert before == [1, 2, 3]
    assert await shelf.count(key, 60) == 1


async def test_processes_share(redis_url: str, key: str) -> None:
    """What one puts down the other takes, and they count together."""
    links = RedisLink(redis_url), RedisLink(redis_url)
    one, other = map(RedisShelf, links)
    await one.put(key, b"1", 60)
    taken, again = await other.take(key), await one.take(key)
    numbers = [await one.count(key, 60), await other.count(key, 60), await one.count(key, 60)]
    for link in links:
        await link.aclose()

    assert (taken, again) == (b"1", None)
    assert numbers == [1, 2, 3]


async def test_a_flood_of_counts_pushes_out_no_thing() -> None:
    """They lie apart."""
    shelf = MemoryShelf()
    await shelf.put("thing", b"1", 60)
    for number in range(70_000):
        await shelf.count(str(number), 60)

    assert await shelf.take("thing") == b"1"


async def test_a_redis_that_is_killed_loses_nothing_of_this_process(redis_server: RedisServer) -> None:
    """What was put down before and during the outage is there, once; and the count goes on."""
    clock = Clock()
    link = RedisLink(redis_server.url, clock=clock)
    shelf = RedisShelf(link)
    await shelf.put("before", b"1", 60)
    counted = [await shelf.count("n", 60)]
    redis_server.kill()
    await shelf.put("during", b"2", 60)
    counted.append(await shelf.count("n", 60))
    taken = [await shelf.take("before"), await shelf.take("before")]
    with start_redis(urlsplit(redis_server.url).port):
        clock.now = REST + 1
        counted.append(await shelf.count("n", 60))
        late = [await shelf.take("during"), await shelf.take("during")]
        await link.aclose()

    assert taken == [b"1", None]
    assert late == [b"2", None]
    assert counted == [1, 2, 3]


async def test_what_was_taken_while_redis_was_slow_is_not_given_again(redis_server: RedisServer) -> None:
    """Redis still holds it when it goes on; it is told before anything else is asked."""
    clock = Clock()
    link, other_link = RedisLink(redis_server.url, clock=clock), RedisLink(redis_server.url)
    shelf, other = RedisShelf(link), RedisShelf(other_link)
    await shelf.put("thing", b"1", 60)
    await shelf.count("warm", 60)
    redis_server.halt()
    await shelf.count("n", 60)  # waits once; Redis rests from now on
    taken = await shelf.take("thing")
    redis_server.go_on()
    clock.now = REST + 1
    await shelf.count("n", 60)
    elsewhere = await other.take("thing")
    again = await shelf.take("thing")
    for one in (link, other_link):
        await one.aclose()

    assert (taken, elsewhere, again) == (b"1", None, None)


async def test_what_another_process_took_is_gone_here(redis_server: RedisServer) -> None:
    """The copy that is kept for an outage is not given out while Redis answers, nor once it has said no."""
    links = RedisLink(redis_server.url), RedisLink(redis_server.url)
    one, other = map(RedisShelf, links)
    await one.put("thing", b"1", 60)
    taken = await other.take("thing")
    alive = await one.take("thing")
    redis_server.kill()
    dead = await one.take("thing")
    for link in links:
        await link.aclose()

    assert (taken, alive, dead) == (b"1", None, None)


async def test_a_slow_redis_costs_one_wait(redis_server: RedisServer) -> None:
    """Then it rests, and everything is quick."""
    link = RedisLink(redis_server.url)
    shelf = RedisShelf(link)
    await shelf.count("n", 60)
    redis_server.halt()
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(20):
        await shelf.count("n", 60)
        await shelf.put(str(number), b"1", 60)
    waited = loop.time() - start
    redis_server.go_on()
    await link.aclose()

    assert waited < PATIENCE * 4
