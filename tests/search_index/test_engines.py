"""Both engines fulfil one contract; what is found does not depend on which one serves."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search_index.analyse import Grams, analyse
from search_index.engine import Engine, EngineKind
from search_index.open import ENGINES

TEXTS = (
    "工业用地提高容积率不增收土地价款",
    "在建工程可以继续建设",
    "劳动合同解除",
    "光伏发电项目并网",
    "光伏发电项目并网",
    "税",
)


@pytest.fixture(params=sorted(ENGINES))
def kind(request: pytest.FixtureRequest) -> EngineKind:
    return ENGINES[request.param]


@pytest.fixture
def engine(kind: EngineKind, tmp_path: Path) -> Engine:
    kind.write([analyse(text) for text in TEXTS], tmp_path)
    return kind.open(tmp_path)


def rows(engine: Engine, query: str, limit: int = 10) -> list[int]:
    return [one.row for one in engine.search(analyse(query), limit)]


def test_the_row_that_shares_most_comes_first(engine: Engine) -> None:
    assert rows(engine, "容积率提高要不要补土地价款")[0] == 0


def test_inner_words_and_single_characters_are_found(engine: Engine) -> None:
    assert rows(engine, "工程")[0] == 1
    assert rows(engine, "税") == [5]


def test_equal_rows_come_in_their_order(engine: Engine) -> None:
    assert rows(engine, "光伏并网")[:2] == [3, 4]


def test_what_nobody_has_finds_nothing(engine: Engine) -> None:
    assert rows(engine, "魑魅魍魉") == []
    assert engine.search(Grams((), (), ()), 10) == []


def test_no_more_than_asked_for(engine: Engine) -> None:
    assert len(rows(engine, "光伏发电项目", 1)) == 1


@pytest.mark.parametrize("query", ["?", "(", "AND 违约", '"', "a:b*", "土地~2", "\\", "NOT"])
def test_what_a_person_types_is_never_syntax(engine: Engine, query: str) -> None:
    assert isinstance(rows(engine, query), list)


def test_threads_share_an_engine(engine: Engine) -> None:
    queries = ["容积率", "工程", "劳动合同", "光伏并网", "税"] * 40
    alone = [rows(engine, query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: rows(engine, query), queries))

    assert together == alone
