"""Flags reach the unit that leads, and are settled once, in words."""

from collections.abc import Callable

import pytest

from policies.library import Library
from policyhub.services.acting import Act
from policyhub.services.errors import InputError, NotFoundError
from policyhub.services.flags import NO_UNIT, raise_flag, settle_flag
from policyhub.services.standard_answers import write_card
from policyhub.storage import FlagStatus, Records

By = Callable[[str], Act]
CLAUSE = "yang-2023-1/2"


def test_a_flag_goes_to_the_unit_that_leads(records: Records, library: Library, by: By) -> None:
    """Of the clause itself, of the clause of a measure, of the clause of a card; 未载明 where none is printed."""
    card = {"target": CLAUSE, "question": "能享受吗？", "answer": "以认定为准。", "review_by": "2026-09-01"}
    answer = write_card(records.answers, library, card, by("张三"))
    targets = (CLAUSE, f"{CLAUSE}/sme-award", answer.id, "yang-2023-1/3")
    units = [
        raise_flag(records, library, {"target": target, "reason": "过时"}, by("坐席")).unit
        for target in targets
    ]

    assert units == ["市工信局", "市工信局", "市工信局", NO_UNIT]
    assert len(records.flags.listed("市工信局", FlagStatus.OPEN)) == 3


def test_a_flag_keeps_no_caller_and_no_agent(records: Records, library: Library, by: By) -> None:
    """Reason and query are masked."""
    given = {"target": CLAUSE, "reason": "来电13800138000说不对", "query": "我叫王建国 想问奖励"}
    flag = raise_flag(records, library, given, by("坐席甲"))

    assert "138" not in flag.reason
    assert "王建国" not in flag.query
    assert "坐席甲" not in str(flag)


def test_every_fault_of_a_flag_is_told(records: Records, library: Library, by: By) -> None:
    """Unknown target with the nearest, and no reason."""
    with pytest.raises(InputError) as caught:
        raise_flag(records, library, {"target": "yang-2023-1/7", "reason": " "}, by("坐席"))

    assert {fault.pointer for fault in caught.value.faults} == {"/target", "/reason"}


def test_too_long_words_are_refused_unread(
    records: Records, library: Library, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their length, before anybody looks for names and numbers in them; how long they are is told."""
    flag = raise_flag(records, library, {"target": CLAUSE, "reason": "过时"}, by("坐席"))
    monkeypatch.setattr("policyhub.services.flags.mask", lambda text: pytest.fail(text[:9]))
    with pytest.raises(InputError, match=r"/reason.*实为 40000 个"):
        raise_flag(records, library, {"target": CLAUSE, "reason": "a" * 40000}, by("坐席"))
    with pytest.raises(InputError, match=r"/resolution.*实为 40000 个"):
        settle_flag(records.flags, flag.id, {"status": "已处理", "resolution": "a" * 40000}, by("李四"))


def test_a_flag_knows_the_version_of_the_card(records: Records, library: Library, by: By) -> None:
    """One that there is; a clause has none."""
    card = {"target": CLAUSE, "question": "能享受吗？", "answer": "以认定为准。", "review_by": "2026-09-01"}
    answer = write_card(records.answers, library, card, by("张三"))
    flag = raise_flag(records, library, {"target": answer.id, "reason": "过时", "version": 1}, by("坐席"))
    for target, version in ((answer.id, 2), (CLAUSE, 1), (answer.id, 2**70)):
        with pytest.raises(InputError, match="/version"):
            raise_flag(records, library, {"target": target, "reason": "过时", "version": version}, by("坐席"))

    assert flag.version == 1


def test_a_flag_is_settled_once(records: Records, library: Library, by: By) -> None:
    """With what was done; by whom is in the record and in the log."""
    flag = raise_flag(records, library, {"target": CLAUSE, "reason": "过时"}, by("坐席"))
    done = settle_flag(records.flags, flag.id, {"status": "已处理", "resolution": "已更正"}, by("李四"))
    with pytest.raises(InputError, match="只改一次"):
        settle_flag(records.flags, flag.id, {"status": "不成立", "resolution": "没有错"}, by("张三"))

    assert (done.status, done.resolution, done.settled_by) == (FlagStatus.ACCEPTED, "已更正", "李四")
    assert records.flags.listed() == (done,)
    assert [(entry.who, entry.what) for entry in records.audit.entries()] == [("李四", "处理标记")]


def test_every_fault_of_a_settlement_is_told(records: Records, library: Library, by: By) -> None:
    """Left open, and without words."""
    flag = raise_flag(records, library, {"target": CLAUSE, "reason": "过时"}, by("坐席"))
    with pytest.raises(InputError) as caught:
        settle_flag(records.flags, flag.id, {"status": "未处理", "resolution": ""}, by("李四"))
    with pytest.raises(NotFoundError):
        settle_flag(records.flags, 99, {}, by("李四"))

    assert {fault.pointer for fault in caught.value.faults} == {"/status", "/resolution"}
