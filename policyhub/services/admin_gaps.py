"""Gaps as administration works on them: listed, answered by a standard answer, asked again all together."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from matcher.intake import Fault
from policies.library import Library
from policyhub.services.acting import Act
from policyhub.services.answers import AnswersQuery, AnswerView, answer
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.errors import InputError
from policyhub.services.flags import NO_UNIT
from policyhub.services.gaps import Replayed, SeenGap, assign_gap, find_gap, replay, resolve_gap
from policyhub.services.masking import unmarked
from policyhub.services.slices import Slice, slice_of
from policyhub.services.standard_answers import card_versions, cards_for
from policyhub.snapshot import Snapshot
from policyhub.storage import AnswerStatus, Gap, GapStatus, GapStore, Records, StandardAnswer

NOT_DUE = "-"
REPLAYED_AT_ONCE = 200
_ROWS = 50


class GapsAsked(Struct, frozen=True, kw_only=True):
    """How the list is filtered; ``unit`` may be 未载明, for gaps that no unit has."""

    status: GapStatus | None = None
    unit: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1

    @property
    def days(self) -> tuple[date, date]:
        """Both days, open ends filled."""
        return self.since or date.min, self.until or date.max


class GapsPage(Struct, frozen=True, kw_only=True):
    """One page of gaps; how many each status and each unit has within the other filters."""

    gaps: Slice[Gap]
    times: int
    statuses: Mapping[GapStatus, int]
    units: tuple[tuple[str, int], ...]


class GapPage(Struct, frozen=True, kw_only=True):
    """A gap, what its query is answered with today, and the approved cards that could settle it, likely ones first."""

    gap: Gap
    found: AnswerView | None
    note: str | None
    related: tuple[CitedClause, ...]
    likely: tuple[StandardAnswer, ...]
    others: tuple[StandardAnswer, ...]
    units: tuple[str, ...]


class ReplayedRow(Struct, frozen=True, kw_only=True):
    """A gap asked again, and the clause that answers it now."""

    replayed: Replayed
    cited: CitedClause | None


class ReplayPage(Struct, frozen=True, kw_only=True):
    """So many gaps asked again, and how many of these are answered now that were not."""

    rows: Slice[ReplayedRow]
    newly: int
    still: int


def show_gaps(store: GapStore, asked: GapsAsked) -> GapsPage:
    """The gaps that fit, most frequent first."""
    everything = store.listed(*asked.days)
    of_unit = [gap for gap in everything if asked.unit in ("", gap.unit or NO_UNIT)]
    of_status = [gap for gap in everything if asked.status in (None, gap.status)]
    fitting = [gap for gap in of_unit if asked.status in (None, gap.status)]
    statuses = Counter(gap.status for gap in of_unit)
    units = Counter({asked.unit: 0} if asked.unit else {})
    units.update(gap.unit or NO_UNIT for gap in of_status)
    return GapsPage(
        gaps=slice_of(fitting, asked.page, _ROWS),
        times=sum(gap.recent for gap in fitting),
        statuses={status: statuses[status] for status in GapStatus},
        units=tuple(sorted(units.items(), key=lambda one: (one[0] == NO_UNIT, one[0]))),
    )


def show_gap(records: Records, snapshot: Snapshot, number: int, as_of: date) -> GapPage:
    """A gap with what may settle it. Raises NotFoundError."""
    gap = find_gap(records.gaps, number)
    view = answer(snapshot, AnswersQuery(q=unmarked(gap.query)), as_of)
    about = view.answer.measure_id or view.answer.clause_id if view.answer else None
    cards = cards_for(records.answers, snapshot.library, about, as_of) if about else ()
    likely = tuple(card.version for card in cards)
    approved = records.answers.listed(AnswerStatus.APPROVED)
    return GapPage(
        gap=gap,
        found=view.answer,
        note=view.note,
        related=view.related,
        likely=likely,
        others=tuple(card for card in approved if card not in likely),
        units=responsible_units(snapshot.library),
    )


def responsible_units(library: Library) -> tuple[str, ...]:
    """Every unit that some clause names in its bracket."""
    return tuple(sorted({unit.name for clause in library.clauses.values() for unit in clause.units}))


def send_gap(store: GapStore, library: Library, seen: SeenGap, unit: str, act: Act) -> Gap:
    """``assign_gap`` to a unit that the library names. Raises InputError or NotFoundError."""
    if unit not in responsible_units(library):
        raise InputError([Fault(pointer="/unit", detail="请从名单里选一个责任单位")])
    return assign_gap(store, seen, unit, act)


def answer_gap(records: Records, number: int, card: str, act: Act) -> Gap:
    """Settle a gap by an approved card, whose version the log then names; without one, by the clause itself.

    NOT_DUE instead of a card: it was no question that anybody here has to answer.
    """
    if card == NOT_DUE:
        return resolve_gap(records.gaps, number, act, due=False)
    approved = [one for one in card_versions(records.answers, card) if one.status is AnswerStatus.APPROVED]
    if card and not approved:
        raise InputError([Fault(pointer="/card", detail="这张口径没有已核准的版本，坐席看不到它")])
    return resolve_gap(records.gaps, number, act, approved[0] if approved else None)


def replay_gaps(store: GapStore, snapshot: Snapshot, page: int, as_of: date) -> ReplayPage:
    """A part of all gaps asked again in the order of their numbers: REPLAYED_AT_ONCE at a time, it takes a while."""
    gaps = sorted(store.listed(date.min, date.max), key=lambda gap: gap.id)
    part = slice_of(gaps, page, REPLAYED_AT_ONCE)
    clauses: dict[str, CitedClause] = {}

    def ask(query: str) -> bool:
        found = answer(snapshot, AnswersQuery(q=query), as_of).answer
        if found is not None:
            clauses[query] = cited_clause(snapshot.library, found.clause_id)
        return found is not None

    rows = [
        ReplayedRow(replayed=one, cited=clauses.get(unmarked(one.gap.query)))
        for one in replay(part.items, ask)
    ]
    changed = Counter((row.replayed.before, row.replayed.after) for row in rows)
    return ReplayPage(
        rows=Slice(items=tuple(rows), number=part.number, pages=part.pages, total=part.total),
        newly=changed[False, True],
        still=changed[False, False],
    )


def drafted(records: Records, snapshot: Snapshot, number: int, as_of: date) -> Mapping[str, str]:
    """What a new card for a gap begins with: its words, and what answers it now. Raises NotFoundError.

    What only comes near is not filled in: a person picks it.
    """
    view = show_gap(records, snapshot, number, as_of)
    found = view.found.measure_id or view.found.clause_id if view.found else ""
    return {"question": view.gap.query, "target": found}
