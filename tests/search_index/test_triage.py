"""Which line: by the rules of 21号, emergencies first, and silent on plain policy questions."""

import pytest

from policies.library import Library
from search_index.triage import Triage


@pytest.fixture(scope="module")
def triage(library: Library) -> Triage:
    return Triage(library.speech.triage)


@pytest.mark.parametrize(
    ("said", "line", "urgent"),
    [
        ("楼下有人打架，快来", "110", True),
        ("路上撞车了，有人受伤", "110", True),
        ("厂里着火了", "其他", True),
        ("两家为地界闹纠纷，对方要动手", "12345和110", True),
        ("窗口办事的人态度差，我要投诉", "12345", False),
        ("老板拖欠工资三个月", "12345", False),
        ("我被骗了五千块", "110", False),
        ("小区停水两天了", "12345", False),
        ("不知道归谁管这个事", "12345和110", False),
    ],
)
def test_a_request_goes_to_its_line(triage: Triage, said: str, line: str, urgent: bool) -> None:
    rule = triage.of(said)

    assert rule is not None
    assert (rule.line.value, rule.urgent) == (line, urgent)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("电梯卡住了，人在里面出不来", "110"),
        ("电梯故障有人被关在里面", "110"),
        ("楼上冒烟了", "其他"),
        ("有人被电倒了", "其他"),
        ("老人摔倒起不来了", "其他"),
        ("氨气泄漏", "110"),
        ("矿井透水了", "110"),
        ("变压器冒火花", "110"),
        ("车祸死人了", "110"),
    ],
)
def test_a_call_for_help_is_one(triage: Triage, said: str, line: str) -> None:
    rule = triage.of(said)

    assert rule is not None
    assert (rule.line.value, rule.urgent) == (line, True)


@pytest.mark.parametrize(
    "said",
    [
        "触电保护器要不要检测",
        "消防着火应急预案要报哪里",
        "项目着火了还能享受补贴吗",
        "电梯坏了没人修",
        "透水混凝土有补贴吗",
    ],
)
def test_words_of_danger_alone_are_no_call_for_help(triage: Triage, said: str) -> None:
    rule = triage.of(said)

    assert rule is None or not rule.urgent


def test_an_emergency_wins_over_whatever_else_is_said(triage: Triage) -> None:
    rule = triage.of("我要投诉物业停水，现在楼下打起来了")

    assert rule is not None
    assert rule.urgent


@pytest.mark.parametrize(
    "said",
    [
        "企业被罚款能不能免罚",
        "光伏项目并网指标",
        "盖厂房买地能便宜多少",
        "工业用地提高容积率",
        "REITs发行补助",
    ],
)
def test_a_policy_question_is_no_emergency(triage: Triage, said: str) -> None:
    assert triage.of(said) is None


def test_every_rule_fires_on_its_own_words(triage: Triage) -> None:
    for rule in triage.rules:
        said = rule.words[0] + (rule.also[0] if rule.also else "")
        fired = triage.of(said)
        assert fired is not None, rule.id
        assert triage.rules.index(fired) <= triage.rules.index(rule), rule.id
