"""通话码: six characters that a caller reads out, so that the agent sees the same result. Once, within half an hour.

The alphabet has 20 characters: ``3 4 6 7 9 A C E F H J K M N P R T W X Y``. Left out is what is mistaken for another when
read or heard: 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, G (6), U V (each other). There are 20^6 = 64 000 000 codes, drawn by
``secrets``. One guess hits one given code with a chance of 1 in 64 million. All callers together may try 200 codes in
ten minutes; what a caller's own limit refuses tries none. The life of a code touches four such windows, so 800: with
a hundred codes open at a time, the chance that anybody guesses any of them in half an hour is at most about 1 in 800
(800 x 100 / 64 000 000), and for one given code 1 in 80 000.

Unknown, mistyped, used and expired codes are told apart by nobody: the same steps, the same answer, ``None``.
"""

import asyncio
import logging
import secrets
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import DecodeError, Struct, msgpack

from matcher.intake import Fault
from policyhub.limits import Limit, Limits
from policyhub.services.errors import InputError
from policyhub.shelf import Shelf
from policyhub.storage import AuditStore, Change, StorageError

logger = logging.getLogger(__name__)

ALPHABET = "34679ACEFHJKMNPRTWXY"
LENGTH = 6
LIFE = timedelta(minutes=30)
MOST_BYTES = 64 * 1024
MAKING = (
    Limit(name="code-make", most=20, seconds=600),
    Limit(name="code-makes", most=400, seconds=600, together=True),
)
OPENING = (
    Limit(name="code-open", most=20, seconds=600),
    Limit(name="code-opens", most=200, seconds=600, together=True),
)
CONSENT = "同意坐席在通话中查看这一次的事实和结果；通话码三十分钟内有效，只能打开一次。"


class CallCode(Struct, frozen=True, kw_only=True):
    """A code to read out, and until when."""

    code: str
    expires_at: datetime


class Opened(Struct, frozen=True, kw_only=True):
    """The bytes that were handed over, as they were, and when the caller consented."""

    content: bytes
    consented_at: datetime


class _Held(Struct, frozen=True, array_like=True):
    content: bytes
    consented_at: datetime
    expires_at: datetime


class CallCodes(Struct, frozen=True, kw_only=True):
    """Makes and opens codes. The result that a code holds is frozen: opening it computes nothing anew."""

    shelf: Shelf
    limits: Limits
    audit: AuditStore
    now: Callable[[], datetime]

    async def make(self, content: bytes, *, consent: bool, client: str) -> CallCode:
        """A code for a result, whose owner has agreed to CONSENT. Raises InputError or LimitedError."""
        _check(content, consent=consent)
        await self.limits.spend(client, *MAKING)
        moment = self.now()
        held = _Held(content=content, consented_at=moment, expires_at=moment + LIFE)
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            if await self.shelf.put(_key(code), msgpack.encode(held), int(LIFE.total_seconds())):
                return CallCode(code=code, expires_at=held.expires_at)

    async def open(self, code: str, *, client: str, agent: str) -> Opened | None:
        """What a code holds, to the first who opens it. Raises LimitedError. The log learns who and when, not what."""
        await self.limits.spend(client, *OPENING)
        held = _read(await self.shelf.take(_key(code)))
        if held is None or self.now() >= held.expires_at:
            return None
        await self._log(agent)
        return Opened(content=held.content, consented_at=held.consented_at)

    async def _log(self, agent: str) -> None:
        change = Change(who=agent[:40], what="打开通话码", subject="通话码", at=self.now())
        try:
            await asyncio.to_thread(self.audit.append, change)
        except StorageError as error:
            # The code is used up and the caller waits: the process's own log keeps it instead, without a traceback,
            # whose causes tell what was to be written.
            logger.error("打开通话码没有记入审计：%s：%s", change.who, error)  # noqa: TRY400


def tidy_code(code: str) -> str:
    """A code as it was made, whatever case, width, spaces or dashes it was typed with."""
    folded = unicodedata.normalize("NFKC", code[:40]).upper()
    return "".join(char for char in folded if char.isalnum())


def _key(code: str) -> str:
    return f"code:{tidy_code(code)}"


def _read(value: bytes | None) -> _Held | None:
    if value is None:
        return None
    try:
        return msgpack.decode(value, type=_Held)
    except DecodeError:
        return None


def _check(content: bytes, *, consent: bool) -> None:
    faults = []
    if not consent:
        faults.append(Fault(pointer="/consent", detail="没有同意，不能生成通话码"))
    if not 0 < len(content) <= MOST_BYTES:
        faults.append(
            Fault(pointer="/content", detail=f"应为 1 到 {MOST_BYTES} 字节，实为 {len(content)} 字节")
        )
    if faults:
        raise InputError(faults)
