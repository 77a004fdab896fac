"""The read-back: one sentence that an officer reads aloud and signs."""

import re

import pytest
from msgspec.structs import replace

from matcher.predicates import describe, wanted
from matcher.readback import readback
from policies.clause_words import OPERATORS
from policies.rules import Condition, Connective, Group, Measure, Operator, Rule, Value, conditions
from policies.values import exact_value
from policies.vocabulary import FactType
from tests.matcher.generated import LIBRARIES, library_named
from tests.sample import sample_library

each_library = pytest.mark.parametrize("name", LIBRARIES)
VOCABULARY = sample_library().vocabulary
DOUBLED = re.compile(
    "[，。：；]{2}|且且|或或|且或|并非并非|不不|若若|则则|（）|为为|（，|，）|不得不得|可享受：可享受"
)


@each_library
def test_a_readback_is_one_sentence_without_doubled_connectives(name: str) -> None:
    library = library_named(name)
    for measure in library.measures.values():
        said = readback(measure, library.vocabulary)

        assert re.fullmatch("若[^。]+，则[^。]+。", said), said
        assert not DOUBLED.search(said), said


@each_library
def test_a_readback_names_every_condition_and_who_decides(name: str) -> None:
    library = library_named(name)
    for measure in library.measures.values():
        said = readback(measure, library.vocabulary)
        for condition in conditions(measure.rule):
            fact = library.vocabulary.facts[condition.fact]

            assert describe(condition, library.vocabulary) in said
            assert fact.type is FactType.BOOLEAN or fact.name in said
            assert condition.decided_by in (None, "未载明") or f"须由{condition.decided_by}认定" in said


def leaf(fact: str, operator: Operator = Operator.IS, *values: Value) -> Condition:
    return Condition(fact=fact, operator=operator, values=values or (True,), quotes=("原话",))


A, B, C = leaf("asset.disputed"), leaf("asset.mortgaged"), leaf("enterprise.listed")


def group(connective: Connective, *parts: Rule) -> Group:
    return Group(connective=connective, parts=parts)


ALL, ANY, NONE = Connective.ALL, Connective.ANY, Connective.NONE


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (A, "资产有权属争议"),
        (group(ALL, A), "资产有权属争议"),
        (group(ALL, A, B), "资产有权属争议，且资产已抵押"),
        (group(ANY, A, B), "资产有权属争议，或资产已抵押"),
        (group(NONE, A, B), "并非资产有权属争议，也并非资产已抵押"),
        (group(ALL, A, group(ANY, B, C)), "资产有权属争议，且（资产已抵押，或企业已上市）"),
        (group(ANY, group(ALL, A, B), C), "（资产有权属争议，且资产已抵押），或企业已上市"),
        (group(ALL, group(ALL, A, B), C), "资产有权属争议，且资产已抵押，且企业已上市"),
        (group(NONE, group(ALL, A, B)), "并非（资产有权属争议，且资产已抵押）"),
        (group(NONE, group(NONE, A)), "并非（并非资产有权属争议）"),
        (group(ALL, A, group(NONE, B, C)), "资产有权属争议，且并非资产已抵押，也并非企业已上市"),
        (group(ANY, A, group(NONE, B)), "资产有权属争议，或并非资产已抵押"),
        (group(ANY, A, group(NONE, B, C)), "资产有权属争议，或（并非资产已抵押，也并非企业已上市）"),
        (group(ANY, group(ALL, group(ANY, A)), B), "资产有权属争议，或资产已抵押"),
    ],
)
def test_brackets_stand_where_the_ear_could_not_tell_what_belongs_together(rule: Rule, said: str) -> None:
    measure: Measure = next(iter(sample_library().measures.values()))

    assert readback(replace(measure, rule=rule), VOCABULARY).startswith(f"若{said}，则")


@pytest.mark.parametrize(
    ("fact", "operator", "values", "sentence", "wish"),
    [
        ("project.industrial", "为", ["是"], "项目为工业项目", "是"),
        ("project.industrial", "为", ["否"], "项目不是工业项目", "否"),
        ("enterprise.ownership", "为", ["民营企业"], "企业所有制为民营企业", "为民营企业"),
        ("enterprise.size", "属于", ["中型", "小型"], "企业规模属于中型、小型", "属于中型、小型"),
        ("enterprise.size", "不属于", ["中型"], "企业规模不属于中型", "不属于中型"),
        ("asset.uses", "属于", ["仓库"], "资产用途包括仓库", "包括仓库"),
        ("project.place", "属于", ["泽州县"], "项目建设地点在泽州县", "在泽州县"),
        ("project.place", "不属于", ["泽州县"], "项目建设地点不属于泽州县", "不属于泽州县"),
        ("project.investment", "不低于", ["2亿元"], "项目总投资不低于2亿元", "不低于2亿元"),
        (
            "project.investment",
            "高于",
            ["19999.9999万元"],
            "项目总投资高于19999.9999万元",
            "高于19999.9999万元",
        ),
        ("project.land_area", "不高于", ["40000平方米"], "项目总用地面积不高于60亩", "不高于60亩"),
        ("project.ancillary_share", "低于", ["7％"], "项目配套用地比例低于7%", "低于7%"),
        (
            "enterprise.registered_on",
            "不早于",
            ["2023-06-02"],
            "企业登记日期不早于2023-06-02",
            "不早于2023-06-02",
        ),
        (
            "enterprise.registered_on",
            "不晚于",
            ["2023-06-02"],
            "企业登记日期不晚于2023-06-02",
            "不晚于2023-06-02",
        ),
    ],
)
def test_each_comparison_says_itself_and_what_it_wishes(
    fact: str, operator: str, values: list[str], sentence: str, wish: str
) -> None:
    known = VOCABULARY.facts[fact]
    typed = tuple(exact_value(known, value, VOCABULARY) for value in values)
    condition = Condition(fact=fact, operator=OPERATORS[operator], values=typed, quotes=("原话",))

    assert describe(condition, VOCABULARY) == sentence
    assert wanted(condition, VOCABULARY) == wish


def test_an_open_list_is_said_with_its_closing_word() -> None:
    condition = Condition(
        fact="project.line", operator=Operator.IN, values=("煤炭", "焦化"), quotes=("原话",), open_list=True
    )

    assert describe(condition, VOCABULARY) == "项目所属产业属于煤炭、焦化等"


@pytest.mark.parametrize(
    ("changes", "aside"),
    [
        ({"decided_by": "市工信局"}, "（须由市工信局认定）"),
        ({"decided_by": "未载明"}, "（须认定，由谁认定未载明）"),
        ({"catalogue": "《绿色工厂名录》"}, "（须核对《绿色工厂名录》）"),
        ({"silent": (False,)}, "（否：条文未明）"),
        ({"decided_by": "市工信局", "catalogue": "《名录》"}, "（须由市工信局认定；须核对《名录》）"),
    ],
)
def test_what_stays_open_is_said_beside_its_condition(changes: dict[str, object], aside: str) -> None:
    measure: Measure = next(iter(sample_library().measures.values()))
    rule = replace(C, **changes)

    assert readback(replace(measure, rule=rule), VOCABULARY).startswith(f"若企业已上市{aside}，则")
