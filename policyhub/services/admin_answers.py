"""Standard answers as administration works on them: listed, beside their clause, version against version."""

from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher

from msgspec import Struct

from policies.document import Unit
from policies.library import Library
from policyhub.services.acting import Act
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.errors import NotFoundError
from policyhub.services.measure_page import Run, runs
from policyhub.services.search import LONGEST, SearchQuery, search
from policyhub.services.slices import Slice, slice_of
from policyhub.services.standard_answers import (
    Card,
    Seen,
    approve_card,
    card,
    card_versions,
    submit_card,
    withdraw_card,
)
from policyhub.snapshot import Snapshot
from policyhub.storage import AnswerStatus, AnswerStore, StandardAnswer

OVERDUE = "到期待复核"
STEPS = ("submit", "approve", "withdraw")
_ROWS = 30
_OFFERED = 6
_OFFERED_MEASURES = 5
_SPECK = (
    2  # characters: what stays the same between two changes is shown as changed if it is shorter than this
)


class CardRow(Struct, frozen=True, kw_only=True):
    """A card in the list: the version that the list is about, what it is for, which version is approved."""

    card: Card
    cited: CitedClause | None
    approved: int | None


class CardsPage(Struct, frozen=True, kw_only=True):
    """One page of cards, and how many there are in each list."""

    cards: Slice[CardRow]
    counts: Mapping[str, int]


class Piece(Struct, frozen=True, kw_only=True):
    """Words that two versions share, or that one of them has: same, added, removed."""

    kind: str
    text: str


class VersionView(Struct, frozen=True, kw_only=True):
    """A version against the one before; without one there is nothing to compare."""

    version: StandardAnswer
    changes: tuple[tuple[str, tuple[Piece, ...]], ...]


class Beside(Struct, frozen=True, kw_only=True):
    """The clause that a card is for, verbatim; the words that its measure rests on are marked."""

    clause: CitedClause
    measure: str | None
    measure_id: str | None
    text: tuple[Run, ...]
    units: tuple[Unit, ...]
    units_open: bool


class CardPage(Struct, frozen=True, kw_only=True):
    """A card: its newest version, the approved one where that is another, all versions newest first."""

    newest: Card
    approved: Card | None
    versions: tuple[VersionView, ...]
    beside: Beside | None


class Offer(Struct, frozen=True, kw_only=True):
    """Something that a card can be for."""

    id: str
    cited: str
    title: str


def show_cards(store: AnswerStore, library: Library, status: str, page: int, as_of: date) -> CardsPage:
    """Cards by the word of a status, OVERDUE, or all: one row for each card."""
    by_card: dict[str, list[StandardAnswer]] = {}
    for version in store.listed():
        by_card.setdefault(version.id, []).append(version)
    lists: dict[str, list[CardRow]] = {
        "": [],
        **{one.value: [] for one in AnswerStatus},
        OVERDUE: [],
    }
    for versions in by_card.values():
        newest = max(versions, key=lambda one: one.version)
        approved = next((one for one in versions if one.status is AnswerStatus.APPROVED), None)
        number = approved.version if approved else None
        row = CardRow(card=card(newest, as_of), cited=_cited(library, newest.target), approved=number)
        lists[""].append(row)
        if newest.status is not AnswerStatus.APPROVED:
            lists[newest.status.value].append(row)
        if approved is not None:
            held = CardRow(
                card=card(approved, as_of), cited=_cited(library, approved.target), approved=number
            )
            lists[AnswerStatus.APPROVED.value].append(held)
            lists[OVERDUE].extend([held] if held.card.overdue else [])
    lists[AnswerStatus.APPROVED.value].sort(
        key=lambda row: (not row.card.overdue, row.card.version.review_by)
    )
    lists[OVERDUE].sort(key=lambda row: row.card.version.review_by)
    return CardsPage(
        cards=slice_of(lists.get(status, lists[""]), page, _ROWS),
        counts={name: len(rows) for name, rows in lists.items()},
    )


def show_card(store: AnswerStore, library: Library, name: str, as_of: date) -> CardPage:
    """A card with its history. Raises NotFoundError."""
    versions = card_versions(store, name)
    if not versions:
        raise NotFoundError("口径", name, ())
    approved = next((one for one in versions if one.status is AnswerStatus.APPROVED), None)
    newest = versions[-1]
    before: StandardAnswer | None = None
    views = []
    for version in versions:
        views.append(
            VersionView(version=version, changes=() if before is None else _changes(before, version))
        )
        before = version
    return CardPage(
        newest=card(newest, as_of),
        approved=card(approved, as_of) if approved is not None and approved is not newest else None,
        versions=tuple(reversed(views)),
        beside=show_beside(library, newest.target),
    )


def show_beside(library: Library, target: str) -> Beside | None:
    """The clause of a clause id or measure id; ``None`` for anything else."""
    measure = library.measures.get(target)
    clause = library.clauses.get(measure.clause_id if measure else target)
    if clause is None:
        return None
    return Beside(
        clause=cited_clause(library, clause.id),
        measure=measure.title if measure else None,
        measure_id=measure.id if measure else None,
        text=tuple(runs(clause.text, measure.quotes if measure else ())),
        units=clause.units,
        units_open=clause.units_open,
    )


def offer_targets(snapshot: Snapshot, words: str, as_of: date) -> tuple[Offer, ...]:
    """Clauses that words mean, each followed by its measures."""
    words, library = words.strip()[:LONGEST], snapshot.library
    if not words:
        return ()
    found = search(snapshot, SearchQuery(q=words, limit=_OFFERED), as_of)
    offers = []
    for item in found.items:
        offers.append(Offer(id=item.clause_id, cited=item.cited, title=item.heading or "整条"))
        measures = [library.measures[one.id] for one in item.measures[:_OFFERED_MEASURES]]
        offers.extend(Offer(id=one.id, cited=item.cited, title=one.title) for one in measures)
    return tuple(offers)


def take_step(store: AnswerStore, library: Library, step: str, seen: Seen, act: Act) -> StandardAnswer:
    """One of STEPS with the version on the screen."""
    if step == "withdraw":
        return withdraw_card(store, seen, act)
    return submit_card(store, seen, act) if step == "submit" else approve_card(store, library, seen, act)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one, in runs long enough to be read."""
    pieces: list[Piece] = []
    removed = added = ""
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        inner = (removed or added) and a2 < len(before)
        if kind == "equal" and not (inner and a2 - a1 < _SPECK):
            pieces.extend(_pieces(removed, added))
            pieces.append(Piece(kind="same", text=before[a1:a2]))
            removed = added = ""
        else:
            removed, added = removed + before[a1:a2], added + after[b1:b2]
    pieces.extend(_pieces(removed, added))
    return tuple(pieces)


def _pieces(removed: str, added: str) -> list[Piece]:
    given = (("removed", removed), ("added", added))
    return [Piece(kind=kind, text=text) for kind, text in given if text]


def _changes(before: StandardAnswer, after: StandardAnswer) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    pairs = (
        ("条款或措施", before.target, after.target),
        ("问题", before.question, after.question),
        ("口径", before.answer, after.answer),
        ("复核日期", before.review_by.isoformat(), after.review_by.isoformat()),
    )
    whole = ("条款或措施", "复核日期")  # half of an id or a day says nothing
    return tuple(
        (name, tuple(_pieces(old, new)) if name in whole else difference(old, new))
        for name, old, new in pairs
        if old != new
    )


def _cited(library: Library, target: str) -> CitedClause | None:
    measure = library.measures.get(target)
    name = measure.clause_id if measure else target
    return cited_clause(library, name) if name in library.clauses else None
