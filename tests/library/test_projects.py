"""Ten projects of the printed list, as their owners would describe them, get the findings that were reviewed."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from policies.library import Library
from policyhub.services.match import MatchAnswer, match
from policyhub.snapshot import Snapshot, take_snapshot

PROJECTS = Path(__file__).parents[2] / "examples" / "projects"
SLUGS = tuple(sorted(path.stem for path in PROJECTS.glob("*.json")))
ASKED, UNFIT = "待补充信息", "按现有信息暂不符合"
SINGLE = {"暂不符合": UNFIT, "待责任单位明确": "待责任单位明确", "名次待定": "条件达到，名次待定"}
KEY_PROJECTS = "jszb-2023-20/14/provincial-and-city-key-projects"
AWARD = "jszb-2023-19/11/agricultural-leader-award"


@pytest.fixture(scope="module")
def snapshot(packaged_library: Library) -> Snapshot:
    """The published library, ready to match."""
    return take_snapshot(packaged_library, datetime(2026, 11, 23, tzinfo=UTC))


def request_of(slug: str) -> dict[str, Any]:
    """The example as a caller would post it."""
    return json.loads((PROJECTS / f"{slug}.json").read_text(encoding="utf-8"))


def expected_of(slug: str) -> tuple[dict[str, str], int]:
    """The reviewed label of each measure, and how many more wait for facts."""
    groups = yaml.safe_load((PROJECTS / f"{slug}.expected.yaml").read_text(encoding="utf-8"))
    labels: dict[str, str] = {}
    for entry in groups["符合"]:
        labels.update(entry if isinstance(entry, dict) else {entry: "符合"})
    for group, label in SINGLE.items():
        labels.update(dict.fromkeys(groups.get(group, ()), label))
    return labels, groups[ASKED]


def answer_to(snapshot: Snapshot, request: dict[str, Any]) -> tuple[MatchAnswer, list[dict[str, Any]]]:
    """What the service answers, and its findings."""
    answer = match(snapshot, lambda: date(2026, 11, 23), request)
    return answer, msgspec.json.decode(answer.findings)


def test_there_are_ten() -> None:
    """Each with the expectation beside it, and no expectation without its example."""
    expected = sorted(path.name.removesuffix(".expected.yaml") for path in PROJECTS.glob("*.expected.yaml"))

    assert len(SLUGS) == 10
    assert expected == list(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_findings_are_as_reviewed(snapshot: Snapshot, slug: str) -> None:
    """Every finding, whatever its verdict; nothing in the description goes unread."""
    answer, findings = answer_to(snapshot, request_of(slug))
    labels, asked = expected_of(slug)
    found = {finding["measure_id"]: finding["label"] for finding in findings}

    assert answer.warnings == ()
    assert {name: label for name, label in found.items() if label != ASKED} == labels
    assert list(found.values()).count(ASKED) == asked


@pytest.mark.parametrize("slug", SLUGS)
def test_each_is_a_row_of_the_printed_list(snapshot: Snapshot, slug: str) -> None:
    """The name is one of the 161 apart from spaces, the place is the one printed, and the list is derived."""
    request = request_of(slug)
    (project,) = request["profile"]["projects"]
    rows = {row.name.replace(" ", ""): row for row in snapshot.library.key_projects}
    row = rows[project["项目名称"]]
    _, findings = answer_to(snapshot, request | {"measures": [KEY_PROJECTS]})
    (listed,) = (c for f in findings for c in f["conditions"] if c["fact"] == "project.key_listed")

    assert len(rows) == 161
    assert project["建设地点"] == row.place.replace("\n", "")
    assert "列入省市重点工程" not in project
    assert listed["stated"]["value"] is True
    assert listed["stated"]["origin"]["kind"] == "derived"
    assert row.name in listed["stated"]["origin"]["source"]


@pytest.mark.parametrize(
    ("enterprise", "project", "label"),
    [
        ({"上年实际投资额名次": "20名"}, {}, "条件符合，须认定"),
        ({"上年实际投资额名次": "21名"}, {}, UNFIT),
        ({}, {"上年实际投资额": "1.99亿元"}, UNFIT),
        ({}, {"财政扶持情况": "只享受省级奖励"}, "待责任单位明确"),
        ({}, {"财政扶持情况": "享受其他财政资金扶持"}, UNFIT),
        ({}, {"企业自建": False}, UNFIT),
        ({"科技含量高": False}, {}, UNFIT),
        ({"所有制": "国有企业"}, {}, "待责任单位明确"),
    ],
)
def test_the_award_for_agricultural_leaders(
    snapshot: Snapshot, enterprise: dict[str, Any], project: dict[str, Any], label: str
) -> None:
    """不低于 2 亿元, 前 20 名 and 除外, one word of the layer-hen farm changed at a time."""
    request = deepcopy(request_of("lingchuan-layer-hens"))
    request["profile"]["enterprise"].update(enterprise)
    request["profile"]["projects"][0].update(project)
    _, (finding,) = answer_to(snapshot, request | {"measures": [AWARD]})

    assert finding["label"] == label
