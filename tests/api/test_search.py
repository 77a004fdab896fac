"""Search, completions and answers over HTTP, as the contract has them."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]


def test_search_answers_in_the_words_of_the_contract(packaged_client: Client) -> None:
    answer = packaged_client.get("/v1/search", params={"q": "容积率", "limit": 1}).json()

    assert {
        "query",
        "understood",
        "total",
        "took_ms",
        "items",
        "facets",
        "relaxed",
        "suggestions",
        "next",
    } <= answer.keys()
    assert {
        "clause_id", "document_number", "clause_number", "heading", "score", "highlights", "units", "measures", "why",
    } <= answer["items"][0].keys()  # fmt: skip
    assert answer["items"][0]["clause_id"] == "jszb-2023-19/15"
    assert answer["library"]


def test_answers_in_the_words_of_the_contract(packaged_client: Client) -> None:
    answer = packaged_client.get("/v1/answers", params={"q": "盖厂房买地能便宜多少"}).json()

    assert answer["found"] is True
    assert {"spoken", "text", "clause_id", "quote", "units", "caution", "standard_answer"} <= answer[
        "answer"
    ].keys()
    assert {"alternatives", "ask", "triage"} <= answer.keys()
    assert {"line", "reason", "clause_id"} <= answer["triage"].keys()


def test_not_found_is_said_so(packaged_client: Client) -> None:
    answer = packaged_client.get("/v1/answers", params={"q": "公积金贷款最高额度"}).json()

    assert (answer["found"], answer["answer"]) == (False, None)


def test_suggest_completes(packaged_client: Client) -> None:
    answer = packaged_client.get("/v1/suggest", params={"q": "bzcf"}).json()

    assert "标准厂房" in [item["text"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("path", "params", "pointer"),
    [
        ("/v1/search", {}, "/query/q"),
        ("/v1/search", {"q": ""}, "/query/q"),
        ("/v1/search", {"q": "长" * 501}, "/query/q"),
        ("/v1/search", {"q": "用地", "limit": "101"}, "/query/limit"),
        ("/v1/search", {"q": "用地", "document": "jszb-2023-91"}, "/query/document"),
        ("/v1/search", {"q": "用地", "kind": "gift"}, "/query/kind"),
        ("/v1/search", {"q": "用地", "force": "有效"}, "/query/force"),
        ("/v1/search", {"q": "用地", "next": "x"}, "/query/next"),
        ("/v1/answers", {}, "/query/q"),
        ("/v1/suggest", {"q": "容", "limit": "0"}, "/query/limit"),
    ],
)
def test_a_wrong_parameter_is_named(
    packaged_client: Client, path: str, params: dict[str, str], pointer: str
) -> None:
    answer = packaged_client.get(path, params=params)

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]


def test_an_answer_is_kept_and_not_sent_twice(packaged_client: Client) -> None:
    first = packaged_client.get("/v1/search", params={"q": "用地"})
    again = packaged_client.get(
        "/v1/search", params={"q": "用地"}, headers={"If-None-Match": first.headers["etag"]}
    )

    assert again.status_code == 304


@pytest.mark.parametrize("query", ["\x00", "%", "🙂", "'; drop table", "AND OR NOT", "“", "a" * 500])
def test_anything_typed_is_no_fault_of_ours(packaged_client: Client, query: str) -> None:
    for path in ("/v1/search", "/v1/suggest", "/v1/answers"):
        assert packaged_client.get(path, params={"q": query}).status_code == 200
