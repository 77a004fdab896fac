"""Gaps (缺口): what was asked and not answered, counted without a word about who asked."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from matcher.intake import Fault
from policyhub.limits import Limit
from policyhub.services.acting import Act
from policyhub.services.errors import InputError, NotFoundError
from policyhub.services.masking import mask, unmarked
from policyhub.storage import Change, Gap, GapStatus, GapStore, StandardAnswer, digest
from search_index.normalise import normalise

MOST_QUERY = 100
MOST_UNIT = 60
_MOST_READ = 400

# For whoever logs gaps from pages that anybody may open: ``await limits.spend(client, *NOTING)``.
NOTING = (
    Limit(name="gap", most=30, seconds=600),
    Limit(name="gaps", most=1000, seconds=600, together=True),
)


class SeenGap(NamedTuple):
    """A gap, and the unit that it had on the screen; empty for none."""

    id: int
    unit: str


class Replayed(Struct, frozen=True, kw_only=True):
    """Whether a query finds something: when it was last asked, and now."""

    gap: Gap
    before: bool
    after: bool


def note_gap(
    store: GapStore, query: str, day: date, *, unit: str | None = None, found: bool = False
) -> Gap | None:
    """Count a query that found nothing, or that an agent marked (``found=True``). ``None`` if nothing is left of it.

    What is kept is masked, normalised and at most MOST_QUERY characters.
    """
    kept = kept_query(query)
    return store.note(kept, day, unit=unit, found=found) if kept else None


def worth_noting(query: str) -> bool:
    """Whether a question says enough to be counted unasked: a greeting, a letter, a picture does not."""
    return len(re.findall("[\u4e00-\u9fff]", query)) > len("你好")


def kept_query(query: str) -> str:
    """A query as it is kept. Masked before it is cut and again after: a cut or a folding may show a number anew."""
    head = query[:_MOST_READ]
    if len(query) > _MOST_READ:  # half a number at the cut would not be known for one
        head = re.sub("[^\u4e00-\u9fff]+$", "", head)
    return mask(normalise(mask(head)))[:MOST_QUERY].strip()


def assign_gap(store: GapStore, seen: SeenGap, unit: str, act: Act) -> Gap:
    """未处理 → 已派 to a unit; one that was sent may be sent to another. Raises InputError or NotFoundError."""
    gap, unit = find_gap(store, seen.id), unit.strip()
    faults = []
    if not 0 < len(unit) <= MOST_UNIT or not unit.isprintable():
        faults.append(Fault(pointer="/unit", detail=f"应写明责任单位，不超过 {MOST_UNIT} 个字"))
    if gap.status is GapStatus.RESOLVED:
        faults.append(Fault(pointer="/status", detail="已解决的不再派"))
    elif seen.unit != (gap.unit or ""):
        faults.append(_stale())
    if faults:
        raise InputError(faults)
    then = replace(gap, status=GapStatus.ASSIGNED, unit=unit)
    return _move(store, gap, then, _change("派发缺口", gap, then, act))


def resolve_gap(
    store: GapStore, number: int, act: Act, card: StandardAnswer | None = None, *, due: bool = True
) -> Gap:
    """→ 已解决, by a card that the log then names, or by the clause itself; not ``due`` where nobody here owes an answer.

    A query that comes again without an answer opens it again. Raises InputError or NotFoundError.
    """
    gap = find_gap(store, number)
    if gap.status is GapStatus.RESOLVED:
        raise InputError([Fault(pointer="/status", detail="已经解决")])
    then = replace(gap, status=GapStatus.RESOLVED)
    change = _change("解决缺口" if due else "缺口不用答复", gap, then, act)
    if card is not None:
        subject = f"{change.subject} 口径/{card.id}/{card.version}"
        change = replace(change, what="以口径答复缺口", subject=subject)
    return _move(store, gap, then, change)


def find_gap(store: GapStore, number: int) -> Gap:
    """A gap by its number. Raises NotFoundError."""
    gap = store.get(number)
    if gap is None:
        raise NotFoundError("缺口", str(number), ())
    return gap


def replay(gaps: Iterable[Gap], ask: Callable[[str], bool]) -> tuple[Replayed, ...]:
    """Every gap asked again, in the order of their numbers, each once."""
    by_number = {gap.id: gap for gap in gaps}
    return tuple(
        Replayed(gap=gap, before=gap.found, after=ask(unmarked(gap.query)))
        for _, gap in sorted(by_number.items())
    )


def _change(what: str, now: Gap, then: Gap, act: Act) -> Change:
    return Change(
        who=act.who,
        what=what,
        subject=f"缺口/{now.id}",
        at=act.now,
        before=digest(now),
        after=digest(then),
    )


def _move(store: GapStore, now: Gap, then: Gap, change: Change) -> Gap:
    if not store.move(now, then, change):
        raise InputError([_stale()])
    return then


def _stale() -> Fault:
    return Fault(pointer="/status", detail="这条缺口已被别人改动，请看清现在的责任单位和状态再做")
