"""The documents answer, or they do not; no answer is better than a wrong one."""

import re

import pytest

from policies.library import Library
from policies.rules import conditions
from search_index.answer import Selection
from search_index.normalise import normalise
from search_index.spoken import LONGEST, say_measure


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("盖厂房买地能便宜多少", "jszb-2023-19/15/land-floor-price"),
        ("做光机电的项目市里补多少钱", "jszb-2023-19/11/chain-subsidy"),
        ("首次违法轻微改正了还罚不罚", "jszb-2023-19/7/first-offence-leniency"),
        ("REITs发行成功给原始权益人多少补助", "jszb-2023-20/12/reits-issuance-subsidy"),
    ],
)
def test_a_question_leads_to_its_measure(selection: Selection, question: str, measure: str) -> None:
    assert measure in [point.measure_id for point in selection.select(question).answers]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("公积金贷款最高额度", "住房公积金"),
        ("稳岗返还怎么申领", "稳岗返还"),
        ("五险一金单位缴费比例", None),
        ("驾驶证到期换证", None),
        ("今天天气怎么样", None),
    ],
)
def test_what_no_clause_answers_is_not_answered(
    selection: Selection, question: str, topic: str | None
) -> None:
    selected = selection.select(question)

    assert selected.answers == ()
    assert topic is None or topic in (selected.outside or "")


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("工业用地最低价一亩多少万", "单价"),
        ("申请前期费需要什么材料", "材料清单"),
        ("市能源局局长是谁", "人名"),
    ],
)
def test_a_detail_that_no_clause_prints_is_not_made_up(
    selection: Selection, question: str, detail: str
) -> None:
    selected = selection.select(question)

    assert selected.answers == ()
    assert selected.detail == detail
    assert selected.related


def test_a_citation_is_answered_with_its_clause_alone(selection: Selection) -> None:
    selected = selection.select("20号第十二条")

    assert [point.clause_id for point in selected.answers] == ["jszb-2023-20/12"]


def test_every_measure_can_be_said(library: Library) -> None:
    for measure in library.measures.values():
        assessed = any(condition.decided_by is not None for condition in conditions(measure.rule))
        said = say_measure(measure, assessed=assessed)
        printed = normalise(library.clauses[measure.clause_id].text)
        numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?%?", normalise(said))

        assert len(said) <= LONGEST, measure.id
        assert not re.search("[（）()《》“”]|保证能|一定能|肯定", said), measure.id
        assert all(number in printed for number in numbers), (measure.id, said)
