"""A result says in words what the matcher found, all of it and nothing else."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from matcher.evaluate import fold
from matcher.finding import LABELS
from matcher.match import Matcher
from matcher.predicates import Outcome
from matcher.truth import Truth
from policies.library import Library
from policies.rules import Kind, conditions
from policyhub.services import reasons
from policyhub.services.errors import InputError
from policyhub.services.facts_told import NOT_SAID, NOT_USED
from policyhub.services.flip_words import Change, flip_words
from policyhub.services.match import read_match
from policyhub.services.result import GROUPS, Card, Result
from policyhub.snapshot import Snapshot, take_snapshot
from tests.results import result_for
from tests.sample import AS_OF, sample_library

PROJECTS = sorted((Path(__file__).parents[3] / "examples/projects").glob("*.json"))
DAY = datetime(2023, 7, 1, tzinfo=UTC)
KINDS = [kind.value for kind in Kind]


def today() -> date:
    return AS_OF


@pytest.fixture(scope="module")
def packaged(packaged_library: Library) -> Snapshot:
    return take_snapshot(packaged_library, DAY)


def sample(**profile: Any) -> Result:
    """A result over the small library."""
    return result_for(take_snapshot(sample_library(), DAY), AS_OF, {"profile": profile})


def card(result: Result, slug: str) -> Card:
    found = [one for group in result.groups for one in group.cards if one.measure.id.endswith(f"/{slug}")]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("file", PROJECTS, ids=lambda path: path.stem)
def test_every_finding_is_one_card(packaged: Snapshot, file: Path) -> None:
    """Labels, conditions, missing facts as the matcher gives them; of the same score what gives most comes first."""
    given = json.loads(file.read_text(encoding="utf-8"))
    result = result_for(packaged, AS_OF, given)
    order = read_match(packaged.library, today, given)
    answer = Matcher(packaged.library).match(order.profile, order.as_of)
    findings = json.loads(bytes(answer.findings))

    labels = [group.label for group in result.groups]
    assert labels == [LABELS[key] for key in GROUPS if LABELS[key] in labels]
    for group in result.groups[:-1]:
        told = sorted(
            (one for one in findings if one["label"] == group.label),
            key=lambda one: (-one["score"], KINDS.index(one["kind"])),
        )
        assert [one.measure.id for one in group.cards] == [one["measure_id"] for one in told]
        for one, finding in zip(group.cards, told, strict=True):
            lines = [line for line in one.conditions if not line.heading]
            assert [line.fact for line in lines] == [found["fact"] for found in finding["conditions"]]
            assert len(one.missing) == len(finding["missing"])
            assert len(one.gaps) == len(finding["flips"])
            assert one.measure.quote == finding["quote"]
    assert sum(len(group.cards) for group in result.groups[:-1]) == len(findings)
    assert {one.measure.id for one in result.groups[-1].cards} == set(answer.not_applicable)


def test_anchors_tell_cards_apart(packaged: Snapshot) -> None:
    """Also those of one measure for two projects."""
    result = result_for(packaged, AS_OF, {"profile": {"projects": [{}, {}], "enterprise": {}}})
    anchors = Counter(one.anchor for group in result.groups for one in group.cards)

    assert set(anchors.values()) == {1}


def test_trees_mean_what_the_rules_mean(packaged_library: Library) -> None:
    """For every measure and made-up outcomes: the same truth; and what is blamed is to blame."""
    draw, words = Random(19), {truth: truth.name.lower() for truth in Truth}
    blamed = 0
    for measure in packaged_library.measures.values():
        tree, leaves = reasons.grow(measure.rule, packaged_library.vocabulary), conditions(measure.rule)
        for _ in range(40):
            truths = [draw.choice(list(Truth)) for _ in leaves]
            results = [reasons.Result(words[truth], None, None) for truth in truths]
            truth = fold(measure.rule, [Outcome(one) for one in truths])
            assert reasons.holds(tree, results) is truth, measure.id
            against = list(reasons.against(tree, results))
            lines = [line for line in reasons.lines(tree, results) if not line.heading]
            assert len(lines) == len(leaves)
            assert bool(against) is (truth is Truth.FALSE)
            unmet = {line.sentence for line in lines if line.mark.name == "unmet"}
            assert set(against) <= unmet
            blamed += len(against)
    assert blamed > 1000


def test_what_must_not_be_is_said_the_other_way_round() -> None:
    """均不满足: not enjoying funds is good for the reader, enjoying them rules the measure out."""
    good = card(sample(enterprise={"享受财政资金扶持": "否"}), "top-award").conditions[-1]
    bad = card(sample(enterprise={"享受财政资金扶持": "是"}), "top-award")

    assert (good.mark.word, good.value) == ("满足", "否")
    assert (bad.conditions[-1].mark.word, bad.conditions[-1].value) == ("不满足", "是")
    assert good.sentence == bad.conditions[-1].sentence
    assert bad.because == (good.sentence,)
    assert not good.sentence.startswith("并非")


def test_alternatives_stand_under_a_heading() -> None:
    """The heading carries the mark of the whole; one of them met is enough."""
    found = [
        one
        for group in sample(enterprise={}).groups
        for one in group.cards
        if any(line.heading for line in one.conditions)
    ]

    assert found
    for one in found:
        depths = [line.depth for line in one.conditions]
        first = next(place for place, line in enumerate(one.conditions) if line.heading)
        assert depths[first + 1] == depths[first] + 1


def test_amounts_are_as_printed_or_said_to_be_missing(packaged: Snapshot) -> None:
    """金额未载明 where the text gives none; nothing at all where money is not the point."""
    result = result_for(packaged, AS_OF, {"profile": {"enterprise": {}, "projects": [{}], "assets": [{}]}})
    amounts = {one.measure.id: one.measure.amount for group in result.groups for one in group.cards}
    printed = {name: one.benefit.amount for name, one in packaged.library.measures.items()}

    assert set(amounts) == set(printed)
    for name, amount in amounts.items():
        assert amount == {"未载明": "金额未载明", "不涉及": ""}.get(printed[name], printed[name])
    assert "金额未载明" in amounts.values()


def test_a_gap_is_a_sentence(packaged: Snapshot) -> None:
    """Stated facts would have to change, unstated ones to be so; and somebody may still have to decide."""
    vocabulary = packaged.library.vocabulary
    zone = Change("project.in_zone", "是", value=True)
    share_fact = vocabulary.by_label()["项目.配套用地占总用地面积的比例"].id
    share = Change(share_fact, "不高于7%", value="7%")
    level = Change("project.zone_level", "国家级开发区", value="国家级开发区")

    assert flip_words([zone], {zone.fact}, vocabulary, decided=False) == "若项目在开发区内，就符合条件"
    assert (
        flip_words([level, share], {level.fact}, vocabulary, decided=True)
        == "若项目开发区级别改为国家级开发区，且项目配套用地占总用地面积的比例不高于7%，就符合条件，但仍须认定"
    )


def test_who_decides_is_named() -> None:
    """By the words of the clause file."""
    found = card(
        sample(enterprise={"所有制": "民营企业", "企业规模": "中型", "带动能力强": True}), "sme-award"
    )

    assert found.key == "to_determine"
    assert [one.decided_by for one in found.decisions] == ["由市工信局认定"]


def test_an_unchecked_catalogue_is_named() -> None:
    """The reader must know which list to look into."""
    lines = card(sample(enterprise={}), "top-award").conditions

    assert "须核对《绿色工厂名录》" in [line.reason for line in lines]


def test_what_has_no_such_subject_says_no_more_than_that() -> None:
    """Everything else is explained."""
    groups = {group.key: group.cards for group in sample(enterprise={"所有制": "国有企业"}).groups}

    assert {one.because for one in groups["not_applicable"]} == {("没有填写项目",), ("没有填写存量资产",)}
    assert not any(one.conditions for one in groups["not_applicable"])
    assert all(one.because and one.conditions for one in groups["ineligible"])


def test_progress_counts_what_answers_settle() -> None:
    """The number of questions and of findings; nothing where no answer helps."""
    result = sample(enterprise={"所有制": "民营企业"})

    assert result.progress.startswith("再答 ")
    assert result.next_question == result.questions[0]
    assert sample().progress == ""


def test_facts_are_told_as_stated_and_as_understood() -> None:
    """Text that was resolved, a number with its unit, what was not understood, what follows from others."""
    facts = sample(
        enterprise={"所有制": "民企", "revenue": "15000万元"},
        projects=[{"建设地点": "火星", "name": "甲项目"}],
    ).facts
    told = {one.name: one for one in facts}

    assert (told["所有制"].stated, told["所有制"].understood) == ("民企", "民营企业")
    assert "民企" in told["所有制"].origin
    assert (told["营业收入"].stated, told["营业收入"].understood) == ("15000万元", "1.5亿元")
    assert (told["建设地点"].understood, told["建设地点"].used) == (NOT_USED, False)
    assert told["建设地点"].subject == "项目“甲项目”"


def test_derived_facts_say_that_nobody_stated_them(packaged: Snapshot) -> None:
    """With the source of the derivation."""
    given = {"profile": {"projects": [{"开发区级别": "国家级开发区"}]}}
    told = {one.name: one for one in result_for(packaged, AS_OF, given).facts}

    assert told["在开发区内"].stated == NOT_SAID
    assert told["在开发区内"].origin.startswith("推得：")


def test_faults_are_refused_like_those_of_a_match() -> None:
    """With their pointers."""
    with pytest.raises(InputError, match="/profile/enterprise/所有制度"):
        sample(enterprise={"所有制度": "民营"})


def test_results_of_two_libraries_are_kept_apart(packaged: Snapshot) -> None:
    """What is remembered of one library is not said of another."""
    empty: dict[str, Any] = {"profile": {"enterprise": {}}}
    first = result_for(packaged, AS_OF, empty)
    other = sample(enterprise={})

    assert result_for(packaged, AS_OF, empty) == first
    assert {one.measure.document_id for group in other.groups for one in group.cards} == {"yang-2023-1"}
