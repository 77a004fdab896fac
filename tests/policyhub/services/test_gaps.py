"""Gaps: counted, handed to a unit, asked again; never a word about who asked."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from policyhub.services.acting import Act
from policyhub.services.errors import InputError, NotFoundError
from policyhub.services.gaps import MOST_QUERY, SeenGap, assign_gap, kept_query, note_gap, replay, resolve_gap
from policyhub.storage import GapStatus, Records

By = Callable[[str], Act]
DAY = date(2026, 3, 1)


def test_the_same_query_raises_the_count(records: Records) -> None:
    """However it is typed."""
    for query in ("无人机 补贴？", "無人機補貼?", "　无人机补贴？"):
        note_gap(records.gaps, query, DAY)
    (gap,) = records.gaps.listed(DAY, DAY)

    assert (gap.query, gap.count, gap.status, gap.unit) == ("无人机补贴?", 3, GapStatus.OPEN, None)


def test_nothing_of_the_caller_is_kept(records: Records) -> None:
    """Not in the database file either."""
    note_gap(records.gaps, "我叫王建国，电话 138-0013-8000，身份证14050219900101123X，想问 无人机 补贴", DAY)
    (gap,) = records.gaps.listed(DAY, DAY)

    assert not any(word in gap.query for word in ("王建国", "8000", "1405"))
    assert "补贴" in gap.query


@pytest.mark.parametrize("place", range(MOST_QUERY - 14, MOST_QUERY + 2))
def test_a_cut_shows_no_part_of_a_number(place: int) -> None:
    """Wherever the end of what is kept falls."""
    assert "138" not in kept_query("问" * place + "13800138000")


@pytest.mark.parametrize("shown", range(1, 11))
def test_a_query_without_end_shows_no_part_of_a_number(shown: int) -> None:
    """Where reading stops within one, after spaces that are not kept."""
    assert not re.search("[0-9]", kept_query("问" + " " * (399 - shown) + "13800138000" * 9))


@pytest.mark.parametrize("query", ["", " ", "　", "\x00"])
def test_an_empty_query_is_no_gap(records: Records, query: str) -> None:
    """Nothing is stored."""
    assert note_gap(records.gaps, query, DAY) is None
    assert records.gaps.listed(DAY, DAY) == ()


def test_a_gap_is_sent_and_resolved(records: Records, by: By) -> None:
    """Each step by a named person, in the log, without the query."""
    gap = note_gap(records.gaps, "无人机", DAY)
    assert gap is not None
    sent = assign_gap(records.gaps, SeenGap(gap.id, ""), " 市工信局 ", by("张三"))
    sent_on = assign_gap(records.gaps, SeenGap(gap.id, "市工信局"), "市商务局", by("张三"))
    done = resolve_gap(records.gaps, gap.id, by("李四"))

    assert (sent.status, sent.unit, sent_on.unit) == (GapStatus.ASSIGNED, "市工信局", "市商务局")
    assert done.status is GapStatus.RESOLVED
    assert [entry.what for entry in records.audit.entries()] == ["派发缺口", "派发缺口", "解决缺口"]
    assert "无人机" not in str(records.audit.entries())


def test_what_is_resolved_is_neither_sent_nor_resolved(records: Records, by: By) -> None:
    """All faults at once."""
    gap = note_gap(records.gaps, "无人机", DAY)
    assert gap is not None
    resolve_gap(records.gaps, gap.id, by("李四"))
    with pytest.raises(InputError) as caught:
        assign_gap(records.gaps, SeenGap(gap.id, ""), " ", by("张三"))
    with pytest.raises(InputError, match="已经解决"):
        resolve_gap(records.gaps, gap.id, by("李四"))
    with pytest.raises(NotFoundError):
        resolve_gap(records.gaps, 99, by("李四"))

    assert {fault.pointer for fault in caught.value.faults} == {"/unit", "/status"}


def test_of_two_who_send_a_gap_the_second_is_told(records: Records, by: By) -> None:
    """Also where it was sent before: the unit on the screen is not the one it has now."""
    gap = note_gap(records.gaps, "无人机", DAY)
    assert gap is not None
    assign_gap(records.gaps, SeenGap(gap.id, ""), "市工信局", by("张三"))
    for seen in ("", "市商务局"):
        with pytest.raises(InputError, match="别人改动"):
            assign_gap(records.gaps, SeenGap(gap.id, seen), "市财政局", by("李四"))
    sent = records.gaps.get(gap.id)

    assert sent is not None
    assert sent.unit == "市工信局"
    assert len(records.audit.entries()) == 1


def test_gaps_are_asked_again_in_order_and_once(records: Records) -> None:
    """Before is what was found when it was logged; the outcome depends on nothing else."""
    for query, found in (("乙", False), ("甲", True), ("丙", False)):
        note_gap(records.gaps, query, DAY, found=found)
    gaps = records.gaps.listed(DAY, DAY)
    asked: list[str] = []

    def ask(query: str) -> bool:
        asked.append(query)
        return query == "丙"

    outcome = replay([*reversed(gaps), *gaps], ask)

    assert [(one.gap.query, one.before, one.after) for one in outcome] == [
        ("乙", False, False),
        ("甲", True, False),
        ("丙", False, True),
    ]
    assert asked == ["乙", "甲", "丙"]
    assert outcome == replay(gaps, lambda query: query == "丙")
