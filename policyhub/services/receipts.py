"""Replaying a receipt: the same answer, or what has changed since."""

from datetime import date
from typing import Any

from msgspec import Struct

from matcher import receipt
from matcher.intake import Fault
from matcher.match import Wanted
from matcher.receipt import Receipt
from policyhub.services.errors import InputError
from policyhub.services.match import Order, answer, profile_of
from policyhub.services.reading import check_day, read_fields
from policyhub.snapshot import Snapshot

_WHAT = {
    "profile": "事实",
    "rules": "规则",
    "text": "文本",
    "as_of": "日期",
    "engine": "引擎",
    "verdicts": "结论",
}
_SAME = "回执有效：同样的事实、规则、文本、引擎和日期，结论相同。"
_CHANGED = "重新匹配的结果与回执不同，不同之处见 differences。"
_ALTERED = "回执被改动过：编号与各项内容对不上，不能作为凭据。"


class VerifyRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A receipt and the profile it was issued for; ``as_of`` replays for another day."""

    receipt: Receipt
    profile: dict[str, Any]
    as_of: date | None = None


class Difference(Struct, frozen=True, kw_only=True):
    """One part that is not the same: its name, what the receipt says, what it is now."""

    what: str
    field: str
    receipt: str
    now: str


class Verification(Struct, frozen=True, kw_only=True):
    """``altered`` when the receipt's own id does not fit its parts; ``receipt`` is the one issued now."""

    same: bool
    altered: bool
    note: str
    differences: tuple[Difference, ...]
    receipt: Receipt
    library: str


def verify(snapshot: Snapshot, given: object) -> Verification:
    """Replay a decoded request. Raises InputError with every fault of it."""
    old, order = _read(snapshot, given)
    new = answer(snapshot, order).receipt
    altered = receipt.number(old) != old.id
    same = not altered and old == new
    return Verification(
        same=same,
        altered=altered,
        note=_ALTERED if altered else _SAME if same else _CHANGED,
        differences=tuple(
            Difference(what=what, field=field, receipt=str(getattr(old, field)), now=str(getattr(new, field)))
            for field, what in _WHAT.items()
            if getattr(old, field) != getattr(new, field)
        ),
        receipt=new,
        library=snapshot.short,
    )


def _read(snapshot: Snapshot, given: object) -> tuple[Receipt, Order]:
    faults: list[Fault] = []
    fields = read_fields(VerifyRequest, given, faults)
    old: Receipt | None = fields.get("receipt")
    check_day(fields.get("as_of"), faults, "/as_of")
    check_day(None if old is None else old.as_of, faults, "/receipt/as_of")
    profile = profile_of(snapshot.library, fields.get("profile"), faults, "/profile")
    if faults or old is None or profile is None:
        raise InputError(faults)
    return old, Order(profile=profile, as_of=fields.get("as_of") or old.as_of, wanted=Wanted(detail="brief"))
