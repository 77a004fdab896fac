"""Search and answers at the terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policies.library import Library
from policyhub.cli import _library, main
from search_index.answer import Selection
from tests.packaged import indexed, packaged_search

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def data_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("data"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, data_directory: Path) -> Run:
    monkeypatch.setenv("DATA_DIR", str(data_directory))
    return lambda *words: CliRunner().invoke(main, words)


def out(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_ask_answers_with_the_clause_and_the_caution(run: Run) -> None:
    said = out(run("ask", "盖厂房买地能便宜多少"))

    assert "第15条" in said
    assert "70％执行" in said
    assert "不是成交价" in said


def test_ask_says_that_it_is_not_there(run: Run) -> None:
    assert "查不到" in out(run("ask", "公积金贷款最高额度"))


def test_search_shows_hits_with_marks_and_what_was_read(run: Run) -> None:
    said = out(run("search", "特许精营"))

    assert "已按“特许经营”检索" in said
    assert "【特许经营】" in said


def test_search_takes_a_minus_and_a_filter(run: Run) -> None:
    found = json.loads(out(run("search", "用地", "-光伏", "--document", "jszb-2023-19", "--json")))

    assert found["items"]
    assert all(item["document_id"] == "jszb-2023-19" for item in found["items"])
    assert "jszb-2023-19/15" not in [item["clause_id"] for item in found["items"]]


def test_an_unknown_document_is_refused_with_the_nearest(run: Run) -> None:
    result = run("search", "用地", "--document", "jszb-2023-91")

    assert result.exit_code == 1
    assert "是否应为「jszb-2023-" in result.output


def test_index_is_built_where_the_data_lives(run: Run) -> None:
    assert "行已入索引" in out(run("index"))


def test_a_data_directory_that_cannot_be_written_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Library] = []

    def search_for_once(library: Library) -> Selection:
        asked.append(library)
        return packaged_search()

    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("DATA_DIR", str(blocked))
    monkeypatch.setattr(_library, "search_for_now", search_for_once)

    assert "第15条" in out(CliRunner().invoke(main, ["search", "容积率"]))
    assert asked
