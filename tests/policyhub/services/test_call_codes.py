"""通话码: read out, opened once, forgotten; and a stranger learns nothing by guessing."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from policyhub.limits import LimitedError, Limits
from policyhub.redis_link import RedisLink
from policyhub.services.call_codes import (
    ALPHABET,
    LIFE,
    MAKING,
    MOST_BYTES,
    OPENING,
    CallCode,
    CallCodes,
    tidy_code,
)
from policyhub.services.errors import InputError
from policyhub.shelf import MemoryShelf, RedisShelf, Shelf
from policyhub.storage import Records, not_connected
from tests.services.redis_server import RedisServer

pytestmark = pytest.mark.anyio

RESULT = b'{"profile":{"enterprise.name":"secret"},"receipt":{}}'


class Now:
    """A moment that moves when told."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture(params=["memory", "redis"])
async def shelf(request: pytest.FixtureRequest) -> AsyncIterator[Shelf]:
    if request.param == "memory":
        yield MemoryShelf()
        return
    server: RedisServer = request.getfixturevalue("redis_server")
    link = RedisLink(server.url)
    yield RedisShelf(link)
    await link.aclose()


@pytest.fixture
def codes(shelf: Shelf, records: Records, now: Now) -> CallCodes:
    return CallCodes(shelf=shelf, limits=Limits(shelf, now), audit=records.audit, now=now)


async def made(codes: CallCodes, client: str = "caller") -> CallCode:
    return await codes.make(RESULT, consent=True, client=client)


async def test_a_code_is_opened_once(codes: CallCodes, now: Now) -> None:
    """The bytes come back as they were, with the moment of consent; then never again."""
    code = await made(codes)
    first = await codes.open(code.code, client="desk", agent="坐席甲")
    second = await codes.open(code.code, client="desk", agent="坐席甲")

    assert first is not None
    assert (first.content, first.consented_at) == (RESULT, now.moment)
    assert code.expires_at == now.moment + timedelta(minutes=30)
    assert second is None


async def test_of_many_who_open_at_once_one_does(codes: CallCodes) -> None:
    """The taking is one step."""
    code = await made(codes)
    outcomes = await asyncio.gather(*(codes.open(code.code, client=str(n), agent="坐席") for n in range(8)))

    assert sum(outcome is not None for outcome in outcomes) == 1


async def test_a_code_ends_after_half_an_hour(codes: CallCodes, now: Now) -> None:
    """A second before it opens, on the second it does not."""
    one, two = await made(codes), await made(codes)
    now.moment += LIFE - timedelta(seconds=1)
    before = await codes.open(one.code, client="desk", agent="坐席")
    now.moment += timedelta(seconds=1)

    assert before is not None
    assert await codes.open(two.code, client="desk", agent="坐席") is None


@pytest.mark.parametrize(
    "wrong", ["", "AAAAAA", "0O1IL2", "不是通话码", "A" * 5000, "AAAAA\x00", "*", "AAA*AA"]
)
async def test_what_is_no_code_opens_nothing(codes: CallCodes, records: Records, wrong: str) -> None:
    """The same answer for all of it, and no line in the log."""
    await made(codes)

    assert await codes.open(wrong, client="desk", agent="坐席") is None
    assert records.audit.entries() == ()


async def test_unknown_used_and_expired_take_the_same_steps(records: Records, now: Now) -> None:
    """What is asked of the shelf does not tell them apart."""

    class Watched(MemoryShelf):
        """Notes what it is asked."""

        def __init__(self) -> None:
            super().__init__()
            self.asked: list[str] = []

        async def take(self, key: str) -> bytes | None:
            self.asked.append("take")
            return await super().take(key)

        async def count(self, key: str, ttl: int) -> int:
            self.asked.append("count")
            return await super().count(key, ttl)

    shelf = Watched()
    codes = CallCodes(shelf=shelf, limits=Limits(shelf, now), audit=records.audit, now=now)
    used, expired = await made(codes), await made(codes)
    await codes.open(used.code, client="desk", agent="坐席")
    now.moment += LIFE
    steps = []
    for code in (used.code, expired.code, "333333", "???", ""):
        shelf.asked.clear()
        await codes.open(code, client=code, agent="坐席")
        steps.append(tuple(shelf.asked))

    assert len(set(steps)) == 1
    assert len(records.audit.entries()) == 1


async def test_codes_are_read_and_heard_without_doubt(codes: CallCodes) -> None:
    """Six of an alphabet without look-alikes; typed in any case, width and spacing."""
    code = (await made(codes)).code
    typed = "".join(chr(ord(char) + 0xFEE0) for char in code.lower())
    spaced = f" {typed[:3]} - {typed[3:]} "

    assert re.fullmatch(f"[{ALPHABET}]{{6}}", code)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BQDGU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 20
    assert tidy_code(spaced) == code
    assert await codes.open(spaced, client="desk", agent="坐席") is not None


async def test_without_consent_there_is_no_code(codes: CallCodes) -> None:
    """And every fault is told at once."""
    with pytest.raises(InputError) as caught:
        await codes.make(b"x" * (MOST_BYTES + 1), consent=False, client="caller")
    with pytest.raises(InputError, match="/content"):
        await codes.make(b"", consent=True, client="caller")

    assert {fault.pointer for fault in caught.value.faults} == {"/consent", "/content"}


async def test_one_who_guesses_is_stopped(codes: CallCodes, now: Now) -> None:
    """Even the right code is refused then; another client goes on; later it may try again."""
    code = await made(codes)
    for _ in range(OPENING[0].most):
        assert await codes.open("333333", client="stranger", agent="?") is None
    with pytest.raises(LimitedError) as caught:
        await codes.open(code.code, client="stranger", agent="?")
    other = await codes.open("333333", client="desk", agent="坐席")
    now.moment += timedelta(seconds=caught.value.retry_after)

    assert other is None
    assert 0 < caught.value.retry_after <= OPENING[0].seconds
    assert await codes.open(code.code, client="stranger", agent="坐席") is not None


async def test_many_who_guess_are_stopped_together(codes: CallCodes) -> None:
    """A new address for every guess does not help."""
    for number in range(OPENING[1].most):
        await codes.open("333333", client=f"stranger{number}", agent="?")
    with pytest.raises(LimitedError):
        await codes.open("333333", client="one more", agent="?")


async def test_one_who_guesses_stops_nobody_else(codes: CallCodes) -> None:
    """However often a stranger tries, an agent opens what the caller read out."""
    code = await made(codes)
    for _ in range(OPENING[0].most):
        await codes.open("333333", client="stranger", agent="?")
    for _ in range(OPENING[1].most):
        with pytest.raises(LimitedError):
            await codes.open("333333", client="stranger", agent="?")

    assert await codes.open(code.code, client="desk", agent="坐席") is not None


async def test_one_who_makes_codes_without_end_is_stopped(codes: CallCodes) -> None:
    """So that nobody fills the shelf."""
    for _ in range(MAKING[0].most):
        await made(codes)
    with pytest.raises(LimitedError):
        await made(codes)


async def test_the_log_learns_who_and_when_not_what(codes: CallCodes, records: Records, now: Now) -> None:
    """One line, with neither the code nor the facts."""
    code = await made(codes)
    await codes.open(code.code, client="10.0.0.1", agent="坐席甲")
    (entry,) = records.audit.entries()

    assert (entry.who, entry.what, entry.at) == ("坐席甲", "打开通话码", now.moment)
    assert not any(word in str(entry) for word in (code.code, "secret", "10.0.0.1"))


async def test_a_log_that_cannot_be_written_is_told_of(now: Now, caplog: pytest.LogCaptureFixture) -> None:
    """The caller, whose code is used up, is served all the same."""
    caplog.set_level(logging.ERROR)
    shelf = MemoryShelf()
    codes = CallCodes(shelf=shelf, limits=Limits(shelf, now), audit=not_connected().audit, now=now)
    code = await made(codes)

    assert await codes.open(code.code, client="desk", agent="坐席甲") is not None
    assert "坐席甲" in caplog.text
    assert "secret" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_codes_of_this_process_outlive_redis(
    redis_server: RedisServer, records: Records, now: Now
) -> None:
    """Made before it died, and made after; each once."""
    link = RedisLink(redis_server.url)
    shelf = RedisShelf(link)
    codes = CallCodes(shelf=shelf, limits=Limits(shelf, now), audit=records.audit, now=now)
    before = await made(codes)
    redis_server.kill()
    after = await made(codes)
    outcomes = [
        await codes.open(code, client="desk", agent="坐席")
        for code in (before.code, after.code, before.code, after.code)
    ]
    await link.aclose()

    assert [outcome is not None for outcome in outcomes] == [True, True, False, False]
