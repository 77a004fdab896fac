"""From a decoded profile to typed facts: what is good is understood, every fault is told at once."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.finding import encode
from matcher.intake import MAX_HINTS, MAX_SUBJECTS, ProfileError, read_profile
from matcher.match import Matcher, match
from matcher.profile import Profile
from tests.matcher.generated import steady
from tests.sample import AS_OF, sample_library

MATCHER = Matcher(sample_library())


def read(**stated: Any) -> Profile:
    return read_profile(stated, sample_library())


def faults(stated: Any) -> dict[str, str]:
    with pytest.raises(ProfileError) as caught:
        read_profile(stated, sample_library())
    return {fault.pointer: fault.detail for fault in caught.value.faults}


def enterprise(**stated: Any) -> dict[str, Any]:
    profile = read(enterprise=stated)
    assert profile.enterprise is not None
    return {name: fact.value for name, fact in profile.enterprise.facts.items()}


def test_every_fault_is_told_at_once_with_its_pointer_and_the_nearest_word() -> None:
    told = faults(
        {
            "enterprize": {},
            "enterprise": {"ownershp": "民营企业", "employees": "很多", "leading": "对", "registered_on": 5},
            "projects": [{"investment": "60亩"}, "一个项目"],
            "assets": {"owner": "国有企业"},
        }
    )

    assert told == {
        "/profile/enterprize": "没有名为「enterprize」的对象；是否应为「enterprise」？",
        "/profile/enterprise/ownershp": "没有名为「ownershp」的企业的事实；是否应为「ownership」？",
        "/profile/enterprise/employees": "「从业人员」应为一个数，如 3人，实为「很多」",
        "/profile/enterprise/leading": "「带动能力强」应为是或否（true 或 false），实为「对」",
        "/profile/enterprise/registered_on": "「登记日期」应为一个日期，如 2023-06-02，实为数 5",
        "/profile/projects/0/investment": "「总投资」应为金额，如 3万元，实为「60亩」",
        "/profile/projects/1": "应为一组「键: 值」，实为「一个项目」",
        "/profile/assets": "应为列表，实为一组「键: 值」",
    }


@pytest.mark.parametrize("whole", [None, [], "画像", 3, True])
def test_a_profile_that_is_no_mapping_is_one_fault(whole: Any) -> None:
    assert list(faults(whole)) == ["/profile"]


def test_pointers_escape_slashes_and_tildes() -> None:
    assert list(faults({"enterprise": {"a/b~c": 1}})) == ["/profile/enterprise/a~1b~0c"]


def test_chinese_keys_say_the_same_as_english_ones() -> None:
    english = read(enterprise={"ownership": "民营企业"}, projects=[{"investment": "2亿元"}])
    chinese = read(企业={"所有制": "民营企业"}, 项目=[{"总投资": "2亿元"}])

    assert english == chinese


def test_a_fact_said_in_two_spellings_is_a_fault() -> None:
    assert faults({"enterprise": {"leading": True, "带动能力强": False}}) == {
        "/profile/enterprise/带动能力强": "「带动能力强」说了两次（英文键和中文键只用一个）"
    }


def test_a_subject_said_in_two_spellings_is_a_fault() -> None:
    assert list(faults({"enterprise": {}, "企业": {}})) == ["/profile/企业"]


def test_null_means_unknown_everywhere() -> None:
    profile = read(enterprise={"ownership": None}, projects=None, assets=[{"owner": None}])

    assert profile.enterprise is not None
    assert (profile.enterprise.facts, profile.projects, len(profile.assets)) == ({}, (), 1)


@pytest.mark.parametrize(
    "number",
    [
        -1,
        -0.5,
        "-3万元",
        float("nan"),
        float("inf"),
        10**40,
        -(10**5000),
        1e300,
        1e-200,
        Decimal("NaN"),
        True,
        [],
        {},
    ],
    ids=lambda number: type(number).__name__,
)
def test_an_impossible_number_is_a_fault_and_never_a_crash(number: Any) -> None:
    assert list(faults({"enterprise": {"revenue": number}})) == ["/profile/enterprise/revenue"]


@pytest.mark.parametrize(
    ("number", "amount", "understood"),
    [
        (60, Fraction(60), "60亩"),
        (2.5, Fraction(5, 2), "2.5亩"),
        (0, Fraction(0), "0亩"),
        ("60亩", Fraction(60), "60亩"),
        ("60", Fraction(60), "60亩"),
        ("40000平方米", Fraction(60), "40000平方米 = 60亩"),
        ("六十亩", Fraction(60), "六十亩 = 60亩"),
        ("８公顷", Fraction(120), "８公顷 = 120亩"),
        (Decimal("0.1"), Fraction(1, 10), "0.1亩"),
    ],
)
def test_a_number_is_kept_exactly_and_echoed_as_understood(
    number: Any, amount: Fraction, understood: str
) -> None:
    [project] = read(projects=[{"land_area": number}]).projects
    stated = project.facts["project.land_area"]

    assert (stated.value, stated.understood) == (amount, understood)


@pytest.mark.parametrize("day", ["2023-02-30", "1899-12-31", "2101-01-01", "昨天", "2023/06/02", ""])
def test_a_day_outside_the_calendar_or_the_centuries_is_a_fault(day: str) -> None:
    assert list(faults({"enterprise": {"registered_on": day}})) == ["/profile/enterprise/registered_on"]


@pytest.mark.parametrize("text", ["", "  ", "长" * 201])
def test_a_text_that_is_blank_or_endless_is_a_fault(text: str) -> None:
    assert list(faults({"projects": [{"name": text}]})) == ["/profile/projects/0/name"]


def test_too_many_subjects_are_a_fault() -> None:
    assert list(faults({"projects": [{}] * (MAX_SUBJECTS + 1)})) == ["/profile/projects"]


def test_many_unknown_words_are_all_named_but_not_all_compared() -> None:
    """To look for the nearest word takes a while."""
    found = faults({"enterprise": {f"ownershi{number:04}": 1 for number in range(200)}})

    assert len(found) == 200
    assert sum("是否应为" in detail for detail in found.values()) == MAX_HINTS


def test_a_choice_may_be_said_by_an_alias_and_says_so() -> None:
    profile = read(enterprise={"ownership": "民企"})
    assert profile.enterprise is not None
    stated = profile.enterprise.facts["enterprise.ownership"]

    assert (stated.value, stated.origin.kind, stated.origin.source, stated.origin.similarity) == (
        "民营企业",
        "resolved",
        "民企",
        1.0,
    )


def test_a_choice_that_is_not_understood_stays_unknown_with_the_three_nearest() -> None:
    profile = read(enterprise={"ownership": "某某中心"})
    [notice] = profile.notices

    assert profile.enterprise is not None
    assert profile.enterprise.facts == {}
    assert (notice.pointer, len(notice.nearest)) == ("/profile/enterprise/ownership", 3)


def test_several_choices_may_be_one_word_a_list_or_none() -> None:
    uses = [
        asset.facts["asset.uses"].value
        for asset in read(assets=[{"uses": "仓库"}, {"uses": ["仓库", "厂房"]}, {"uses": []}]).assets
    ]

    assert uses == [frozenset({"仓库"}), frozenset({"仓库", "厂房"}), frozenset()]


def test_several_choices_of_which_one_is_not_understood_stay_unknown() -> None:
    profile = read(assets=[{"uses": ["仓库", "游乐园"]}])

    assert (profile.assets[0].facts, len(profile.notices)) == ({}, 1)


@pytest.mark.parametrize("wrong", [3, True, {"仓库": True}, [3], [""]], ids=str)
def test_choices_of_the_wrong_type_are_a_fault(wrong: Any) -> None:
    assert list(faults({"assets": [{"uses": wrong}]})) == ["/profile/assets/0/uses"]


def test_a_stated_fact_stands_over_what_the_others_give_and_a_notice_says_so() -> None:
    profile = read(projects=[{"land_area": 100, "ancillary_area": 7, "ancillary_share": 8}])
    [notice] = profile.notices

    assert profile.projects[0].facts["project.ancillary_share"].value == 8
    assert "推得7%" in notice.detail


def test_a_listed_project_may_be_stated_without_its_name() -> None:
    [project] = read(projects=[{"key_listed": True}]).projects

    assert project.facts["project.key_listed"].value is True


def test_a_name_that_is_only_near_the_list_gets_a_notice_with_what_is_near() -> None:
    profile = read(projects=[{"name": "科源120MW光伏发电项目"}])
    [notice] = profile.notices

    assert "project.key_listed" not in profile.projects[0].facts
    assert set(notice.nearest) == {"科源 100MW光伏发电项目", "科源 150MW光伏发电项目"}


def test_an_empty_enterprise_is_a_subject_and_an_absent_one_is_not() -> None:
    assert len(read(enterprise={}).subjects()) == 1
    assert read().subjects() == ()


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        [
            "2亿元",
            "泽州县",
            "民营",
            "是",
            "2023-06-02",
            "9" * 200,
            "-1",
            "半",
            "一亿亿亿亿",
            "\x00",
            "%s",
            "{}",
        ]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [word for fact in sample_library().vocabulary.facts.values() for word in (fact.key, fact.name)]
)
SUBJECT = JUNK | st.dictionaries(KEYS | st.text(max_size=5), JUNK, max_size=6)


@steady(600)
@given(
    JUNK
    | st.fixed_dictionaries(
        {}, optional={"enterprise": SUBJECT, "项目": st.lists(SUBJECT, max_size=2), "assets": JUNK}
    )
)
def test_whatever_is_sent_is_either_answered_or_refused_with_reasons(stated: Any) -> None:
    try:
        profile = read_profile(stated, sample_library())
    except ProfileError as refusal:
        told = refusal.faults
    else:
        told = ()
        answer = MATCHER.match(profile, AS_OF)
        assert bytes(answer.findings) == encode(match(sample_library(), profile, AS_OF))

    assert all(fault.pointer.startswith("/profile") and fault.detail for fault in told)
