"""Standard answers (口径): the approved words of the desk, apart from the clause, by two persons.

草稿 → 待审 → 已核准 → 已撤回. An edit is a new version and begins at 草稿; the approved one holds until the new one is
approved. Nothing here is generated: a person writes, a linter refuses, another person approves.
Whoever edits, submits, approves or withdraws says which version was on the screen; nothing is done to another one.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from matcher.intake import Fault
from policies.library import Library
from policyhub.services.acting import Act
from policyhub.services.answers import AnswersView, AnswerView
from policyhub.services.card_checks import check_card
from policyhub.services.errors import InputError, NotFoundError
from policyhub.services.reading import read_fields
from policyhub.storage import AnswerStatus, AnswerStore, Change, StandardAnswer, StorageError, digest

_ID = re.compile("[0-9a-f]{16}")


class CardDraft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person writes: for which clause or measure, one question, its answer, when to look again."""

    target: str
    question: str
    answer: str
    review_by: date


class Seen(NamedTuple):
    """A card, and the version of it that was on the screen."""

    id: str
    version: int


class Card(Struct, frozen=True, kw_only=True):
    """A version as screens show it. ``overdue``: the day for looking again has passed."""

    version: StandardAnswer
    overdue: bool


def write_card(store: AnswerStore, library: Library, given: object, act: Act) -> StandardAnswer:
    """A new card at 草稿; the draft that is there if the same was sent before. Raises InputError with every fault."""
    answer = _version(_read(library, given, act), secrets.token_hex(8), 1, act)
    for draft in store.listed(AnswerStatus.DRAFT):
        if replace(draft, id=answer.id, written_at=answer.written_at) == answer:  # a button pressed twice
            return draft
    return _write(store, answer, None, act)


def edit_card(store: AnswerStore, library: Library, seen: Seen, given: object, act: Act) -> StandardAnswer:
    """The next version of a card, at 草稿; who edits is its author. Raises InputError or NotFoundError."""
    newest = _newest_seen(store, seen)
    answer = _version(_read(library, given, act), newest.id, newest.version + 1, act)
    return _write(store, answer, newest, act)


def submit_card(store: AnswerStore, seen: Seen, act: Act) -> StandardAnswer:
    """草稿 → 待审. Raises InputError or NotFoundError."""
    now = _in(_newest_seen(store, seen), AnswerStatus.DRAFT)
    return _move(store, now, replace(now, status=AnswerStatus.PENDING), "送审口径", act)


def approve_card(store: AnswerStore, library: Library, seen: Seen, act: Act) -> StandardAnswer:
    """待审 → 已核准, by another person than the author, if it still stands the checks of today's library."""
    now = _in(_newest_seen(store, seen), AnswerStatus.PENDING)
    faults = list(check_card(library, now.target, now.question, now.answer))
    faults.extend(_review_day(now.review_by, act.today))
    if _same_person(now.author, act.who):
        faults.append(Fault(pointer="/approver", detail="核准人不能是撰写人，请另一人核准"))
    if faults:
        raise InputError(faults)
    return _move(store, now, replace(now, status=AnswerStatus.APPROVED, approver=act.who), "核准口径", act)


def withdraw_card(store: AnswerStore, seen: Seen, act: Act) -> StandardAnswer:
    """Any status → 已撤回: the desk shows it no longer. Raises InputError or NotFoundError."""
    found = {one.version: one for one in _versions(store, seen.id)}
    if seen.version not in found:
        known = [f"{seen.id}/{version}" for version in found]
        raise NotFoundError("口径版本", f"{seen.id}/{seen.version}", known)
    now = _in(found[seen.version], AnswerStatus.DRAFT, AnswerStatus.PENDING, AnswerStatus.APPROVED)
    return _move(store, now, replace(now, status=AnswerStatus.WITHDRAWN), "撤回口径", act)


def newest_version(store: AnswerStore, name: str) -> StandardAnswer:
    """The latest version of a card, whatever its status. Raises NotFoundError."""
    return _versions(store, name)[-1]


def cards_for(store: AnswerStore, library: Library, name: str, as_of: date) -> tuple[Card, ...]:
    """The approved cards for a clause or measure: its own first, then its clause's or measures'; overdue last."""
    return cards_of(store, targets_for(library, name), as_of)


def cards_of(store: AnswerStore, targets: Iterable[str], as_of: date) -> tuple[Card, ...]:
    """The approved cards for several ids in one question to the database, in their order; overdue last."""
    place = {target: number for number, target in enumerate(dict.fromkeys(targets))}
    cards = [card(version, as_of) for version in store.approved(place)]
    return tuple(sorted(cards, key=lambda one: (one.overdue, place[one.version.target])))


def card(version: StandardAnswer, as_of: date) -> Card:
    """A version, and whether it is overdue on a day."""
    return Card(version=version, overdue=version.review_by < as_of)


def targets_for(library: Library, name: str) -> list[str]:
    """The ids whose cards speak of a clause or measure: its own, then its clause's or measures'."""
    if name in library.measures:
        return [name, library.measures[name].clause_id]
    encoded = library.encoded_by_id.get(name)
    return [name, *(measure.id for measure in (encoded.measures if encoded else ()))]


def with_standard_answers(
    found: AnswersView, library: Library, store: AnswerStore, as_of: date
) -> AnswersView:
    """The answers with their approved wording beside the clause; without it while the records cannot be reached.

    An overdue card is not passed on: the desk shows it in amber, a program could not.
    """
    if found.answer is None:
        return found
    try:
        answer, *others = (_worded(one, library, store, as_of) for one in (found.answer, *found.alternatives))
    except StorageError:
        return found
    return replace(found, answer=answer, alternatives=tuple(others))


def _worded(view: AnswerView, library: Library, store: AnswerStore, as_of: date) -> AnswerView:
    cards = cards_of(store, targets_for(library, view.measure_id or view.clause_id), as_of)
    current = next((one.version.answer for one in cards if not one.overdue), None)
    return replace(view, standard_answer=current)


def _read(library: Library, given: object, act: Act) -> CardDraft:
    faults: list[Fault] = []
    fields: dict[str, Any] = read_fields(CardDraft, given, faults)
    target, question, answer = (str(fields.get(key, "")).strip() for key in ("target", "question", "answer"))
    told = {"/" + key for key in fields}
    faults.extend(fault for fault in check_card(library, target, question, answer) if fault.pointer in told)
    if "review_by" in fields:
        faults.extend(_review_day(fields["review_by"], act.today))
    if faults:
        raise InputError(faults)
    return CardDraft(target=target, question=question, answer=answer, review_by=fields["review_by"])


def _review_day(review_by: date, today: date) -> Iterable[Fault]:
    if review_by < today:
        yield Fault(pointer="/review_by", detail=f"复核日期 {review_by} 已过，应不早于 {today}")


def _write(
    store: AnswerStore, answer: StandardAnswer, before: StandardAnswer | None, act: Act
) -> StandardAnswer:
    what = "新写口径" if before is None else "修改口径"
    if not store.write(answer, _change(what, before, answer, act)):
        raise _stale()
    return answer


def _version(draft: CardDraft, name: str, number: int, act: Act) -> StandardAnswer:
    return StandardAnswer(
        id=name,
        version=number,
        target=draft.target,
        question=draft.question,
        answer=draft.answer,
        author=act.who,
        approver=None,
        review_by=draft.review_by,
        status=AnswerStatus.DRAFT,
        written_at=act.now,
    )


def _move(
    store: AnswerStore, now: StandardAnswer, then: StandardAnswer, what: str, act: Act
) -> StandardAnswer:
    if not store.move(now, then, _change(what, now, then, act)):
        raise _stale()
    return then


def _change(what: str, before: StandardAnswer | None, after: StandardAnswer, act: Act) -> Change:
    return Change(
        who=act.who,
        what=what,
        subject=f"口径/{after.id}/{after.version}",
        at=act.now,
        before=digest(before),
        after=digest(after),
    )


def card_versions(store: AnswerStore, name: str) -> tuple[StandardAnswer, ...]:
    """Every version of a card, oldest first; none if there is no such card."""
    return store.versions(name) if _ID.fullmatch(name) else ()


def _versions(store: AnswerStore, name: str) -> tuple[StandardAnswer, ...]:
    found = card_versions(store, name)
    if not found:
        raise NotFoundError("口径", name, ())
    return found


def _newest_seen(store: AnswerStore, seen: Seen) -> StandardAnswer:
    newest = newest_version(store, seen.id)
    if newest.version != seen.version:
        raise _stale()
    return newest


def _in(version: StandardAnswer, *statuses: AnswerStatus) -> StandardAnswer:
    if version.status not in statuses:
        wanted = "、".join(status.value for status in statuses)
        raise InputError(
            [Fault(pointer="/status", detail=f"应为{wanted}才能这样做，现在是{version.status.value}")]
        )
    return version


def _same_person(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _stale() -> InputError:
    return InputError([Fault(pointer="/version", detail="这张口径已被别人改动，请重新打开再做")])
