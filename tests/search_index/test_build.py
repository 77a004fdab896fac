"""An index is whole or it is built anew: after a kill, a cut file, a foreign file; once, however many ask."""

import json
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from search_index.analyse import Grams, analyse
from search_index.build import open_index
from search_index.engine import EngineKind
from search_index.open import ENGINES

TEXTS = ("工业用地提高容积率", "在建工程", "光伏发电并网")


@pytest.fixture(params=sorted(ENGINES))
def kind(request: pytest.FixtureRequest) -> EngineKind:
    return ENGINES[request.param]


class Rows:
    """The rows, and how often they were asked for."""

    def __init__(self, texts: Sequence[str] = TEXTS) -> None:
        self.texts, self.asked = texts, 0

    def __call__(self) -> list[Grams]:
        self.asked += 1
        return [analyse(text) for text in self.texts]


def folder(directory: Path) -> Path:
    """The one index in a directory."""
    [index] = [path for path in directory.iterdir() if path.is_dir()]
    return index


def test_an_index_is_built_once_and_opened_again(kind: EngineKind, tmp_path: Path) -> None:
    rows = Rows()
    for _ in range(2):
        engine = open_index(tmp_path, kind, "d1", rows)
        assert engine.search(analyse("工程"), 5)[0].row == 1

    assert rows.asked == 1


def test_another_library_gets_an_index_of_its_own(kind: EngineKind, tmp_path: Path) -> None:
    open_index(tmp_path, kind, "d1", Rows())
    other = open_index(tmp_path, kind, "d2", Rows(("别的", "工程")))

    assert [one.row for one in other.search(analyse("工程"), 5)] == [1]


def spoil_by_cutting(index: Path) -> None:
    largest = max(
        (path for path in index.iterdir() if path.name != "stamp.json"), key=lambda path: path.stat().st_size
    )
    largest.write_bytes(largest.read_bytes()[: largest.stat().st_size // 2])


def spoil_by_one_byte(index: Path) -> None:
    largest = max(
        (path for path in index.iterdir() if path.name != "stamp.json"), key=lambda path: path.stat().st_size
    )
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)


def spoil_by_removing_the_stamp(index: Path) -> None:
    (index / "stamp.json").unlink()


def spoil_by_a_foreign_stamp(index: Path) -> None:
    stamp = json.loads((index / "stamp.json").read_text())
    (index / "stamp.json").write_text(json.dumps(stamp | {"name": "another"}))


def spoil_by_emptying(index: Path) -> None:
    shutil.rmtree(index)
    index.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_by_cutting,
        spoil_by_one_byte,
        spoil_by_removing_the_stamp,
        spoil_by_a_foreign_stamp,
        spoil_by_emptying,
    ],
)
def test_a_broken_or_foreign_index_is_built_anew(kind: EngineKind, tmp_path: Path, spoil: object) -> None:
    open_index(tmp_path, kind, "d1", Rows())
    spoil(folder(tmp_path))  # type: ignore[operator]
    rows = Rows()
    engine = open_index(tmp_path, kind, "d1", rows)

    assert rows.asked == 1
    assert engine.search(analyse("并网"), 5)[0].row == 2


def test_what_a_killed_builder_left_is_cleared(kind: EngineKind, tmp_path: Path) -> None:
    left = tmp_path / ".building-left"
    left.mkdir()
    (left / "half").write_text("half")
    open_index(tmp_path, kind, "d1", Rows())

    assert not left.exists()


def build_slowly(directory: Path, kind: str, asked: Path) -> None:
    """A process that builds; it notes that it did."""

    def rows() -> list[Grams]:
        with asked.open("a") as log:
            log.write("x")
        time.sleep(0.2)
        return [analyse(text) for text in TEXTS * 200]

    open_index(directory, ENGINES[kind], "d1", rows)


def test_of_several_processes_one_builds(kind: EngineKind, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=build_slowly, args=(tmp_path / "index", kind.name, asked)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert asked.read_text() == "x"


@pytest.mark.parametrize("after", [0.0, 0.15, 0.3])
def test_a_kill_at_any_moment_harms_nothing(kind: EngineKind, tmp_path: Path, after: float) -> None:
    asked = tmp_path / "asked"
    process = multiprocessing.get_context("spawn").Process(
        target=build_slowly, args=(tmp_path / "index", kind.name, asked)
    )
    process.start()
    deadline = time.monotonic() + 30
    while not asked.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(after)
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(30)
    engine = open_index(tmp_path / "index", kind, "d1", Rows())

    assert engine.search(analyse("并网"), 5)[0].row % len(TEXTS) == 2
    assert [path.name for path in (tmp_path / "index").iterdir() if path.name.startswith(".building")] == []


def test_a_directory_that_cannot_be_written_is_said(kind: EngineKind, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(OSError, match="file"):
        open_index(blocked / "index", kind, "d1", Rows())
