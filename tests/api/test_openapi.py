"""The documentation is complete, true and readable without the internet."""

import json
import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import build_app
from api.openapi import describe
from api.words import FIELDS, STRUCTS
from tests.api.conftest import services_over
from tests.packaged import packaged
from tests.sample import sample_library

Client = TestClient[Litestar]

CONTRACT = {
    "/v1/library", "/v1/documents", "/v1/documents/{document_id}", "/v1/clauses/{clause_id}", "/v1/measures",
    "/v1/measures/{measure_id}", "/v1/facts", "/v1/schemas/profile.json", "/v1/match", "/v1/match/compare",
    "/v1/receipts/verify", "/v1/coverage/{document_id}", "/v1/search", "/v1/suggest", "/v1/answers",
}  # fmt: skip

SERVICES = services_over(packaged(), max_body_bytes=1 << 20)
APP = build_app(SERVICES)
DOCUMENT = describe(APP, SERVICES)
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


def test_every_call_of_the_contract_is_described() -> None:
    """And nothing else."""
    assert DOCUMENT["paths"].keys() == CONTRACT
    assert DOCUMENT["openapi"].startswith("3.1")


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=lambda value: str(value)[:40])
def test_every_operation_is_described_in_chinese(path: str, method: str, operation: dict[str, Any]) -> None:
    """Summary, description, parameters, and the problems it may answer with."""
    said = [
        operation["summary"],
        operation["description"],
        *(p["description"] for p in operation["parameters"]),
    ]

    assert all(re.search("[一-鿿]", text) for text in said), (path, method)
    assert {"200", "400", "406"} <= operation["responses"].keys()
    assert "application/problem+json" in operation["responses"]["400"]["content"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=lambda value: str(value)[:40])
def test_every_operation_shows_a_real_answer(path: str, method: str, operation: dict[str, Any]) -> None:
    """The profile's schema is its own example."""
    content = operation["responses"]["200"]["content"]["application/json"]

    assert ("example" in content) == (path != "/v1/schemas/profile.json"), method


def test_every_example_request_is_accepted() -> None:
    """What the documentation shows can be sent as it stands."""
    with TestClient(APP) as client:
        for path, method, operation in OPERATIONS:
            bodies = operation.get("requestBody", {"content": {"application/json": {"examples": {}}}})
            for example in bodies["content"]["application/json"]["examples"].values():
                response = client.request(method, path, json=example["value"])
                assert response.status_code == 200, response.text
            ids = {p["name"]: p["example"] for p in operation["parameters"] if p["in"] == "path"}
            if ids:
                assert client.request(method, path.format(**ids)).status_code == 200


def test_the_solar_project_of_the_gazette_gets_findings_with_quotes() -> None:
    """The first example is a real project, described as its owner would."""
    with TestClient(APP) as client:
        example = DOCUMENT["paths"]["/v1/match"]["post"]["requestBody"]["content"]["application/json"][
            "examples"
        ]
        body = client.post("/v1/match", json=example["100MW 光伏项目"]["value"]).json()
    eligible = [finding for finding in body["findings"] if finding["verdict"] == "eligible"]

    assert eligible
    assert all(finding["quote"] for finding in eligible)
    assert body["warnings"] == []


def test_no_word_of_the_documentation_is_idle() -> None:
    """Each described struct and field exists."""
    schemas = DOCUMENT["components"]["schemas"]
    components = {name: shape for name, shape in schemas.items() if not name.startswith("Profile")}
    fields = {
        f"{name}.{field}" for name, shape in components.items() for field in shape.get("properties", {})
    }
    names = {field.partition(".")[2] for field in fields}

    assert STRUCTS.keys() == components.keys()
    assert {name for name in FIELDS if "." in name} <= fields
    assert {name for name in FIELDS if "." not in name} <= names | {"document_id", "clause_id", "measure_id"}


@pytest.mark.parametrize("page", ["/", "/docs", "/problems/bad-input"])
def test_pages_fetch_nothing_from_elsewhere(packaged_client: Client, page: str) -> None:
    """Every file that a page fetches is our own and there, and the policy of the page says so too."""
    response = packaged_client.get(page)
    addresses = re.findall(r'(?:src|<link [^>]*href)="([^"]*)"', response.text)

    assert response.status_code == 200
    assert all(address.startswith(("/", "data:")) and not address.startswith("//") for address in addresses)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    for address in addresses:
        if address.startswith("/"):
            assert packaged_client.get(address).status_code == 200, address


def test_openapi_is_served(packaged_client: Client) -> None:
    """The same document that the tests read."""
    served = packaged_client.get("/openapi.json").json()

    assert served == json.loads(json.dumps(DOCUMENT))


def test_metrics_count_requests_and_findings(packaged_client: Client) -> None:
    """By route, never by what was asked."""
    packaged_client.get("/v1/clauses/jszb-2023-19/15")
    packaged_client.get("/nowhere")
    packaged_client.post("/v1/match", json={"profile": {"enterprise": {"ownership": "民营企业"}}})
    page = packaged_client.get("/metrics").text

    assert 'policyhub_requests_total{route="/v1/clauses/{clause_id}",method="GET",status="200"} 1' in page
    assert 'policyhub_requests_total{route="(other)",method="GET",status="404"} 1' in page
    assert 'policyhub_request_seconds_count{route="/v1/match"} 1' in page
    assert re.search(r'policyhub_findings_total\{verdict="undetermined"\} [1-9]', page)
    assert "民营" not in page


@pytest.mark.parametrize("method", ['X"Y', "BREW"])
def test_an_invented_method_makes_no_line_of_its_own(packaged_client: Client, method: str) -> None:
    """All of them share one, so nobody breaks the page or makes it grow."""
    packaged_client.request(method, "/v1/library")
    page = packaged_client.get("/metrics").text

    assert method not in page
    assert 'method="(other)",status="405"' in page


@schema.parametrize()
@settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_is_answered_as_documented(case: Case[Any]) -> None:
    """No 5xx, no undocumented status, no answer that its schema does not allow."""
    case.call_and_validate(
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
        ]
    )


def test_another_library_is_documented_too() -> None:
    """Examples that a library does not understand are left out, and the rest stands."""
    with TestClient(build_app(services_over(sample_library()))) as client:
        answer = client.get("/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["paths"].keys() == CONTRACT
