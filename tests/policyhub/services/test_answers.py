"""What an agent is given: words to say, the clause verbatim, what not to promise, whom to turn to."""

from datetime import UTC, date, datetime

import pytest

from policyhub.services.answers import AnswersQuery, AnswersView, answer
from policyhub.services.caution import cautions
from policyhub.snapshot import Snapshot, take_snapshot
from tests.packaged import packaged, search_over

DAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return take_snapshot(packaged(), datetime(2023, 6, 30, tzinfo=UTC), search_over)


def asked(snapshot: Snapshot, question: str) -> AnswersView:
    return answer(snapshot, AnswersQuery(q=question), DAY)


def test_the_floor_price_is_said_as_a_floor_and_not_a_price(snapshot: Snapshot) -> None:
    found = asked(snapshot, "盖厂房买地能便宜多少")

    assert found.answer is not None
    assert found.answer.clause_id == "jszb-2023-19/15"
    assert "70％" in found.answer.quote
    assert "不是成交价" in found.answer.caution[0]
    assert found.answer.units[0].name == "市规划和自然资源局"
    assert 1 <= len(found.ask) <= 3
    assert found.triage is not None
    assert found.triage.line == "12345"


def test_an_amount_that_the_clause_leaves_open_is_said_to_be_open(snapshot: Snapshot) -> None:
    found = asked(snapshot, "做光机电的项目市里补多少钱")

    assert found.answer is not None
    assert found.answer.clause_id == "jszb-2023-19/11"
    assert "金额条文没有写" in found.answer.spoken
    assert any("金额条文没有写" in one for one in found.answer.caution)


def test_what_is_not_there_is_said_not_to_be_there(snapshot: Snapshot) -> None:
    found = asked(snapshot, "公积金贷款最高额度")

    assert not found.found
    assert found.answer is None
    assert found.alternatives == ()
    assert "查不到" in (found.note or "")
    assert "住房公积金" in (found.note or "")


def test_an_emergency_is_triaged_whatever_else_is_found(snapshot: Snapshot) -> None:
    found = asked(snapshot, "楼下有人打架，快来")

    assert found.triage is not None
    assert (found.triage.line, found.triage.urgent) == ("110", True)
    assert found.answer is not None
    assert found.answer.spoken == "打架斗殴属治安类警情，由110受理。"
    assert found.triage.quote in snapshot.library.clauses[found.triage.clause_id].text


@pytest.mark.parametrize(
    "called", ["电梯困人", "老板跑路了拖欠工资几百人堵门", "有人触电了", "煤气泄漏", "车祸死人了"]
)
def test_what_is_said_to_an_emergency_is_its_line(snapshot: Snapshot, called: str) -> None:
    """Whatever clause is alike; nothing else is offered."""
    found = asked(snapshot, called)

    assert found.answer is not None
    assert found.triage is not None
    assert found.answer.spoken == found.triage.reason.replace(" ", "")
    assert found.answer.clause_id == found.triage.clause_id
    assert found.alternatives == ()


def test_a_question_about_calls_is_no_call(snapshot: Snapshot) -> None:
    """It is answered by the clause that says how calls are handed on."""
    found = asked(snapshot, "12345接到打架斗殴的来电怎么转")

    assert found.answer is not None
    assert found.answer.clause_id == "jszb-2023-21/s3.1"


def test_both_of_two_questions_are_answered(snapshot: Snapshot) -> None:
    """In one breath."""
    found = asked(snapshot, "我想问光伏用地有什么政策，另外招商引荐有没有奖励")
    answers = [one.clause_id for one in (found.answer, *found.alternatives) if one is not None]

    assert answers == ["jszb-2023-19/15", "jszb-2023-19/4"]


def test_a_bare_number_is_answered_with_what_stands_there(snapshot: Snapshot) -> None:
    found = asked(snapshot, "19号15条")

    assert found.answer is not None
    assert found.answer.spoken == "19号文件第二部分第15条写的是强化用地保障。"
    assert found.answer.quote == "支持民间投资项目纳入省、市重点工程项目清单。"


def test_several_measures_that_answer_are_all_said(snapshot: Snapshot) -> None:
    found = asked(snapshot, "厂里想盖职工宿舍能占多少地，还有新办的小厂没有抵押公家给担保不")

    assert found.answer is not None
    said = {found.answer.clause_id, *(one.clause_id for one in found.alternatives)}
    assert {"jszb-2023-19/17", "jszb-2023-19/16"} <= said


def test_every_quote_is_verbatim_and_every_answer_can_be_said(snapshot: Snapshot) -> None:
    """Over one question of every clause."""
    for questions in snapshot.library.speech.questions:
        found = asked(snapshot, questions.everything[-1])
        for one in (found.answer, *found.alternatives):
            if one is not None:
                assert one.quote in snapshot.library.clauses[one.clause_id].text
                assert 0 < len(one.spoken) <= 60


@pytest.mark.parametrize(
    ("measure", "word"),
    [
        ("jszb-2023-19/8/presale-supervision-reduction", "适度"),
        ("jszb-2023-19/8/delivery-within-24-months", "原则上"),
        ("jszb-2023-19/13/advanced-efficiency-approval", "优先"),
        ("jszb-2023-19/11/agricultural-leader-award", "名次"),
        ("jszb-2023-19/14/eia-quota-decoupling", "可"),
        ("jszb-2023-19/4/attraction-reward", "金额"),
    ],
)
def test_open_words_are_not_promised(snapshot: Snapshot, measure: str, word: str) -> None:
    assert any(word in one for one in cautions(snapshot.library.measures[measure]))
