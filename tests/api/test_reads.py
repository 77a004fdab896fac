"""Reading the library: every field of the contract, pages, filters."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from api.app import build_app
from policies.loader import PACKAGED
from policyhub.cache import RedisCache
from policyhub.redis_link import RedisLink
from tests.api.conftest import services_over
from tests.sample import sample_library

Client = TestClient[Litestar]

CLAUSE = {
    "id", "document_id", "document_number", "number", "path", "heading", "text", "body", "units",
    "units_open", "measures", "cites", "ledger", "raw_offsets", "force",
}  # fmt: skip
MEASURE = {
    "id", "clause_id", "title", "quote", "kind", "category", "subject", "rule", "readback", "benefit", "units",
    "open_points", "cites", "force", "examples",
}  # fmt: skip


def test_the_library_says_what_it_holds(client: Client) -> None:
    """Digest, counts, documents, and since when it is served."""
    body = client.get("/v1/library").json()

    assert body["digest"] == "l" * 64
    assert body["library"] == "l" * 12
    assert body["counts"]["measures"] == 12
    assert [document["id"] for document in body["documents"]] == ["yang-2023-1"]
    assert body["published_at"] == "2023-06-30T08:00:00Z"


def test_a_clause_has_every_field_of_the_contract(client: Client) -> None:
    """And the ledger adds up to the text."""
    body = client.get("/v1/clauses/yang-2023-1/1").json()

    assert body.keys() >= CLAUSE
    assert body["encoded"]
    assert "".join(line["text"] for line in body["ledger"]) == body["text"]
    assert body["units"] == [{"name": "市规划和自然资源局", "lead": True}]


def test_a_slash_of_an_id_may_be_percent_encoded(client: Client) -> None:
    """Some clients encode path parameters whole."""
    plain, encoded = client.get("/v1/clauses/yang-2023-1/1"), client.get("/v1/clauses/yang-2023-1%2F1")

    assert plain.json() == encoded.json()


def test_a_clause_that_is_not_encoded_says_so(packaged_client: Client) -> None:
    """It has its text, no ledger, and a note."""
    documents = packaged_client.get("/v1/documents/jszf-2023-6").json()
    name = documents["plans"][0]["sections"][0]["clauses"] or documents["plans"][0]["sections"][0]["sections"]
    first = packaged_client.get(f"/v1/clauses/{_first_clause(documents)}").json()

    assert name
    assert not first["encoded"]
    assert first["ledger"] is None
    assert first["note"]
    assert first["text"]


def _first_clause(document: dict[str, object]) -> str:
    plans = document["plans"]
    assert isinstance(plans, list)
    waiting = [section for plan in plans for section in plan["sections"]]
    while waiting:
        section = waiting.pop(0)
        if section["clauses"]:
            return str(section["clauses"][0]["id"])
        waiting = [*section["sections"], *waiting]
    raise AssertionError("no clause")


def test_every_clause_of_a_contents_tree_can_be_read(packaged_client: Client) -> None:
    """The tree of 19号 leads to its clauses."""
    text = packaged_client.get("/v1/documents/jszb-2023-19").text

    for name in ("jszb-2023-19/9", "jszb-2023-19/15"):
        assert f'"{name}"' in text
        assert packaged_client.get(f"/v1/clauses/{name}").status_code == 200


def test_a_measure_has_every_field_of_the_contract(client: Client) -> None:
    """Its rule is a tree of sentences with the words that they model."""
    body = client.get("/v1/measures/yang-2023-1/1/land-floor-price").json()

    assert body.keys() >= MEASURE
    assert body["rule"]["connective"] == "all"
    assert [part["sentence"] for part in body["rule"]["parts"]] == [
        "项目为工业项目",
        "项目产业导向类别为支持类",
    ]
    assert body["rule"]["parts"][1]["quotes"] == ["支持类"]
    assert body["sources"][0]["id"] == "land-standard"
    assert {example["verdict"] for example in body["examples"]} == {"eligible", "ineligible", "undetermined"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 12),
        ("document=yang-2023-1", 12),
        ("clause=yang-2023-1/1", 5),
        ("kind=obligation", 1),
        ("category=用地", 3),
        ("unit=市财政局", 4),
        ("subject=asset", 3),
        ("subject=project&kind=facilitation", 3),
        ("subject=asset&unit=市财政局", 0),
    ],
)
def test_measures_are_filtered(client: Client, query: str, count: int) -> None:
    """Several filters hold together."""
    assert len(client.get(f"/v1/measures?{query}").json()["items"]) == count


@pytest.mark.parametrize("call", ["/v1/measures", "/v1/facts"])
def test_pages_put_together_are_the_whole(client: Client, call: str) -> None:
    """``next`` leads on and is null at the end."""
    whole = client.get(call, params={"limit": 100}).json()["items"]
    pages, following = [], ""
    while following is not None:
        params = {"limit": 5} | ({"next": following} if following else {})
        body = client.get(call, params=params).json()
        pages += body["items"]
        following = body["next"]

    assert pages == whole


def test_a_page_of_one_question_does_not_fit_another(client: Client) -> None:
    """``next`` belongs to its filters."""
    following = client.get("/v1/measures?limit=1").json()["next"]

    assert client.get("/v1/measures", params={"next": following, "kind": "benefit"}).status_code == 400


def test_facts_say_how_they_are_stated(client: Client) -> None:
    """Key, Chinese name, type, unit, choices, and from what they follow."""
    facts = {fact["id"]: fact for fact in client.get("/v1/facts?limit=100").json()["items"]}

    assert facts["project.land_area"]["unit"] == "亩"
    assert facts["enterprise.ownership"]["choices"][0] == {
        "name": "民营企业",
        "aliases": ["民营", "民企", "私营企业"],
    }
    assert facts["project.ancillary_share"]["derivation"]["inputs"] == [
        "project.ancillary_area",
        "project.land_area",
    ]


def test_the_profile_schema_knows_both_languages(client: Client) -> None:
    """A key and its Chinese name are the same property."""
    project = client.get("/v1/schemas/profile.json").json()["$defs"]["project"]

    assert project["properties"]["industrial"]["title"] == "工业项目"
    assert project["properties"]["工业项目"]["anyOf"] == project["properties"]["industrial"]["anyOf"]
    assert project["additionalProperties"] is False


def test_force_is_told_for_the_day_that_is_asked(client: Client) -> None:
    """The same clause is not yet in force the day before it is issued."""
    before = client.get("/v1/clauses/yang-2023-1/1?as_of=2023-06-01").json()
    after = client.get("/v1/clauses/yang-2023-1/1?as_of=2023-06-02").json()

    assert before["force"]["status"] == "未到施行日"
    assert after["force"]["status"] == "效力待确认"


@pytest.mark.parametrize(
    "call",
    [
        "/v1/library", "/v1/documents", "/v1/documents/yang-2023-1", "/v1/clauses/yang-2023-1/2", "/v1/measures",
        "/v1/measures/yang-2023-1/2/contest", "/v1/facts", "/v1/schemas/profile.json",
    ],
)  # fmt: skip
def test_an_answer_held_already_is_not_sent_again(client: Client, call: str) -> None:
    """A strong ETag, 304 for its holder, and the library's digest on everything."""
    first = client.get(call)
    again = client.get(call, headers={"If-None-Match": first.headers["etag"]})
    other = client.get(call, headers={"If-None-Match": '"another"'})

    assert first.json()["library"] == first.headers["x-library"] == "l" * 12
    assert not first.headers["etag"].startswith("W/")
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert other.status_code == 200


def test_another_question_has_another_etag(client: Client) -> None:
    """So has the same question about another page."""
    calls = ("/v1/measures", "/v1/measures?limit=2", "/v1/measures?kind=benefit", "/v1/facts")

    assert len({client.get(call).headers["etag"] for call in calls}) == len(calls)


def test_the_packaged_library_is_served(packaged_client: Client) -> None:
    """Eight documents, and as many clauses as are in its files."""
    body = packaged_client.get("/v1/library").json()

    assert body["counts"]["documents"] == len(list(PACKAGED.glob("documents/*/document.yaml")))
    assert body["counts"]["encoded"] == len(list(PACKAGED.glob("documents/*/clauses/*.yaml")))


def test_a_kept_answer_is_the_answer(client: Client) -> None:
    """What comes from the cache has the body and headers of what was computed."""
    call = "/v1/measures"
    first, kept = client.get(call), client.get(call)

    assert kept.content == first.content
    assert kept.headers.items() == first.headers.items()


def test_a_cache_that_lies_down_stops_nobody() -> None:
    """With a Redis that nobody answers for, reads are computed."""
    services = replace(services_over(sample_library()), cache=RedisCache(RedisLink("redis://127.0.0.1:1/0")))
    with TestClient(build_app(services)) as client:
        answer = client.get("/v1/library")

    assert answer.status_code == 200


def test_workers_share_answers_through_redis(redis_url: str) -> None:
    """What one process computed, another finds in Redis, byte for byte."""
    answers = []
    for _ in range(2):
        services = replace(services_over(sample_library()), cache=RedisCache(RedisLink(redis_url)))
        with TestClient(build_app(services)) as client:
            answers.append(client.get("/v1/facts"))

    assert answers[0].content == answers[1].content
    assert answers[0].headers.items() == answers[1].headers.items()
