"""Limits let pass what they say, for each client and for all together."""

from datetime import UTC, datetime, timedelta

import pytest

from policyhub.limits import Limit, LimitedError, Limits
from policyhub.shelf import MemoryShelf

pytestmark = pytest.mark.anyio

EACH = Limit(name="each", most=2, seconds=60)
ALL = Limit(name="all", most=3, seconds=600, together=True)


class Now:
    """A moment that moves when told; it begins a window."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


async def refused(limits: Limits, client: str, *asked: Limit) -> int:
    """The seconds to wait; none when it may pass."""
    try:
        await limits.spend(client, *asked)
    except LimitedError as error:
        return error.retry_after
    return 0


async def test_each_client_has_its_own() -> None:
    """The third of one is refused, the first of another not."""
    limits = Limits(MemoryShelf(), Now())

    assert [await refused(limits, client, EACH) for client in "aaab"] == [0, 0, 60, 0]


async def test_together_is_for_all() -> None:
    """Whoever is fourth; and the longer wait is told."""
    limits = Limits(MemoryShelf(), Now())

    assert [await refused(limits, client, EACH, ALL) for client in "abca"] == [0, 0, 0, 600]


async def test_one_client_shuts_out_nobody_else() -> None:
    """What its own limit refuses is not counted for all together."""
    limits = Limits(MemoryShelf(), Now())

    assert [bool(await refused(limits, client, EACH, ALL)) for client in "aaaaab"] == [
        False, False, True, True, True, False,
    ]  # fmt: skip


async def test_a_window_ends() -> None:
    """At the second that was told, not one before."""
    now = Now()
    limits = Limits(MemoryShelf(), now)
    now.moment += timedelta(seconds=10)
    told = [await refused(limits, "a", EACH) for _ in range(3)][-1]
    now.moment += timedelta(seconds=told - 1)
    before = await refused(limits, "a", EACH)
    now.moment += timedelta(seconds=1)

    assert (told, before) == (50, 1)
    assert await refused(limits, "a", EACH) == 0


async def test_what_came_to_nothing_is_given_back() -> None:
    """Then it may be done as often as before; to one client, not to another."""
    limits = Limits(MemoryShelf(), Now())
    once = Limit(name="once", most=1, seconds=60)
    first = [await refused(limits, client, once) for client in "aab"]
    await limits.give_back("a", once)

    assert first == [0, 60, 0]
    assert [await refused(limits, client, once) for client in "aab"] == [0, 60, 60]


async def test_the_shelf_learns_no_address() -> None:
    """Only a digest."""
    keys = []

    class Watched(MemoryShelf):
        """Notes its keys."""

        async def count(self, key: str, ttl: int) -> int:
            keys.append(key)
            return await super().count(key, ttl)

    await Limits(Watched(), Now()).spend("192.0.2.7", EACH, ALL)

    assert len(keys) == 2
    assert "192.0.2.7" not in str(keys)
