"""Free text to facts: trusted when exact or near, never over a telling sign."""

import pytest
from msgspec.structs import replace

from matcher.resolve import resolve_choice, resolve_name, resolve_region
from policies.rules import Subject
from policies.vocabulary import Choice, Fact, FactType
from tests.matcher.generated import LIBRARIES, library_named
from tests.sample import KEY_PROJECTS, sample_library


def choice_fact(*choices: Choice) -> Fact:
    return Fact(
        id="project.x",
        subject=Subject.PROJECT,
        key="x",
        name="某事",
        type=FactType.CHOICE,
        question="？",
        choices=choices,
    )


OWNERSHIP = sample_library().vocabulary.facts["enterprise.ownership"]
LAND = choice_fact(
    Choice("Ⅰ级保护林地", ("一级保护林地",)), Choice("新型产业用地M0"), Choice("市级行政事业单位")
)
FREE = choice_fact(Choice("宿舍型保障性租赁住房", ("宿舍型保租房",)), Choice("人才公寓"))


@pytest.mark.parametrize("text", ["民营企业", "民营", " 民 企 ", "私营企业"])
def test_a_name_or_alias_is_known_exactly(text: str) -> None:
    found = resolve_choice(OWNERSHIP, text)

    assert (found.value, found.similarity) == ("民营企业", 1.0)


def test_width_and_capitals_do_not_matter() -> None:
    assert resolve_choice(LAND, "新型产业用地ｍ０").value == "新型产业用地M0"


def test_a_near_spelling_is_known_with_its_similarity() -> None:
    found = resolve_choice(FREE, "宿舍型保障租赁住房")

    assert found.value == "宿舍型保障性租赁住房"
    assert 0.88 <= found.similarity < 1


def test_below_the_threshold_nothing_is_known_and_what_is_near_is_offered() -> None:
    found = resolve_choice(OWNERSHIP, "合资")

    assert found.value is None
    assert len(found.nearest) == 3


@pytest.mark.parametrize("text", ["非民营企业", "不是民营企业", "民营企业以外", "无国有企业", "民营企业除外"])
def test_a_negation_is_never_read_as_its_contrary(text: str) -> None:
    assert resolve_choice(OWNERSHIP, text).value is None


@pytest.mark.parametrize(
    "text", ["Ⅱ级保护林地", "二级保护林地", "新型产业用地M1", "县级行政事业单位", "省级行政事业单位"]
)
def test_another_number_or_level_is_never_near(text: str) -> None:
    assert resolve_choice(LAND, text).value is None


def test_two_values_equally_near_are_none() -> None:
    assert resolve_choice(OWNERSHIP, "国有民营企业").value is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("泽州县", "140525"),
        ("泽州", "140525"),
        ("泽州县大阳镇", "140525"),
        ("晋城市泽州县大阳镇香山村", "140525"),
        ("山西省晋城市高平市", "140581"),
        ("晋城市", "140500"),
        ("山西省太原市小店区", "140000"),
        ("高平市城区街道", "140581"),
        ("晋城市城区", "140502"),
        ("晋城开发区金匠街", "jincheng-etdz"),
        ("市外", "outside"),
    ],
)
def test_a_place_is_the_innermost_one_that_an_address_begins_with(text: str, place: str) -> None:
    assert resolve_region(sample_library().vocabulary, text).value == place


@pytest.mark.parametrize("text", ["运城经济技术开发区", "运城开发区", "运城市城区", "泽洲县", "郑州市"])
def test_a_place_is_never_guessed_from_a_likeness(text: str) -> None:
    found = resolve_region(sample_library().vocabulary, text)

    assert found.value is None
    assert len(found.nearest) == 3


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("科源 100MW光伏发电项目", KEY_PROJECTS[0]),
        ("科源100mw光伏发电", KEY_PROJECTS[0]),
        ("科源１５０ＭＷ光伏发电项目", KEY_PROJECTS[1]),
        ("科源（100MW）光伏发电项目（前期）", KEY_PROJECTS[0]),
        ("高平市丹河新城一期", KEY_PROJECTS[2]),
    ],
)
def test_a_listed_project_is_found_without_brackets_spaces_and_filling_words(text: str, listed: str) -> None:
    assert resolve_name(text, KEY_PROJECTS).value == listed


@pytest.mark.parametrize(
    "text", ["科源120MW光伏发电项目", "高平市丹河新城二期工程", "城区丹河新城一期工程", "项目", "阳泰"]
)
def test_another_number_phase_or_place_is_another_project(text: str) -> None:
    assert resolve_name(text, KEY_PROJECTS).value is None


def test_a_near_project_name_is_known_with_its_similarity() -> None:
    found = resolve_name(
        "沁河流域生态环境修复治理和保护", ["沁河流域生态环境修复治理与保护", "阳泰矿井水处理"]
    )

    assert found.value == "沁河流域生态环境修复治理与保护"
    assert 0.9 <= found.similarity < 1


@pytest.mark.parametrize("name", LIBRARIES)
def test_no_word_for_one_value_is_ever_near_another_value(name: str) -> None:
    for fact in library_named(name).vocabulary.facts.values():
        for choice in fact.choices:
            others = replace(fact, choices=tuple(other for other in fact.choices if other is not choice))
            for word in (choice.name, *choice.aliases) if others.choices else ():
                assert resolve_choice(others, word).value is None, (fact.label, word)


@pytest.mark.parametrize("name", LIBRARIES)
def test_no_listed_project_is_ever_near_another(name: str) -> None:
    names = [row.name for row in library_named(name).key_projects]
    for one in names:
        assert resolve_name(one, names).value == one
        assert resolve_name(one, [other for other in names if other != one]).value is None
