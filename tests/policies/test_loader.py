"""A directory in, a library with its digests out, or every problem at once."""

import shutil
from pathlib import Path

import pytest

from policies import LibraryError, load_library
from policies.loader import PACKAGED
from tests.matcher.generated import library_named

CLAUSE = "documents/jszb-2023-19/clauses/15.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packaged library, to be spoilt."""
    library_named("packaged")
    shutil.copytree(PACKAGED, tmp_path / "library")
    return tmp_path / "library"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(directory: Path) -> list[str]:
    with pytest.raises(LibraryError) as caught:
        load_library(directory)
    return [str(problem) for problem in caught.value.problems]


def test_the_same_files_give_the_same_digests_wherever_they_lie(copy: Path) -> None:
    assert load_library(copy).digests == load_library().digests


def test_a_rule_changes_the_digest_of_the_rules_and_not_of_the_text(copy: Path) -> None:
    edit(copy / CLAUSE, "类别: 用地", "类别: 土地")
    before, after = load_library().digests, load_library(copy).digests

    assert after.text == before.text
    assert (after.rules, after.library) != (before.rules, before.library)


def test_every_problem_of_every_file_comes_in_one_run_sorted(copy: Path) -> None:
    edit(copy / CLAUSE, "种类: 优惠", "种类: 优待")
    edit(copy / "facts/enterprise.yaml", "类型: 地区", "类型: 地点")
    told = problems_of(copy)

    assert told == sorted(
        told, key=lambda line: (line.split(":")[0], int(line.split(":")[1].split(" ")[0].split("：")[0]))
    )
    assert {line.split(":")[0] for line in told} >= {CLAUSE, "facts/enterprise.yaml"}


def test_a_file_in_another_encoding_is_told_and_not_what_it_then_lacks(copy: Path) -> None:
    (copy / "sources" / "gbk.yaml").write_bytes("- 编号: 旧文件\n".encode("gbk"))
    told = [line for line in problems_of(copy) if line.startswith("sources/gbk.yaml")]

    assert len(told) == 1
    assert "UTF-8" in told[0]


def test_an_id_given_twice_in_two_files_is_told(copy: Path) -> None:
    shutil.copy(copy / "facts" / "asset.yaml", copy / "facts" / "asset-again.yaml")

    assert any("asset.owner" in line and "又出现" in line for line in problems_of(copy))
