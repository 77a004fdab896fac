"""A receipt as one line of text, short enough for a QR picture, and a check that it is unaltered."""

import re
from datetime import date
from urllib.parse import parse_qs, quote

from msgspec import Struct

from matcher import receipt
from matcher.intake import Fault
from matcher.receipt import Receipt
from policyhub.services.errors import InputError
from policyhub.snapshot import Snapshot

_FORM = "R1"
_PARTS = ("id", "text", "rules", "engine", "profile", "as_of", "verdicts")
_DIGITS = 16
_HEX = rf"[0-9a-f]{{{_DIGITS}}}"
_LINE = re.compile(rf"{_FORM}(?:\.{_HEX}){{5}}\.[0-9]{{8}}\.{_HEX}")
_PATH = "/verify"
_LONGEST_BASE = 255  # characters; more would make a picture that no telephone reads
_NAMES = {"text": "文本", "rules": "规则", "engine": "判定程序"}
_GOOD = "编号与各项内容对得上，没有改动。"
_SPOILT = "编号与各项内容对不上，被改动过，不能作为凭据。"


class ReceiptPart(Struct, frozen=True, kw_only=True):
    """One part of a receipt beside what is in use today."""

    what: str
    receipt: str
    now: str
    same: bool


class ReceiptCheck(Struct, frozen=True, kw_only=True):
    """What a receipt alone can show; the verdicts can be replayed only with the profile."""

    receipt: Receipt
    altered: bool
    note: str
    parts: tuple[ReceiptPart, ...]
    library: str


def receipt_text(given: Receipt) -> str:
    """``R1.<id>.<text>.<rules>.<engine>.<profile>.<yyyymmdd>.<verdicts>``."""
    words = {name: str(getattr(given, name)) for name in _PARTS}
    words["as_of"] = f"{given.as_of:%Y%m%d}"
    return ".".join([_FORM, *(words[name] for name in _PARTS)])


def receipt_address(given: Receipt, base: str = "") -> str:
    """The address that checks it, ``<base>/verify?r=…``; without a base, or with one too long, the text form alone."""
    text = receipt_text(given)
    return f"{base.rstrip('/')}{_PATH}?r={quote(text)}" if 0 < len(base) <= _LONGEST_BASE else text


def read_receipt_text(text: str) -> Receipt:
    """A receipt from its text form or its address, spaces and line breaks left out. Raises InputError.

    Whether it was altered is for ``check_receipt`` to say: an altered receipt may still be readable.
    """
    plain = "".join(text.split())
    if "://" in plain or plain.startswith(_PATH):
        plain = "".join(parse_qs(plain.partition("?")[2].partition("#")[0]).get("r", [""]))
    if re.fullmatch(_HEX, plain):
        detail = f"这是回执编号；要的是以 {_FORM}.{plain} 开头的那一整行，在告知单末尾“核验”之后"
        raise InputError([Fault(pointer="", detail=detail)])
    if not _LINE.fullmatch(plain):
        raise InputError([Fault(pointer="", detail=f"不是回执：应以 {_FORM} 开头，共 8 段，段间为「.」")])
    words = dict(zip(_PARTS, plain.split(".")[1:], strict=True))
    try:
        day = date.fromisoformat(words.pop("as_of"))
    except ValueError as error:
        raise InputError([Fault(pointer="", detail="不是回执：第 7 段应为日期，如 20230602")]) from error
    return Receipt(as_of=day, **words)


def check_receipt(snapshot: Snapshot, given: Receipt) -> ReceiptCheck:
    """Whether a receipt is unaltered, and which of its parts are still in use."""
    digests = snapshot.library.digests
    now = {"text": digests.text, "rules": digests.rules, "engine": snapshot.engine}
    altered = receipt.number(given) != given.id
    return ReceiptCheck(
        receipt=given,
        altered=altered,
        note=_SPOILT if altered else _GOOD,
        parts=tuple(_part(name, getattr(given, name), whole[:_DIGITS]) for name, whole in now.items()),
        library=snapshot.short,
    )


def _part(name: str, then: str, now: str) -> ReceiptPart:
    return ReceiptPart(what=_NAMES[name], receipt=then, now=now, same=then == now)
