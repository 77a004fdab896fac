"""A finding: label, determinations, missing facts, benefit, force, order and summary."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.json import decode
from msgspec.structs import replace

from matcher.benefits import computed_json
from matcher.finding import LABELS
from matcher.force import force
from matcher.intake import read_profile
from matcher.match import Matcher, Wanted, match
from matcher.profile import StatedFact
from policies.rules import Deadline, Period, Repeal
from policies.workdays import WorkYear
from tests.matcher.generated import LIBRARIES, library_named
from tests.sample import AS_OF, sample_library

MATCHER = Matcher(sample_library())


def findings(as_of: date = AS_OF, **stated: Any) -> dict[str, Any]:
    """Findings of the first subject of each kind, by the last part of the measure's id."""
    answer = MATCHER.match(read_profile(stated, sample_library()), as_of)
    return {
        one["measure_id"].rpartition("/")[2]: one
        for one in decode(answer.findings)
        if one["subject"]["index"] == 0
    }


def enterprise(**stated: Any) -> dict[str, Any]:
    return findings(enterprise=stated)


def project(**stated: Any) -> dict[str, Any]:
    return findings(projects=[stated])


@pytest.mark.parametrize("name", LIBRARIES)
def test_every_signed_example_comes_out_as_signed(name: str) -> None:
    library = library_named(name)
    labels = library.vocabulary.by_label()
    matcher = Matcher(library)
    wrong = []
    for measure in library.measures.values():
        for example in measure.examples:
            own: dict[str, Any] = {}
            shared: dict[str, Any] = {}
            for label, value in example.profile.items():
                fact = labels[label]
                (own if fact.subject is measure.subject else shared)[fact.key] = value
            kind = measure.subject.value
            stated = (
                {"enterprise": own} if kind == "enterprise" else {f"{kind}s": [own], "enterprise": shared}
            )
            profile = read_profile(stated, library)
            wanted = Wanted(measures=frozenset({measure.id}))
            [found] = decode(matcher.match(profile, example.as_of or AS_OF, wanted).findings)
            failed = {
                quote for one in found["conditions"] if one["result"] == "false" for quote in one["quotes"]
            }
            missing = {library.vocabulary.facts[one["fact"]].label for one in found["missing"]}
            signed = (
                example.verdict == found["verdict"]
                and example.label in (None, found["label"])
                and set(example.because) <= failed
                and (not example.missing or set(example.missing) == missing)
                and not profile.notices
            )
            if not signed:
                wrong.append(
                    (measure.id, example.line, example.case, found["label"], missing, profile.notices)
                )

    assert wrong == []


@pytest.mark.parametrize(
    ("stated", "label"),
    [
        ({"ownership": "国有企业"}, LABELS["ineligible"]),
        ({"ownership": "民营企业", "size": "中型", "leading": True}, LABELS["to_determine"]),
        ({"ownership": "民营企业", "size": "中型"}, LABELS["missing"]),
        ({"ownership": "混合所有制企业", "size": "中型", "leading": True}, LABELS["open"]),
        ({"ownership": "混合所有制企业", "size": "中型"}, LABELS["missing"]),
        ({"ownership": "混合所有制企业", "size": "大型"}, LABELS["ineligible"]),
    ],
)
def test_the_label_says_what_a_person_can_do(stated: dict[str, Any], label: str) -> None:
    assert enterprise(**stated)["sme-award"]["label"] == label


@pytest.mark.parametrize(
    ("stated", "label"),
    [
        ({}, LABELS["missing"]),
        ({"employees": 101, "funded": False}, LABELS["open"]),
        ({"employees": 101, "funded": False, "green_listed": True}, LABELS["ranking"]),
        ({"employees": 101, "funded": False, "top_twenty": True}, LABELS["open"]),
        ({"employees": 100}, LABELS["ineligible"]),
        ({"funded": True}, LABELS["ineligible"]),
    ],
)
def test_a_ranking_and_an_unchecked_catalogue_are_nothing_the_applicant_could_add(
    stated: dict[str, Any], label: str
) -> None:
    finding = enterprise(**stated)["top-award"]

    assert finding["label"] == label
    assert {one["fact"] for one in finding["missing"]}.isdisjoint(
        {"enterprise.top_twenty", "enterprise.green_listed"}
    )


def test_an_open_list_says_so_and_asks_for_nothing() -> None:
    finding = project(place="城区", investment="2亿元")["land-quota"]
    [place, _] = finding["conditions"]

    assert (finding["label"], finding["missing"]) == (LABELS["open"], [])
    assert (place["result"], place["ground"], place["reason"]) == (
        "unknown",
        "list_open",
        "列举未尽，待责任单位认定",
    )


def test_a_place_stated_too_widely_is_asked_for_again() -> None:
    finding = project(place="晋城市", investment="2亿元")["land-quota"]

    assert [one["fact"] for one in finding["missing"]] == ["project.place"]


def test_a_determination_is_listed_when_the_verdict_rests_on_a_statement() -> None:
    finding = project(industrial=True, orientation="支持类")["land-floor-price"]

    assert finding["determinations"] == [
        {"sentence": "项目产业导向类别为支持类", "quotes": ["支持类"], "decided_by": "未载明"}
    ]


def test_a_determination_under_none_of_is_the_contrary() -> None:
    stated = {"top_twenty": True, "green_listed": True, "employees": 101, "funded": False}
    finding = enterprise(**stated)["top-award"]

    assert finding["label"] == LABELS["to_determine"]
    assert [(one["sentence"], one["decided_by"]) for one in finding["determinations"]] == [
        ("并非企业享受财政资金扶持", "市财政局")
    ]


def test_a_refusal_awaits_no_determination() -> None:
    assert project(industrial=False, orientation="支持类")["land-floor-price"]["determinations"] == []


def test_what_another_way_already_settles_is_not_missing() -> None:
    assert enterprise(ownership="外资")["contest"]["missing"] == []
    assert {one["fact"] for one in enterprise(listed=False, revenue=299)["contest"]["missing"]} == {
        "enterprise.ownership",
        "enterprise.trade",
    }


def test_a_missing_fact_comes_with_its_question() -> None:
    assert project(industrial=True)["land-floor-price"]["missing"] == [
        {"fact": "project.orientation", "name": "产业导向类别", "question": "项目属于哪一类？"}
    ]


def test_a_flip_names_the_bound_and_one_value_that_would_do() -> None:
    finding = project(place="泽州县", investment="19999.9999万元")["land-quota"]

    assert finding["flips"] == [
        [{"fact": "project.investment", "name": "总投资", "to": "不低于2亿元", "value": "2亿元"}]
    ]


def test_a_flip_of_a_place_names_the_widest_places_and_of_a_set_the_smallest_sets() -> None:
    quick = findings(assets=[{"place": "市外", "built_on": "2010-01-01", "uses": ["仓库"]}])["quick"]
    conversion = findings(assets=[{"uses": ["住宅"]}])["conversion"]

    assert quick["flips"] == [[{"fact": "asset.place", "name": "所在地", "to": "晋城市", "value": "晋城市"}]]
    assert conversion["flips"] == [
        [{"fact": "asset.uses", "name": "用途", "to": "仓库或厂房", "value": ["仓库"]}]
    ]


def test_no_flip_asks_for_what_cannot_change() -> None:
    assert project(industrial=True, orientation="限制类")["land-floor-price"]["flips"] == []
    assert enterprise(ownership="国有企业", listed=False)["contest"]["flips"] == [
        [{"fact": "enterprise.listed", "name": "上市企业", "to": "是", "value": True}]
    ]


def test_an_unknown_fact_may_be_part_of_a_flip_set() -> None:
    finding = project(investment=1)["land-quota"]

    assert {flip["fact"] for flip in finding["flips"][0]} == {"project.place", "project.investment"}


def test_a_weight_counts_in_the_mean() -> None:
    assert project(industrial=True, orientation="一般类")["land-floor-price"]["score"] == 33
    assert project(industrial=False, orientation="支持类")["land-floor-price"]["score"] == 67
    assert project()["land-floor-price"]["score"] == 50


@pytest.mark.parametrize(
    ("stated", "score"),
    [
        ({}, 50),
        ({"listed": True}, 100),
        ({"ownership": "国有企业", "listed": False}, 33),  # of three parts: ½, ½ and 0
        ({"ownership": "国有企业", "listed": False, "revenue": 300}, 17),
        ({"ownership": "国有企业", "listed": False, "revenue": 300, "trade": "农林牧渔"}, 0),
        ({"ownership": "民营企业", "listed": False, "revenue": 299}, 83),
    ],
)
def test_any_of_takes_the_best_way_and_none_of_the_mean_of_complements(
    stated: dict[str, Any], score: int
) -> None:
    assert enterprise(**stated)["contest"]["score"] == score


@pytest.mark.parametrize(
    ("stated", "computed"),
    [
        (
            {"land_area": "120亩"},
            {"name": "配套用地面积上限", "amount": "8.4亩", "working": "120亩 × 7%"},
        ),
        (
            {"land_area": "8公顷"},
            {"name": "配套用地面积上限", "amount": "8.4亩", "working": "8公顷 = 120亩 × 7%"},
        ),
        ({}, None),
    ],
)
def test_an_amount_is_computed_only_when_its_input_is_known(stated: dict[str, Any], computed: Any) -> None:
    assert project(**stated)["ancillary-share"]["benefit"]["computed"] == computed


def test_an_amount_the_clause_omits_is_not_stated() -> None:
    benefit = project()["land-floor-price"]["benefit"]

    assert (benefit["amount"], benefit["ratio"], benefit["basis"]) == ("未载明", "70％", "最低价标准")


def test_a_finding_quotes_the_clause_and_names_its_units_in_order() -> None:
    finding = enterprise()["sme-award"]

    assert (finding["document_number"], finding["clause_number"]) == ("样政发〔2023〕1号", "2")
    assert finding["quote"] == "对带动能力强的民营中小企业给予一次性奖励"
    assert finding["units"] == [{"name": "市工信局", "lead": True}, {"name": "市财政局", "lead": False}]
    assert project()["land-quota"]["units_open"] is True


def test_a_condition_says_what_was_stated_and_where_it_came_from() -> None:
    [owned, sized, _] = enterprise(ownership="民企", trade="工业", employees=300, revenue="2000万元")[
        "sme-award"
    ]["conditions"]

    assert owned["stated"] == {
        "value": "民营企业",
        "text": "民营企业",
        "origin": {"kind": "resolved", "source": "民企", "similarity": 1.0},
    }
    assert (sized["stated"]["value"], sized["stated"]["origin"]["kind"], sized["result"]) == (
        "中型",
        "derived",
        "true",
    )


def test_the_summary_counts_every_measure_for_every_subject() -> None:
    profile = read_profile({"enterprise": {}, "projects": [{}, {"industrial": False}]}, sample_library())
    answer = MATCHER.match(profile, AS_OF)
    counted = answer.summary

    assert counted.eligible + counted.undetermined + counted.ineligible == 4 + 2 * 5
    assert counted.not_applicable == len(answer.not_applicable) == 3


def test_a_profile_without_subjects_has_only_what_is_not_applicable() -> None:
    answer = MATCHER.match(read_profile({}, sample_library()), AS_OF)

    assert (bytes(answer.findings), answer.summary.not_applicable) == (b"[]", len(sample_library().measures))


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        (date(2023, 6, 1), "未到施行日"),
        (date(2023, 6, 2), "效力待确认"),
        (date(2025, 12, 31), "效力待确认"),
        (date(2026, 1, 1), "目标期已过"),
    ],
)
def test_force_is_asked_for_a_day_and_never_says_more_than_the_text(as_of: date, status: str) -> None:
    levies = findings(as_of, enterprise={})["no-levies"]["force"]

    assert (levies["status"], levies["since"], levies["until"]) == (status, "2021-01-01", "2025-12-31")


def test_a_measure_that_begins_after_its_document_is_not_yet_in_force() -> None:
    [document] = sample_library().documents
    period = Period(since=date(2024, 1, 1))

    assert force(document, period, date(2023, 12, 31)).status == "未到施行日"
    assert force(document, period, date(2024, 1, 1)).status == "效力待确认"


def test_the_day_changes_the_force_and_no_verdict() -> None:
    stated = {"enterprise": {"registered_on": "2020-01-01", "ownership": "民营企业"}, "projects": [{}]}
    keys = ("measure_id", "verdict", "label", "score", "conditions")
    told = [
        [
            {key: one[key] for key in keys}
            for one in decode(MATCHER.match(read_profile(stated, sample_library()), day).findings)
        ]
        for day in (AS_OF, AS_OF + timedelta(days=4000))
    ]

    assert told[0] == told[1]


def test_a_repealed_clause_says_so_from_its_day_and_names_the_source() -> None:
    """Before that day it stands as it did; the verdict is computed all the same."""
    sample = sample_library()
    first, *others = sample.encoded
    repeal = Repeal(on=date(2026, 1, 1), source="land-standard")
    library = replace(sample, encoded=(replace(first, repeal=repeal), *others))
    profile = read_profile({"projects": [{"industrial": True, "orientation": "支持类"}]}, library)
    told = {day: match(library, profile, day)[0] for day in (date(2025, 12, 31), date(2026, 1, 1))}

    assert told[date(2025, 12, 31)].force.status == "效力待确认"
    assert told[date(2026, 1, 1)].force.status == "已失效"
    assert library.sources["land-standard"].title in told[date(2026, 1, 1)].force.note
    assert {finding.verdict for finding in told.values()} == {"eligible"}


def test_a_deadline_in_working_days_is_a_date_only_where_the_calendar_reaches() -> None:
    """The date comes with its working; beyond the calendar none is given."""
    sample = sample_library()
    first, *others = sample.encoded
    [measure, *_] = first.measures
    deadline = Deadline(fact="asset.built_on", workdays=5, name="最迟办结日")
    timed = replace(measure, benefit=replace(measure.benefit, formula=deadline))
    year = WorkYear(year=2023, off=frozenset(), on=frozenset())
    library = replace(sample, encoded=(replace(first, measures=(timed,)), *others), workdays=(year,))
    known = {
        day: {"asset.built_on": StatedFact(day, str(day))} for day in (date(2023, 6, 2), date(2023, 12, 28))
    }
    told = {day: bytes(computed_json(library, timed, facts)) for day, facts in known.items()}

    assert decode(told[date(2023, 6, 2)])["amount"] == "2023-06-09"
    assert told[date(2023, 12, 28)] == b"null"
