"""Every kind of bad input is answered in one shape, with every fault at once."""

import json

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import build_app
from api.problems import KINDS
from policyhub.bootstrap import Services
from policyhub.storage import StorageError
from tests.api.conftest import services_over
from tests.sample import sample_library

Client = TestClient[Litestar]

JSON = {"Content-Type": "application/json"}


def profile(**enterprise: object) -> bytes:
    """A request whose enterprise states these facts."""
    return json.dumps({"profile": {"enterprise": enterprise}}).encode()


BAD_BODIES = {
    "unknown fact, the nearest is named": (profile(employes=1), "/profile/enterprise/employes", "employees"),
    "wrong type": (profile(employees=True), "/profile/enterprise/employees", "应为一个数"),
    "wrong unit": (profile(employees="60亩"), "/profile/enterprise/employees", "人数，如 3人"),
    "negative number": (profile(employees=-1), "/profile/enterprise/employees", "不小于 0"),
    "date of a fact out of range": (profile(registered_on="1600-01-01"), "/profile/enterprise/registered_on", "1900"),
    "profile missing": (b"{}", "/profile", "缺少"),
    "profile null": (b'{"profile": null}', "/profile", "空"),
    "profile is a list": (b'{"profile": []}', "/profile", "列表"),
    "unknown field, the nearest is named": (b'{"profile": {}, "asof": "2023-01-01"}', "/asof", "as_of"),
    "date out of range": (b'{"profile": {}, "as_of": "1899-12-31"}', "/as_of", "1900"),
    "no date": (b'{"profile": {}, "as_of": "2023-02-30"}', "/as_of", "日期"),
    "unknown verdict": (b'{"profile": {}, "verdicts": ["eligble"]}', "/verdicts/0", "eligible"),
    "unknown detail": (b'{"profile": {}, "detail": "ful"}', "/detail", "full"),
    "unknown measure": (b'{"profile": {}, "measures": ["yang-2023-1/1/land"]}', "/measures/0", "yang-2023-1/1/land-"),
    "measures no list": (b'{"profile": {}, "measures": "x"}', "/measures", "列表"),
    "whole body is a list": (b"[]", "", "键"),
    "no JSON, with line and column": (b'{"profile":\n  {,}}', "", "第 2 行第 4 列"),
    "empty body": (b"", "", "第 1 行第 1 列"),
    "key twice": (b'{"profile": {}, "profile": {}}', "", "profile"),
    "not a number": (b'{"profile": {"enterprise": {"employees": NaN}}}', "", "NaN"),
    "half a character": (b'{"profile": {"enterprise": {"name": "\\ud800"}}}', "", "半个"),
    "too deep": (b'{"profile":' + b"[" * 9000, "", "太深"),
    "too many digits": (b'{"profile": {"enterprise": {"employees": ' + b"9" * 9000 + b"}}}", "", "位数"),
    "number out of all proportion": (profile(employees=1) .replace(b"1", b"1e999999"), "/profile/enterprise/employees", "位数"),
    "not UTF-8": (b'{"profile": "\xff"}', "", "UTF-8"),
}  # fmt: skip


def check_problem(response: object, status: int) -> dict[str, object]:
    """The one shape of all problems."""
    assert response.status_code == status, response.text  # type: ignore[attr-defined]
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    body: dict[str, object] = response.json()  # type: ignore[attr-defined]
    assert body.keys() == {"type", "title", "status", "detail", "errors", "nearest", "library"}
    assert body["status"] == status
    assert str(body["type"]).removeprefix("/problems/") in KINDS
    return body


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_body_is_a_problem(client: Client, name: str) -> None:
    """400, at the place of the fault, saying what was expected."""
    content, pointer, said = BAD_BODIES[name]
    body = check_problem(client.post("/v1/match", content=content, headers=JSON), 400)

    assert isinstance(body["errors"], list)
    assert [(error["pointer"], said in error["detail"]) for error in body["errors"]] == [(pointer, True)]


@pytest.mark.parametrize(
    ("query", "pointer", "said"),
    [
        ("knd=benefit", "/query/knd", "kind"),
        ("kind=benefits", "/query/kind", "benefit"),
        ("subject=projekt", "/query/subject", "project"),
        ("document=yang-2023-2", "/query/document", "yang-2023-1"),
        ("clause=yang-2023-1/9", "/query/clause", "yang-2023-1/"),
        ("category=用", "/query/category", "用地"),
        ("unit=财政局", "/query/unit", "市财政局"),
        ("limit=101", "/query/limit", "100"),
        ("limit=0", "/query/limit", "1"),
        ("limit=many", "/query/limit", "整数"),
        ("next=nonsense", "/query/next", "next"),
        ("next=%FF", "/query/next", "next"),
        ("as_of=yesterday", "/query/as_of", "日期"),
        ("as_of=2101-01-01", "/query/as_of", "2100"),
        ("as_of=null", "/query/as_of", "null"),
        ("kind=benefit&kind=benefit", "/query/kind", "一次"),
    ],
)
def test_a_bad_parameter_is_a_problem(client: Client, query: str, pointer: str, said: str) -> None:
    """400, naming the parameter and the nearest word."""
    body = check_problem(client.get(f"/v1/measures?{query}"), 400)

    assert isinstance(body["errors"], list)
    assert [(error["pointer"], said in error["detail"]) for error in body["errors"]] == [(pointer, True)]


@pytest.mark.parametrize(
    "call", ["/v1/library", "/v1/facts", "/v1/schemas/profile.json", "/v1/clauses/yang-2023-1/1"]
)
def test_no_call_takes_a_parameter_that_it_does_not_know(client: Client, call: str) -> None:
    """A misspelt parameter is never ignored."""
    check_problem(client.get(f"{call}?verbose=1"), 400)


def test_all_faults_come_at_once(client: Client) -> None:
    """Of the request's own fields and of the profile alike."""
    content = b"""{"as_of": "x", "measures": ["y"], "detail": 1, "more": 1,
        "profile": {"enterprise": {"employees": "z", "unknown": 1}, "projects": {}}}"""
    body = check_problem(client.post("/v1/match", content=content, headers=JSON), 400)

    assert isinstance(body["errors"], list)
    assert {error["pointer"] for error in body["errors"]} == {
        "/as_of", "/measures/0", "/detail", "/more", "/profile/enterprise/employees",
        "/profile/enterprise/unknown", "/profile/projects",
    }  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_profiles_are_compared(client: Client, count: int) -> None:
    """Neither fewer nor more."""
    body = check_problem(client.post("/v1/match/compare", json={"profiles": [{}] * count}), 400)

    assert isinstance(body["errors"], list)
    assert body["errors"][0]["pointer"] == "/profiles"


def test_faults_of_compared_profiles_say_which(client: Client) -> None:
    """The pointer counts the profiles."""
    profiles = [{}, {"enterprise": {"employees": "x"}}]
    body = check_problem(client.post("/v1/match/compare", json={"profiles": profiles}), 400)

    assert isinstance(body["errors"], list)
    assert body["errors"][0]["pointer"] == "/profiles/1/enterprise/employees"


def test_a_receipt_that_is_none_is_a_problem(client: Client) -> None:
    """Missing and foreign fields are all named."""
    given = {"receipt": {"id": "x", "colour": "red", "as_of": "2023-07-01"}, "profile": {}}
    body = check_problem(client.post("/v1/receipts/verify", json=given), 400)

    assert isinstance(body["errors"], list)
    assert {"/receipt/colour", "/receipt/text", "/receipt/verdicts"} <= {e["pointer"] for e in body["errors"]}


@pytest.mark.parametrize(
    ("call", "nearest"),
    [
        ("/v1/documents/yang-2023-2", "yang-2023-1"),
        ("/v1/clauses/yang-2023-1/9", "yang-2023-1/1"),
        ("/v1/measures/yang-2023-1/1/land-floor", "yang-2023-1/1/land-floor-price"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest(client: Client, call: str, nearest: str) -> None:
    """404 with ids that look like it."""
    body = check_problem(client.get(call), 404)

    assert isinstance(body["nearest"], list)
    assert nearest in body["nearest"]


def test_an_unknown_address_is_a_problem(client: Client) -> None:
    """404 of another kind than an unknown id."""
    assert check_problem(client.get("/v2/library"), 404)["type"] == "/problems/no-such-address"


def test_a_wrong_method_is_a_problem(client: Client) -> None:
    """405."""
    check_problem(client.get("/v1/match"), 405)


def test_a_caller_who_takes_no_json_is_told(client: Client) -> None:
    """406."""
    check_problem(client.get("/v1/library", headers={"Accept": "text/csv"}), 406)


def test_a_body_that_is_not_json_by_its_own_word_is_refused(client: Client) -> None:
    """415, before anything is read."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    check_problem(client.post("/v1/match", content=profile(), headers=headers), 415)


def test_a_body_beyond_the_limit_is_refused(client: Client) -> None:
    """413."""
    check_problem(client.post("/v1/match", content=b" " * 20_001, headers=JSON), 413)


def test_an_error_of_ours_shows_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    """500 with the same shape, and no word of the exception; the log tells the kind and the place, causes too."""
    secret = "138" * 4

    def broken() -> object:
        try:
            return int(f"{secret}x")
        except ValueError as error:
            raise RuntimeError(secret) from error

    services = services_over(sample_library())
    spoilt = Services(**{f: getattr(services, f) for f in services.__struct_fields__} | {"today": broken})
    with TestClient(build_app(spoilt), raise_server_exceptions=False) as client:
        response = client.get("/v1/library")

    check_problem(response, 500)
    assert secret not in response.text
    assert secret not in caplog.text
    assert all(word in caplog.text for word in ("GET /v1/library", "ValueError", "RuntimeError", "in broken"))


def test_a_service_without_its_database_is_not_ready() -> None:
    """503 for the balancer; it lives all the same."""

    def unreachable() -> object:
        raise StorageError("gone")

    services = services_over(sample_library())
    cut_off = Services(
        **{f: getattr(services, f) for f in services.__struct_fields__} | {"check": unreachable}
    )
    with TestClient(build_app(cut_off)) as client:
        check_problem(client.get("/health/ready"), 503)
        assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize("slug", KINDS)
def test_every_problem_has_a_page(client: Client, slug: str) -> None:
    """What it means and what to do."""
    page = client.get(f"/problems/{slug}")

    assert page.status_code == 200
    assert KINDS[slug].title in page.text
    assert KINDS[slug].remedy[:10] in page.text
