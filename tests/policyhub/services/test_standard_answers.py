"""Standard answers: two persons, one question, no number of their own; old versions stay."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from policies.library import Library
from policyhub.services.acting import Act
from policyhub.services.answers import AnswersQuery, answer
from policyhub.services.errors import InputError, NotFoundError
from policyhub.services.standard_answers import (
    Seen,
    approve_card,
    cards_for,
    cards_of,
    edit_card,
    newest_version,
    submit_card,
    with_standard_answers,
    withdraw_card,
    write_card,
)
from policyhub.snapshot import take_snapshot
from policyhub.storage import AnswerStatus, AnswerStore, Records, StandardAnswer, StorageError

By = Callable[[str], Act]
CLAUSE = "yang-2023-1/1"
MEASURE = f"{CLAUSE}/land-floor-price"
GIVEN = {
    "target": CLAUSE,
    "question": "工业项目的土地出让底价怎么算？",
    "answer": "支持类工业项目，土地出让底价按最低价标准的70％执行，以主管部门认定为准。",
    "review_by": "2026-09-01",
}


def faults(error: pytest.ExceptionInfo[InputError]) -> dict[str, str]:
    return {fault.pointer: fault.detail for fault in error.value.faults}


def approved(records: Records, library: Library, by: By, **changed: str) -> StandardAnswer:
    answer = write_card(records.answers, library, {**GIVEN, **changed}, by("张三"))
    submit_card(records.answers, Seen(answer.id, 1), by("张三"))
    return approve_card(records.answers, library, Seen(answer.id, 1), by("李四"))


def test_a_card_is_written_submitted_and_approved(records: Records, library: Library, by: By) -> None:
    """Only then the desk finds it; every step is in the log with digests that join."""
    before = cards_for(records.answers, library, CLAUSE, date(2026, 3, 1))
    answer = approved(records, library, by)
    (card,) = cards_for(records.answers, library, CLAUSE, date(2026, 3, 1))
    log = records.audit.entries()

    assert before == ()
    assert card.version == answer
    assert (answer.author, answer.approver, answer.status) == ("张三", "李四", AnswerStatus.APPROVED)
    assert [(entry.who, entry.what) for entry in log] == [
        ("张三", "新写口径"),
        ("张三", "送审口径"),
        ("李四", "核准口径"),
    ]
    assert ["", log[0].after, log[1].after] == [entry.before for entry in log]
    assert not any(word in str(log) for word in ("工业项目", "底价"))


@pytest.mark.parametrize("approver", ["张三", " 张三 "])
def test_the_author_does_not_approve(records: Records, library: Library, by: By, approver: str) -> None:
    """However the name is spaced."""
    answer = write_card(records.answers, library, GIVEN, by("张三"))
    submit_card(records.answers, Seen(answer.id, 1), by("张三"))
    with pytest.raises(InputError) as caught:
        approve_card(records.answers, library, Seen(answer.id, 1), by(approver))

    assert list(faults(caught)) == ["/approver"]
    assert newest_version(records.answers, answer.id).status is AnswerStatus.PENDING


def test_what_is_sent_twice_is_one_draft(records: Records, library: Library, by: By) -> None:
    """From the same person and word for word; once it is submitted another may be begun."""
    first = write_card(records.answers, library, GIVEN, by("张三"))
    later = Act(who="张三", now=by("").now + timedelta(seconds=1), today=by("").today)
    again = write_card(records.answers, library, GIVEN, later)
    others = [
        write_card(records.answers, library, GIVEN, by("李四")),
        write_card(records.answers, library, {**GIVEN, "review_by": "2026-09-02"}, by("张三")),
    ]
    submit_card(records.answers, Seen(first.id, 1), by("张三"))
    anew = write_card(records.answers, library, GIVEN, by("张三"))

    assert again == first
    assert len({first.id, anew.id, *(one.id for one in others)}) == 4
    assert len(records.answers.listed()) == 4


def test_who_edits_is_the_author(records: Records, library: Library, by: By) -> None:
    """So an approver who edits has to find somebody else."""
    answer = write_card(records.answers, library, GIVEN, by("张三"))
    edited = edit_card(records.answers, library, Seen(answer.id, 1), GIVEN, by("李四"))
    submit_card(records.answers, Seen(answer.id, 2), by("李四"))
    with pytest.raises(InputError, match="/approver"):
        approve_card(records.answers, library, Seen(answer.id, 2), by("李四"))

    assert (edited.author, edited.version) == ("李四", 2)


def test_every_fault_is_told_at_once(records: Records, library: Library, by: By) -> None:
    """Unknown target, two questions, too long, day past, and what is no field."""
    given = {
        "target": "yang-2023-1/9",
        "question": "要什么条件？怎么申请？",
        "answer": "字" * 201,
        "review_by": "2026-02-28",
        "author": "王五",
    }
    with pytest.raises(InputError) as caught:
        write_card(records.answers, library, given, by("张三"))

    assert set(faults(caught)) == {"/target", "/question", "/answer", "/review_by", "/author"}
    assert "201" in faults(caught)["/answer"]
    assert records.answers.listed() == ()


def test_what_is_missing_is_told_once(records: Records, library: Library, by: By) -> None:
    """Not also as empty."""
    with pytest.raises(InputError) as caught:
        write_card(records.answers, library, {}, by("张三"))

    assert len(caught.value.faults) == len(faults(caught)) == 4


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("按80％执行。", "80"),
        ("按百分之八十执行。", "百分之八十"),
        ("总投资不低于2亿元。", None),
        ("总投资不低于两亿元。", None),
        ("总投资不低于二亿元。", None),
        ("总投资不低于2万元。", "2万"),
        ("总投资不低于五亿元。", "五亿"),
        ("免收三年租金。", "三"),
        ("见样政发〔2023〕1号第1条。", None),
        ("见1号第1条，一般一次性办理。", None),
        ("拨打0356-2198345。", "0356"),
    ],
)
def test_a_number_stands_in_the_clause(
    records: Records, library: Library, by: By, answer: str, wrong: str | None
) -> None:
    """By its value, in either script; the document's own number may be named."""
    given = {**GIVEN, "answer": answer}
    if wrong is None:
        assert write_card(records.answers, library, given, by("张三")).answer == answer
        return
    with pytest.raises(InputError) as caught:
        write_card(records.answers, library, given, by("张三"))

    assert f"「{wrong}」" in str(caught.value)


@pytest.mark.parametrize(
    ("question", "good"),
    [
        ("能不能享受？", True),
        ("我们是支持类项目，底价怎么算？", True),
        ("底价怎么算，以及找谁？", False),
        ("有底价吗？有绿色通道吗？", False),
        ("底价？绿色通道？", False),
    ],
)
def test_a_card_has_one_question(
    records: Records, library: Library, by: By, question: str, *, good: bool
) -> None:
    """Two question marks, or two parts that ask, are two cards."""
    given = {**GIVEN, "question": question}
    if good:
        write_card(records.answers, library, given, by("张三"))
        return
    with pytest.raises(InputError) as caught:
        write_card(records.answers, library, given, by("张三"))

    assert list(faults(caught)) == ["/question"]


def test_an_edit_leaves_the_old_version(records: Records, library: Library, by: By) -> None:
    """The desk keeps the approved one until the new one is approved; then the old one is withdrawn."""
    first = approved(records, library, by)
    edit_card(
        records.answers, library, Seen(first.id, 1), {**GIVEN, "answer": "以主管部门认定为准。"}, by("李四")
    )
    (held,) = cards_for(records.answers, library, CLAUSE, date(2026, 3, 1))
    submit_card(records.answers, Seen(first.id, 2), by("李四"))
    second = approve_card(records.answers, library, Seen(first.id, 2), by("张三"))
    (now,) = cards_for(records.answers, library, CLAUSE, date(2026, 3, 1))
    old, _ = records.answers.versions(first.id)

    assert held.version == first
    assert now.version == second
    assert old == replace(first, status=AnswerStatus.WITHDRAWN)


def test_overdue_is_seen_on_the_day(records: Records, library: Library, by: By) -> None:
    """Not on the last day, but on the next; overdue cards come last."""
    approved(records, library, by, review_by="2026-03-10", answer="以认定为准。")
    approved(records, library, by, review_by="2026-03-11", target=MEASURE)
    last_day = cards_for(records.answers, library, CLAUSE, date(2026, 3, 10))
    after = cards_for(records.answers, library, CLAUSE, date(2026, 3, 11))

    assert [(card.version.target, card.overdue) for card in last_day] == [(CLAUSE, False), (MEASURE, False)]
    assert [(card.version.target, card.overdue) for card in after] == [(MEASURE, False), (CLAUSE, True)]


def test_a_measure_finds_its_own_cards_first(records: Records, library: Library, by: By) -> None:
    """Then those of its clause; others not."""
    for target in (CLAUSE, MEASURE, "yang-2023-1/2"):
        approved(records, library, by, target=target, answer="以认定为准。")
    cards = cards_for(records.answers, library, MEASURE, date(2026, 3, 1))
    several = cards_of(records.answers, ["yang-2023-1/2", MEASURE], date(2026, 3, 1))

    assert [card.version.target for card in cards] == [MEASURE, CLAUSE]
    assert [card.version.target for card in several] == ["yang-2023-1/2", MEASURE]


def test_a_withdrawn_card_is_gone_from_the_desk(records: Records, library: Library, by: By) -> None:
    """And cannot be withdrawn, submitted or approved again."""
    answer = approved(records, library, by)
    withdraw_card(records.answers, Seen(answer.id, 1), by("张三"))
    attempts = (
        lambda: withdraw_card(records.answers, Seen(answer.id, 1), by("张三")),
        lambda: submit_card(records.answers, Seen(answer.id, 1), by("张三")),
        lambda: approve_card(records.answers, library, Seen(answer.id, 1), by("李四")),
    )

    assert cards_for(records.answers, library, CLAUSE, date(2026, 3, 1)) == ()
    for attempt in attempts:
        with pytest.raises(InputError, match="/status"):
            attempt()


def test_a_draft_is_not_approved_unseen(records: Records, library: Library, by: By) -> None:
    """草稿 goes through 待审."""
    answer = write_card(records.answers, library, GIVEN, by("张三"))
    with pytest.raises(InputError, match="待审"):
        approve_card(records.answers, library, Seen(answer.id, 1), by("李四"))


def test_approval_checks_the_card_again(records: Records, library: Library, by: By) -> None:
    """The library, or the day, may have moved on since it was written."""
    answer = write_card(records.answers, library, GIVEN, by("张三"))
    submit_card(records.answers, Seen(answer.id, 1), by("张三"))
    later = Act(who="李四", now=by("").now + timedelta(days=365), today=date(2027, 3, 1))
    with pytest.raises(InputError, match="/review_by"):
        approve_card(records.answers, library, Seen(answer.id, 1), later)
    with pytest.raises(InputError, match="/target"):
        approve_card(records.answers, _without_documents(library), Seen(answer.id, 1), by("李四"))


def _without_documents(library: Library) -> Library:
    return Library(
        digests=library.digests,
        documents=(),
        encoded=(),
        vocabulary=library.vocabulary,
        sources={},
        key_projects=(),
        size_classes=(),
    )


def test_nobody_acts_on_a_version_they_did_not_read(records: Records, library: Library, by: By) -> None:
    """Whenever the newer one was written: it is the version on the screen that is acted on, not the newest."""
    first = write_card(records.answers, library, GIVEN, by("张三"))
    edit_card(records.answers, library, Seen(first.id, 1), {**GIVEN, "answer": "别的。"}, by("张三"))
    submit_card(records.answers, Seen(first.id, 2), by("张三"))
    attempts = (
        lambda: submit_card(records.answers, Seen(first.id, 1), by("李四")),
        lambda: approve_card(records.answers, library, Seen(first.id, 1), by("李四")),
        lambda: edit_card(records.answers, library, Seen(first.id, 1), GIVEN, by("李四")),
    )
    for attempt in attempts:
        with pytest.raises(InputError, match="/version"):
            attempt()

    assert newest_version(records.answers, first.id).status is AnswerStatus.PENDING
    assert len(records.answers.versions(first.id)) == 2


def test_two_who_decide_at_once_do_not_both(records: Records, library: Library, by: By) -> None:
    """The second is told to look again."""

    class Late:
        """A store that shows what was, and refuses what is."""

        def __init__(self, version: StandardAnswer) -> None:
            self._version = version

        def versions(self, name: str) -> tuple[StandardAnswer, ...]:
            del name
            return (self._version,)

        def __getattr__(self, name: str) -> object:
            return getattr(records.answers, name)

    seen = write_card(records.answers, library, GIVEN, by("张三"))
    submit_card(records.answers, Seen(seen.id, 1), by("张三"))
    with pytest.raises(InputError, match="别人改动"):
        submit_card(Late(seen), Seen(seen.id, 1), by("李四"))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="别人改动"):
        edit_card(Late(replace(seen, version=0)), library, Seen(seen.id, 0), GIVEN, by("李四"))  # type: ignore[arg-type]


def test_what_is_not_there_is_said(records: Records, library: Library, by: By) -> None:
    """A card, and a version of one."""
    answer = write_card(records.answers, library, GIVEN, by("张三"))
    with pytest.raises(NotFoundError):
        submit_card(records.answers, Seen("none", 1), by("张三"))
    with pytest.raises(NotFoundError):
        withdraw_card(records.answers, Seen(answer.id, 2), by("张三"))


class OutOfReach:
    """Records that cannot be read just now."""

    def approved(self, _targets: object) -> list[StandardAnswer]:
        raise StorageError


def test_an_answer_carries_the_approved_wording_until_it_is_overdue(
    records: Records, library: Library, by: By
) -> None:
    """Beside the clause; never while only written, nor after its day, nor when the records are out of reach."""
    snapshot = take_snapshot(library, datetime(2023, 6, 30, tzinfo=UTC))
    found = answer(snapshot, AnswersQuery(q="盖厂房买地能便宜多少"), date(2026, 3, 1))

    def wording(day: date, store: AnswerStore) -> str | None:
        worded = with_standard_answers(found, library, store, day)
        return worded.answer.standard_answer if worded.answer else None

    before = wording(date(2026, 3, 1), records.answers)
    approved(records, library, by, target=MEASURE)

    assert found.answer is not None
    assert found.answer.measure_id == MEASURE
    assert before is None
    assert wording(date(2026, 3, 1), records.answers) == GIVEN["answer"]
    assert wording(date(2026, 9, 2), records.answers) is None
    assert wording(date(2026, 3, 1), OutOfReach()) is None  # type: ignore[arg-type]
