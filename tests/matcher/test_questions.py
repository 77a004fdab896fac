"""The next questions: what to ask, in which order, and how much it settles."""

from itertools import product
from typing import Any

from hypothesis import given

from matcher.evaluate import evaluate, grounds
from matcher.intake import read_profile
from matcher.match import Matcher, Wanted
from matcher.predicates import Ground, judge
from matcher.profile import Profile, SubjectFacts
from matcher.questions import Question
from matcher.truth import Truth
from policies.rules import Measure, Value, conditions
from tests.matcher.generated import parts, profile_of, steady, values_of
from tests.sample import AS_OF, sample_library

LIBRARY = sample_library()
MATCHER = Matcher(LIBRARY)


def asked(**stated: Any) -> tuple[Question, ...]:
    return MATCHER.match(read_profile(stated, LIBRARY), AS_OF).questions


def test_the_first_question_settles_the_most_for_the_least() -> None:
    first = asked(projects=[{"orientation": "支持类", "ancillary_share": "5%"}])[0]

    assert (first.fact, first.findings, first.settles) == ("project.industrial", 2, 2)


def test_nothing_is_asked_when_nothing_more_can_be_settled() -> None:
    wanted = Wanted(measures=frozenset({"yang-2023-1/2/top-award"}))
    stated = {"enterprise": {"employees": 101, "funded": False}}

    assert MATCHER.match(read_profile(stated, LIBRARY), AS_OF, wanted).questions == ()


def test_a_question_brings_all_that_a_form_needs() -> None:
    [question] = [one for one in asked(projects=[{"industrial": True}]) if one.fact == "project.orientation"]

    assert (question.name, question.question, question.choices, question.index) == (
        "产业导向类别",
        "项目属于哪一类？",
        ("支持类", "一般类", "限制类"),
        0,
    )


def test_a_fact_of_the_enterprise_is_asked_once_for_all() -> None:
    facts = [(one.fact, one.index) for one in asked(enterprise={}, projects=[{}, {}])]

    assert len(facts) == len(set(facts))
    assert ("project.industrial", 1) in facts


def test_how_many_findings_the_questions_settle_is_what_trying_every_answer_gives() -> None:
    @steady(60)
    @given(parts(LIBRARY))
    def hold(stated: Any) -> None:
        profile = profile_of(LIBRARY, *stated)
        listed = MATCHER.match(profile, AS_OF).questions
        for place, question in enumerate(listed):
            known = {(one.subject, one.index, one.fact) for one in listed[: place + 1]}

            assert question.settles == sum(_settled_by(known, *found) for found in _undetermined(profile))

    hold()


def _undetermined(profile: Profile) -> list[tuple[SubjectFacts, Measure, dict[str, Value]]]:
    """The findings that more facts of the applicant, and nothing else, could settle."""
    found = []
    for measure in LIBRARY.measures.values():
        for one in profile.subjects():
            if one.kind is measure.subject:
                values = {name: fact.value for name, fact in profile.known_to(one).items()}
                evaluation = evaluate(measure.rule, values, LIBRARY.vocabulary)
                if evaluation.truth is Truth.UNKNOWN and grounds(measure.rule, evaluation.outcomes) == {
                    Ground.NOT_STATED
                }:
                    found.append((one, measure, values))
    return found


def _settled_by(known: set[Any], one: SubjectFacts, measure: Measure, values: dict[str, Value]) -> bool:
    facts = LIBRARY.vocabulary.facts
    names = [
        name
        for name in dict.fromkeys(leaf.fact for leaf in conditions(measure.rule))
        if (facts[name].subject, one.index if facts[name].subject is one.kind else 0, name) in known
    ]
    answers = [
        [value for value in values_of(LIBRARY, facts[name]) if _decides(measure, name, value)]
        for name in names
    ]
    return all(
        evaluate(measure.rule, {**values, **dict(zip(names, trial, strict=True))}, LIBRARY.vocabulary).truth
        is not Truth.UNKNOWN
        for trial in product(*answers)
    )


def _decides(measure: Measure, name: str, value: Value) -> bool:
    leaves = [leaf for leaf in conditions(measure.rule) if leaf.fact == name]
    return all(judge(leaf, value, LIBRARY.vocabulary).truth is not Truth.UNKNOWN for leaf in leaves)


def test_a_fact_beside_an_open_ground_is_asked_and_not_counted() -> None:
    """An answer of 否 would settle it, so it is worth asking; 是 would not, so nothing is promised."""
    wanted = Wanted(measures=frozenset({"yang-2023-1/2/sme-award"}))
    profile = read_profile({"enterprise": {"ownership": "混合所有制企业", "size": "中型"}}, LIBRARY)
    listed = MATCHER.match(profile, AS_OF, wanted).questions

    assert listed
    assert all((one.findings, one.settles) == (1, 0) for one in listed)
