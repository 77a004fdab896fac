"""What the desk writes into the records, so that nothing which goes wrong there ever stops an answer."""

import logging
import re
from asyncio import to_thread
from hashlib import sha256
from typing import NamedTuple

from msgspec import Struct

from policyhub.bootstrap import Services
from policyhub.limits import Limit, LimitedError
from policyhub.services.acting import Act
from policyhub.services.errors import InputError
from policyhub.services.flags import raise_flag
from policyhub.services.gaps import NOTING, kept_query, note_gap
from policyhub.services.search import LONGEST
from policyhub.storage import StorageError

logger = logging.getLogger(__name__)

AGENT = "热线坐席"  # nobody signs in at the desk, so the records say no more than this
_CALL = 1800  # seconds in which the same thing from the same place counts as one call
FLAGGING = (
    Limit(name="flag", most=20, seconds=600),
    Limit(name="flags", most=300, seconds=600, together=True),
)
_VERSION = re.compile("[0-9]{1,9}")
_OUT = "没有记上：记录暂时打不开。请先写进工单，过一会儿再试。"
_NOTHING_LEFT = "没有可以登记的内容：只剩下会暴露来电人的字样，没有记下。"


class Said(NamedTuple):
    """What became of it, in words for the agent; ``done`` when it is kept. ``wait`` is for whom it is too often."""

    done: bool
    words: str
    status: int = 200
    wait: int = 0


class FlagForm(Struct, frozen=True, kw_only=True):
    """A flag as the form sends it: ``what`` is an id, or ``id@version`` of a standard answer."""

    what: str = ""
    pick: str = ""
    reason: str = ""
    q: str = ""
    n: str = ""


async def log_gap(services: Services, client: str, query: str, *, found: bool = False) -> Said:
    """Count a question as a gap, once for each call. ``found``: there was an answer, but not a good one."""
    kept = kept_query(query)
    if not kept:
        return Said(done=False, words=_NOTHING_LEFT, status=400)
    try:
        await services.desk.limits.spend(client, *NOTING)
    except LimitedError as error:
        return _too_often(error)
    once = _once("gap", kept)
    try:
        await services.desk.limits.spend(client, once)
    except LimitedError:
        return Said(done=True, words="这个问题已经登记，不重复计数。")
    try:
        await to_thread(note_gap, services.desk.records.gaps, query, services.today(), found=found)
    except StorageError as error:
        await services.desk.limits.give_back(client, once)
        return _out("口径缺口", error)
    return Said(done=True, words=f"已登记为口径缺口：{kept}")


async def flag(services: Services, client: str, form: FlagForm) -> Said:
    """Put a flag on the list of the lead unit."""
    target, at, version = form.what.partition("@")
    given: dict[str, object] = {"target": target, "reason": _reason(form), "query": form.q[:LONGEST]}
    if at:
        given["version"] = int(version) if _VERSION.fullmatch(version) else version
    act = Act(who=AGENT, now=services.desk.now(), today=services.today())
    try:
        await services.desk.limits.spend(client, *FLAGGING)
    except LimitedError as error:
        return _too_often(error)
    once = _once("flag", *given.values())
    try:
        await services.desk.limits.spend(client, once)
    except LimitedError:
        return Said(done=True, words="这一处已经标记，不重复登记。")
    try:
        raised = await to_thread(raise_flag, services.desk.records, services.snapshot.library, given, act)
    except StorageError as error:
        await services.desk.limits.give_back(client, once)
        return _out("标记", error)
    except InputError as error:
        await services.desk.limits.give_back(client, once)
        return Said(done=False, words="；".join(fault.detail for fault in error.faults), status=400)
    return Said(done=True, words=f"已标记，进入{raised.unit}的清单（第 {raised.id} 号）。")


def _once(what: str, *said: object) -> Limit:
    """Counted before it is written, so that of two that come at once one is; given back if it was not written."""
    return Limit(name=f"{what}-{sha256(repr(said).encode()).hexdigest()[:16]}", most=1, seconds=_CALL)


def _reason(form: FlagForm) -> str:
    return "：".join(part for part in (form.pick.strip(), form.reason.strip()) if part)


def _out(what: str, error: StorageError) -> Said:
    logger.error("没有记上%s：%s", what, error)
    return Said(done=False, words=_OUT, status=503)


def _too_often(error: LimitedError) -> Said:
    wait = error.retry_after
    return Said(done=False, words=f"记得太频繁，请 {wait} 秒后再试；先写进工单。", status=429, wait=wait)
