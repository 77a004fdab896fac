"""A result of the self-check as it is handed over by 通话码: frozen, and small enough for a shelf.

What is handed over is what the caller saw, not the profile to compute it anew.
"""

import zlib
from collections.abc import Iterator
from datetime import date

from msgspec import DecodeError, Struct, msgpack
from msgspec.structs import replace

from policyhub.services.call_codes import MOST_BYTES
from policyhub.services.facts_told import NOT_SAID
from policyhub.services.result import ASKED_NEXT, Card, Group, Result

_UNFIT = ("ineligible", "not_applicable")
_FEW = (60, 25, 8, 0)


class HandedCard(Struct, frozen=True, kw_only=True):
    """One measure as the caller saw it."""

    title: str
    cited: str
    clause_id: str
    measure_id: str
    subject: str
    gives: str
    amount: str
    because: tuple[str, ...]
    missing: tuple[str, ...]
    decisions: tuple[str, ...]
    units: str


class HandedGroup(Struct, frozen=True, kw_only=True):
    """The cards of one label; ``count`` says how many there were where some had to be left out."""

    key: str
    label: str
    note: str
    count: int
    cards: tuple[HandedCard, ...]


class Handed(Struct, frozen=True, kw_only=True):
    """A whole result: facts as stated, groups in reading order, what is to be asked next."""

    as_of: date
    library: str
    receipt: str
    subjects: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    groups: tuple[HandedGroup, ...]
    questions: tuple[str, ...]


_decode = msgpack.Decoder(Handed).decode


def freeze(result: Result) -> bytes:
    """A result as bytes of at most MOST_BYTES; what fits least is shortened first, and its count is kept."""
    handed = _handed(result)
    packed = _pack(handed)
    for shorter in _shorter(handed):
        if len(packed) <= MOST_BYTES:
            break
        packed = _pack(shorter)
    return packed


def thaw(content: bytes) -> Handed | None:
    """The result in the bytes; ``None`` where they are something else."""
    try:
        return _decode(zlib.decompress(content))
    except (zlib.error, DecodeError):
        return None


def _pack(handed: Handed) -> bytes:
    return zlib.compress(msgpack.encode(handed), 9)


def _shorter(handed: Handed) -> Iterator[Handed]:
    without = tuple(replace(one, cards=()) if one.key in _UNFIT else one for one in handed.groups)
    yield replace(handed, groups=without)
    for most in _FEW:
        yield replace(handed, groups=tuple(replace(one, cards=one.cards[:most]) for one in without))


def _handed(result: Result) -> Handed:
    return Handed(
        as_of=result.as_of,
        library=result.library,
        receipt=result.receipt.id,
        subjects=result.subjects,
        facts=tuple(
            (line.subject, line.name, line.stated) for line in result.facts if line.stated != NOT_SAID
        ),
        groups=tuple(_group(group) for group in result.groups),
        questions=tuple(one.question for one in result.questions[:ASKED_NEXT]),
    )


def _group(group: Group) -> HandedGroup:
    return HandedGroup(
        key=group.key,
        label=group.label,
        note=group.note,
        count=len(group.cards),
        cards=tuple(_card(card) for card in group.cards),
    )


def _card(card: Card) -> HandedCard:
    measure = card.measure
    return HandedCard(
        title=measure.title,
        cited=f"{measure.cited} {measure.heading}".rstrip(),
        clause_id=measure.clause_id,
        measure_id=measure.id,
        subject=card.subject,
        gives=measure.gives,
        amount=measure.amount,
        because=card.because,
        missing=tuple(one.question for one in card.missing),
        decisions=tuple(f"{one.sentence}：{one.decided_by}" for one in card.decisions),
        units=measure.units_text,
    )
