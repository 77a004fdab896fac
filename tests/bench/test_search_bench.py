"""The search benches run from end to end on a tiny input, and measure what they say; never how fast."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bench import search_peers, search_quality, search_speed
from bench.search_sets import score
from policies.library import Library

QUERIES = (
    {"id": "o001", "user": "agent", "style": "keyword", "query": "19号15条", "gold": {"jszb-2023-19/15": 2}},
    {"id": "o002", "user": "agent", "style": "colloquial", "query": "盖厂房买地能便宜多少", "gold": {}},
    {"id": "o003", "user": "agent", "style": "negative", "query": "公积金怎么提取", "gold": {}},
)
ARTICLES = {
    "a1": "对支持类工业项目土地出让底价按最低价标准执行",
    "a2": "用人单位解除劳动合同应当支付经济补偿",
    "a3": "夫妻一方个人所负的债务由本人偿还",
}


def lines_of(items: Iterable[Mapping[str, Any]]) -> bytes:
    """One JSON object a line."""
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items).encode()


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three queries in the form of tests/library."""
    path = tmp_path_factory.mktemp("queries") / "queries.jsonl"
    gold = [
        [{"clause_id": name, "grade": grade} for name, grade in query["gold"].items()] for query in QUERIES
    ]
    path.write_bytes(lines_of({**query, "gold": one} for query, one in zip(QUERIES, gold, strict=True)))
    return path


@pytest.fixture
def stard(tmp_path: Path) -> Path:
    """A folder of evaluation data with three articles."""
    folder = tmp_path / "stard-dev"
    folder.mkdir()
    articles = ({"id": name, "name": "某法", "text": text} for name, text in ARTICLES.items())
    questions = [{"id": 1, "question": "单位跟我解除劳动合同，给不给补偿？", "gold": ["a2"]}]
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(lines_of(articles)))
    (folder / "queries.jsonl.gz").write_bytes(gzip.compress(lines_of(questions)))
    return tmp_path


def test_a_score_is_what_the_definitions_give() -> None:
    found = score(["near", "other", "exact"], {"exact": 2, "near": 1, "lost": 2}, recall_at=3)

    assert found.first == 0
    assert found.mrr == pytest.approx(1 / 3)
    assert found.ndcg == pytest.approx((1 + 3 / 2) / (3 + 3 / 1.5849625 + 1 / 2))
    assert found.recall == 1 / 2


def test_quality_tells_the_halves_apart_and_says_what_is_not_measured(queries: Path, tmp_path: Path) -> None:
    said: list[str] = []
    options = ["--engine", "tantivy", "--queries", str(queries), "--eval", str(tmp_path), "--misses"]

    assert search_quality.main(options, said.append) == 0

    report = "\n".join(said)
    assert f"{tmp_path}/queries-dev.jsonl is not here" in report
    assert f"tantivy: {search_quality.HELD_OUT}" in report
    assert f"tantivy: {search_quality.TUNED}" in report
    assert "o002 [colloquial] 盖厂房买地能便宜多少: answered, though the documents do not" in report
    assert "o001" not in report


def test_peers_find_what_answers(stard: Path) -> None:
    said: list[str] = []

    assert search_peers.main(["--eval", str(stard), "--sizes", "3", "--json"], said.append) == 0

    found = json.loads("".join(said))
    by_name = {one["name"]: one for one in found["engines"]}
    assert {name for name in by_name if name.startswith("ours")} == {
        "ours: tantivy, uni + bigrams + words",
        "ours: whoosh, uni + bigrams + words",
    }
    for name in [*(name for name in by_name if name.startswith("ours")), "SQLite FTS5, our tokens"]:
        assert by_name[name]["quality on the sample"]["R@10"] == 1, name
    assert [one["articles"] for one in found["curve"]] == [3, 3]
    assert by_name.keys() | found["not measured"].keys() == {one.name for one in search_peers.contenders()}
    assert list(search_peers.report(found))


def test_peers_say_that_the_data_is_absent(tmp_path: Path) -> None:
    said: list[str] = []

    assert search_peers.main(["--eval", str(tmp_path)], said.append) == 0
    assert said == [
        f"search peers: not measured: {tmp_path / 'stard-dev'} is not here; say where with --eval or EVAL_DIR"
    ]


def test_speed_asks_the_services_and_the_server(queries: Path, packaged_library: Library) -> None:
    said: list[str] = []

    assert search_speed.main(["--engine", "tantivy", "--queries", str(queries), "--json"], said.append) == 0

    found = json.loads("".join(said))
    assert found["clauses"] == len(packaged_library.clauses)
    (measured,) = found["measured"].values()
    services = {search_speed.SEARCH, search_speed.ANSWER, search_speed.SUGGEST}
    assert measured["in process"]["services"].keys() == services
    assert measured["over HTTP"].keys() == services | {search_speed.NOTHING}
