"""The records of the desk keep their promises on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from policyhub.storage import (
    AnswerStatus,
    Change,
    Flag,
    FlagStatus,
    GapStatus,
    StandardAnswer,
    Storage,
    StorageError,
    link,
)
from policyhub.storage.engine import open_engine

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
DAY = NOON.date()
CHANGE = Change(who="张三", what="新写口径", subject="x", at=NOON)
CARD = StandardAnswer(
    id="card",
    version=1,
    target="jszb-2023-19/15",
    question="能不能享受？",
    answer="按条款办理。",
    author="张三",
    approver=None,
    review_by=DAY,
    status=AnswerStatus.DRAFT,
    written_at=NOON,
)
FLAG = Flag(
    id=0,
    target="jszb-2023-19/15",
    version=None,
    reason="单位已改名",
    query="光伏",
    unit="未载明",
    status=FlagStatus.OPEN,
    resolution="",
    flagged_at=NOON,
    settled_by=None,
)


def moved(storage: Storage, card: StandardAnswer, status: AnswerStatus, approver: str | None = None) -> bool:
    then = replace(card, status=status, approver=approver)
    return storage.records.answers.move(card, then, CHANGE)


def test_a_card_comes_back_as_it_was_written(storage: Storage) -> None:
    """Field by field, and its change stands in the log."""
    written = storage.records.answers.write(CARD, CHANGE)

    assert written
    assert storage.records.answers.versions("card") == (CARD,)
    assert [entry.what for entry in storage.records.audit.entries()] == ["新写口径"]


def test_of_two_who_write_the_same_version_one_is_refused(storage: Storage) -> None:
    """The second leaves neither a version nor a line in the log."""
    storage.records.answers.write(CARD, CHANGE)
    second = storage.records.answers.write(replace(CARD, answer="别的。"), CHANGE)

    assert not second
    assert storage.records.answers.versions("card") == (CARD,)
    assert len(storage.records.audit.entries()) == 1


def test_a_new_version_withdraws_the_draft_it_replaces(storage: Storage) -> None:
    """The old text stays to be read."""
    storage.records.answers.write(CARD, CHANGE)
    storage.records.answers.write(replace(CARD, version=2, answer="新的。"), CHANGE)
    old, new = storage.records.answers.versions("card")

    assert (old.answer, old.status) == (CARD.answer, AnswerStatus.WITHDRAWN)
    assert new.status is AnswerStatus.DRAFT


def test_an_approved_version_holds_until_the_next_is_approved(storage: Storage) -> None:
    """The desk is never without the one or with both."""
    answers = storage.records.answers
    second = replace(CARD, version=2, answer="新的。", status=AnswerStatus.PENDING)
    answers.write(CARD, CHANGE)
    moved(storage, CARD, AnswerStatus.APPROVED, "李四")
    answers.write(second, CHANGE)
    before = answers.approved([CARD.target])
    moved(storage, second, AnswerStatus.APPROVED, "李四")
    after = answers.approved([CARD.target])

    assert [card.version for card in before] == [1]
    assert [card.version for card in after] == [2]
    assert answers.approved(["other"]) == answers.approved([]) == ()


def test_of_two_who_decide_one_is_refused(storage: Storage) -> None:
    """What is no longer in the status that was seen is not moved."""
    storage.records.answers.write(CARD, CHANGE)
    first = moved(storage, CARD, AnswerStatus.PENDING)
    second = moved(storage, CARD, AnswerStatus.WITHDRAWN)

    assert (first, second) == (True, False)
    assert storage.records.answers.versions("card")[0].status is AnswerStatus.PENDING
    assert len(storage.records.audit.entries()) == 2


@pytest.mark.parametrize(
    "spoilt",
    [
        {"approver": "张三"},
        {"status": "已核准"},
        {"answer": "字" * 201},
        {"answer": ""},
        {"status": "通过"},
    ],
    ids=["two persons", "has approver", "long", "empty", "status"],
)
def test_the_database_itself_refuses(storage: Storage, database_url: str, spoilt: dict[str, str]) -> None:
    """A program that forgets a rule cannot break it."""
    storage.records.answers.write(CARD, CHANGE)
    ((column, value),) = spoilt.items()
    engine = open_engine(database_url)
    with pytest.raises((IntegrityError, DatabaseError)), engine.begin() as connection:
        connection.execute(text(f"UPDATE standard_answer SET {column} = :value"), {"value": value})
    engine.dispose()

    assert storage.records.answers.versions("card") == (CARD,)


def test_a_refusal_of_the_database_is_a_storage_error(storage: Storage) -> None:
    """In one line, without the values of the statement."""
    with pytest.raises(StorageError) as caught:
        storage.records.answers.write(replace(CARD, approver="张三"), CHANGE)

    assert len(str(caught.value).splitlines()) == 1
    assert storage.records.audit.entries() == ()


def test_a_gap_is_counted_by_day(storage: Storage) -> None:
    """In all, within the days asked for, first and last."""
    gaps = storage.records.gaps
    for days in (0, 0, 8):
        gaps.note("无人机", DAY + timedelta(days), unit=None, found=False)
    gaps.note("低空", DAY, unit="市工信局", found=True)
    all_days = gaps.listed(DAY, DAY + timedelta(8))
    (late,) = gaps.listed(DAY + timedelta(1), DAY + timedelta(8))

    assert [(gap.query, gap.count, gap.recent) for gap in all_days] == [("无人机", 3, 3), ("低空", 1, 1)]
    assert (late.count, late.recent) == (3, 1)
    assert (late.first_day, late.last_day) == (DAY, DAY + timedelta(8))
    assert gaps.get(late.id) == replace(late, recent=3)
    assert [gaps.get(number) for number in (0, -1, 99, 2**31, 2**70)] == [None] * 5


def test_no_count_is_lost_between_two_who_note_at_once(storage: Storage) -> None:
    """Eight threads, forty notes."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: storage.records.gaps.note("并发", DAY, unit=None, found=False), range(40)))
    (gap,) = storage.records.gaps.listed(DAY, DAY)

    assert gap.count == 40


def test_a_resolved_gap_that_comes_again_is_open_again(storage: Storage) -> None:
    """And a unit that was given to it stays."""
    gaps = storage.records.gaps
    gap = gaps.note("无人机", DAY, unit=None, found=False)
    gaps.move(gap, replace(gap, status=GapStatus.RESOLVED, unit="市工信局"), CHANGE)
    stale = gaps.move(gap, replace(gap, status=GapStatus.ASSIGNED), CHANGE)
    resolved = gaps.listed(DAY, DAY, GapStatus.RESOLVED)
    again = gaps.note("无人机", DAY, unit="市商务局", found=False)

    assert not stale
    assert [one.query for one in resolved] == ["无人机"]
    assert (again.status, again.unit, again.count) == (GapStatus.OPEN, "市工信局", 2)


def test_of_two_who_send_a_gap_one_is_refused(storage: Storage) -> None:
    """Before it has a unit and after; the second leaves no line in the log."""
    gaps = storage.records.gaps
    fresh = gaps.note("无人机", DAY, unit=None, found=False)
    sent, other = (replace(fresh, status=GapStatus.ASSIGNED, unit=unit) for unit in ("市工信局", "市商务局"))
    outcome = [
        gaps.move(*step, CHANGE) for step in ((fresh, sent), (fresh, other), (sent, other), (sent, fresh))
    ]
    late = gaps.move(replace(other, unit=None), sent, CHANGE)

    assert (outcome, late) == ([True, False, True, False], False)
    assert gaps.get(fresh.id) == other
    assert len(storage.records.audit.entries()) == 2


def test_a_flag_is_on_the_list_of_its_unit_until_it_is_settled(storage: Storage) -> None:
    """Settled once; the second who settles is refused."""
    flags = storage.records.flags
    flag = flags.add(FLAG)
    other = flags.add(replace(FLAG, unit="市工信局", version=3))
    done = replace(flag, status=FlagStatus.ACCEPTED, resolution="已改正", settled_by="李四")
    settled, again = flags.settle(flag, done, CHANGE), flags.settle(flag, done, CHANGE)

    assert (settled, again) == (True, False)
    assert flags.listed("市工信局") == flags.listed(status=FlagStatus.OPEN) == (other,)
    assert flags.listed() == (done, other)
    assert flags.get(flag.id) == done
    assert [flags.get(number) for number in (0, -1, 99, 2**31, 2**70)] == [None] * 5


def test_a_settled_flag_says_how(storage: Storage) -> None:
    """The database refuses an empty resolution."""
    flag = storage.records.flags.add(FLAG)
    with pytest.raises(StorageError):
        storage.records.flags.settle(
            flag, replace(flag, status=FlagStatus.REJECTED, settled_by="李四"), CHANGE
        )

    assert storage.records.flags.get(flag.id) == flag


def test_each_line_of_the_log_carries_the_one_before(storage: Storage) -> None:
    """Numbers without a gap, although many write at once."""
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: storage.records.audit.append(CHANGE), range(24)))
    entries = storage.records.audit.entries()

    assert [entry.number for entry in entries] == list(range(1, 25))
    assert [entry.previous for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]
    assert all(entry.hash == link(entry) for entry in entries)
    assert storage.records.audit.entries(after=20, limit=2) == entries[20:22]


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = '王五'", "DELETE FROM audit"])
def test_the_log_only_grows(storage: Storage, database_url: str, statement: str) -> None:
    """The database refuses to change or delete a line."""
    storage.records.audit.append(CHANGE)
    engine = open_engine(database_url)
    with pytest.raises(DatabaseError, match="only grows"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()

    assert storage.records.audit.entries()[0].who == "张三"


def test_a_database_that_went_away_is_a_storage_error(storage: Storage, database_url: str) -> None:
    """What readers and writers get is no exception of the driver."""
    engine = open_engine(database_url)
    with engine.begin() as connection:
        for table in ("gap_day", "gap", "publication"):
            connection.execute(text(f"DROP TABLE {table}"))
    engine.dispose()
    attempts = (
        lambda: storage.records.gaps.listed(date.min, date.max),
        lambda: storage.records.gaps.note("x", DAY, unit=None, found=False),
        lambda: storage.publish("x", NOON),
    )
    for attempt in attempts:
        with pytest.raises(StorageError):
            attempt()
