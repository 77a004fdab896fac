"""Matching, comparing and replaying over HTTP."""

from copy import deepcopy
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import build_app
from tests.api.conftest import services_over
from tests.sample import sample_library

Client = TestClient[Litestar]

FINDING = {
    "measure_id", "clause_id", "document_number", "clause_number", "title", "quote", "kind", "subject", "verdict",
    "label", "score", "conditions", "missing", "determinations", "flips", "benefit", "force", "units",
}  # fmt: skip
PROFILE = {
    "enterprise": {"ownership": "民营企业", "employees": 120},
    "projects": [
        {"name": "高平市丹河新城一期工程", "industrial": True, "总投资": "2亿元", "建设地点": "高平市"}
    ],
}


def post(client: Client, call: str, body: object) -> Any:
    """The answer of a call that succeeds."""
    response = client.post(call, json=body)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_match_has_every_field_of_the_contract(client: Client) -> None:
    """Findings are ordered: eligible, then undetermined, then ineligible."""
    body = post(client, "/v1/match", {"profile": PROFILE})
    order = ["eligible", "undetermined", "ineligible"]
    verdicts = [finding["verdict"] for finding in body["findings"]]

    assert body.keys() >= {"receipt", "as_of", "summary", "findings", "questions", "warnings", "library"}
    assert all(finding.keys() >= FINDING for finding in body["findings"])
    assert verdicts == sorted(verdicts, key=order.index)
    assert body["summary"] == {"eligible": 2, "undetermined": 7, "ineligible": 0, "not_applicable": 3}
    assert len(body["findings"]) == 9
    assert body["as_of"] == "2023-07-01"


def test_brief_findings_leave_out_the_reasons(client: Client) -> None:
    """Verdict, label and score stay as they are."""
    full = post(client, "/v1/match", {"profile": PROFILE})["findings"]
    brief = post(client, "/v1/match", {"profile": PROFILE, "detail": "brief"})["findings"]

    assert [(f["measure_id"], f["label"], f["score"]) for f in brief] == [
        (f["measure_id"], f["label"], f["score"]) for f in full
    ]
    assert "conditions" not in brief[0]


def test_findings_are_chosen_by_measure_and_verdict(client: Client) -> None:
    """The summary still speaks of all the measures asked for."""
    measures = ["yang-2023-1/1/land-floor-price", "yang-2023-1/1/land-quota"]
    body = post(client, "/v1/match", {"profile": PROFILE, "measures": measures, "verdicts": ["eligible"]})

    assert [finding["measure_id"] for finding in body["findings"]] == ["yang-2023-1/1/land-quota"]
    assert body["summary"] == {"eligible": 1, "undetermined": 1, "ineligible": 0, "not_applicable": 0}


@pytest.mark.parametrize(
    ("investment", "verdict"),
    [("20000", "eligible"), ("19999.99999999999999999999", "ineligible"), ("2e4", "eligible")],
)
def test_numbers_are_read_exactly(client: Client, investment: str, verdict: str) -> None:
    """A threshold decides, and a float would round."""
    body = f'{{"profile": {{"projects": [{{"place": "泽州县", "investment": {investment}}}]}}}}'
    found = client.post(
        "/v1/match", content=body.encode(), headers={"Content-Type": "application/json"}
    ).json()
    verdicts = {finding["measure_id"]: finding["verdict"] for finding in found["findings"]}

    assert verdicts["yang-2023-1/1/land-quota"] == verdict


def test_an_empty_profile_is_told_what_it_does_not_touch(client: Client) -> None:
    """Every measure is 不涉及."""
    body = post(client, "/v1/match", {"profile": {}})

    assert body["findings"] == []
    assert body["summary"]["not_applicable"] == len(body["not_applicable"]) == 12


def test_text_that_fits_nothing_is_a_warning(client: Client) -> None:
    """The nearest are offered, and the fact stays unknown."""
    body = post(client, "/v1/match", {"profile": {"enterprise": {"ownership": "合作社"}}})

    assert body["warnings"][0]["pointer"] == "/profile/enterprise/ownership"
    assert body["warnings"][0]["nearest"]


def test_equal_questions_are_answered_in_equal_bytes(client: Client) -> None:
    """Order of keys and the language of keys do not change the receipt either."""
    turned = {"projects": PROFILE["projects"], "企业": {"从业人员": 120, "所有制": "民营企业"}}
    one, two = (client.post("/v1/match", json={"profile": profile}) for profile in (PROFILE, turned))

    assert one.content == two.content


def test_only_what_differs_is_compared(client: Client) -> None:
    """Measures and facts, in the order of the profiles."""
    profiles = [
        {"projects": [{"name": "甲", "industrial": True, "orientation": "支持类"}]},
        {"projects": [{"name": "乙", "industrial": True, "orientation": "一般类"}]},
        {"enterprise": {"ownership": "外商投资企业"}},
    ]
    body = post(client, "/v1/match/compare", {"profiles": profiles})
    rows = {row["measure_id"]: row["cells"] for row in body["measures"]}

    assert [column["name"] for column in body["columns"]] == ["甲", "乙", "方案 3"]
    assert [cell and cell["verdict"] for cell in rows["yang-2023-1/1/land-floor-price"]] == [
        "eligible", "ineligible", None,
    ]  # fmt: skip
    assert {"fact": "project.orientation", "name": "项目.产业导向类别", "subject_kind": "project", "subject_index": 0,
            "values": ["支持类", "一般类", None]} in body["facts"]  # fmt: skip


def test_what_is_alike_is_left_out_of_a_comparison(client: Client) -> None:
    """The same profile twice differs in nothing."""
    body = post(client, "/v1/match/compare", {"profiles": [PROFILE, PROFILE], "names": ["一", "二"]})

    assert body["measures"] == body["facts"] == []
    assert [column["name"] for column in body["columns"]] == ["一", "二"]


def test_a_receipt_replays(client: Client) -> None:
    """The same profile on the same day gives the same receipt."""
    receipt = post(client, "/v1/match", {"profile": PROFILE, "as_of": "2023-08-01"})["receipt"]
    body = post(client, "/v1/receipts/verify", {"receipt": receipt, "profile": PROFILE})

    assert body["same"]
    assert not body["altered"]
    assert body["receipt"] == receipt
    assert body["differences"] == []


def _differing(client: Client, receipt: Any, **changed: object) -> list[str]:
    body = post(client, "/v1/receipts/verify", {"receipt": receipt, "profile": PROFILE, **changed})
    assert not body["same"]
    assert all(difference["receipt"] != difference["now"] for difference in body["differences"])
    return [difference["what"] for difference in body["differences"]]


def test_a_receipt_tells_what_has_changed(client: Client) -> None:
    """Facts with verdicts, the date, and what has been altered by hand."""
    receipt = post(client, "/v1/match", {"profile": PROFILE})["receipt"]
    changed = deepcopy(PROFILE)
    changed["enterprise"]["employees"] = 80  # type: ignore[index,call-overload]

    assert _differing(client, receipt, profile=changed) == ["事实", "结论"]
    assert _differing(client, receipt, as_of="2023-07-02") == ["日期"]


def test_another_library_differs_in_rules_or_text(client: Client) -> None:
    """A receipt of another edition says which part is not the same."""
    receipt = post(client, "/v1/match", {"profile": PROFILE})["receipt"]
    library = sample_library()
    digests = type(library.digests)(library="m" * 64, text="t" * 64, rules="q" * 64)
    edition = type(library)(
        **{f: getattr(library, f) for f in library.__struct_fields__} | {"digests": digests}
    )
    with TestClient(build_app(services_over(edition))) as later:
        assert _differing(later, receipt) == ["规则"]


@pytest.mark.parametrize("field", ["id", "text", "rules", "engine", "profile", "verdicts"])
def test_a_receipt_altered_by_hand_is_noticed(client: Client, field: str) -> None:
    """Its id no longer fits its parts."""
    receipt = post(client, "/v1/match", {"profile": PROFILE})["receipt"] | {field: "0" * 16}
    body = post(client, "/v1/receipts/verify", {"receipt": receipt, "profile": PROFILE})

    assert body["altered"]
    assert not body["same"]
    assert "改动" in body["note"]
