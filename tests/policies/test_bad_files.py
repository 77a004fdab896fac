"""Each file of ``bad/`` spoils the good sample in one place; exactly the problems it lists are found."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

from policies import checks, clause_file, cursor, fact_files, size_classes, strict_yaml
from policies.checks import coverage, ledger, quotes, references, speech, vocabulary
from policies.problems import Problem
from policies.strict_yaml import read_yaml
from tests.sample import read_sample

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
CHECKS = (coverage, ledger, quotes, references, speech, vocabulary)
READERS = (clause_file, cursor, fact_files, size_classes, strict_yaml)
TELLING = {"Problem", "problem", "_difference", "report", "_refuse"}


def case(path: Path) -> Any:
    tree = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert tree.problems == ()
    return tree.content


def found(path: Path) -> list[Problem]:
    bad = case(path)
    return sorted(read_sample({bad["文件"]: (bad["把"], bad["改为"])})[1])


def places_of_telling(module: ModuleType) -> Iterator[int]:
    """The lines of a module that make a problem out of a fault."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in TELLING:
                yield node.lineno


@cache
def all_lines_run() -> set[tuple[str | None, int]]:
    """The lines of checks and readers that reading all bad files runs through."""
    files = {module.__file__ for module in (*CHECKS, *READERS)}
    seen: set[tuple[str | None, int]] = set()

    def trace(frame: FrameType, _event: str, _argument: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for path in BAD:
            found(path)
    finally:
        sys.settrace(before)
    return seen


def test_the_good_sample_has_no_problem() -> None:
    _, problems = read_sample({})

    assert problems == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_caught_with_place_expectation_and_nearest_word(path: Path) -> None:
    listed = case(path)["应报"]
    expected = [
        Problem(one["文件"], int(one["行"]), one.get("处", ""), one["应为"], one["实为"], one.get("相近", ""))
        for one in listed
    ]

    assert found(path) == expected


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_caught_by_the_check_it_is_for(path: Path) -> None:
    named = case(path)["检查"]
    bad = case(path)
    library, problems = read_sample({bad["文件"]: (bad["把"], bad["改为"])})
    by_name = {name: check for module in CHECKS for name, check in vars(module).items()}
    if named == "reading":
        caught = [one for one in problems if one not in list(checks.check_library(library))]
    elif named in ("check_vocabulary", "check_use", "check_speech"):
        caught = list(by_name[named](library))
    else:
        caught = [one for clause in library.encoded for one in by_name[named](library, clause)]

    assert caught


def test_every_check_has_a_bad_file() -> None:
    written = {name for module in CHECKS for name in vars(module) if name.startswith("check_")}

    assert written | {"reading"} == {case(path)["检查"] for path in BAD}


@pytest.mark.parametrize("module", [*CHECKS, *READERS], ids=lambda module: module.__name__)
def test_no_complaint_of_a_check_or_reader_is_without_a_bad_file(module: ModuleType) -> None:
    silent = [line for line in places_of_telling(module) if (module.__file__, line) not in all_lines_run()]

    assert silent == []


def test_all_problems_are_found_in_one_run_and_sorted_by_file_and_line() -> None:
    _, problems = read_sample(
        {
            "clauses/1.yaml": ("种类: 优惠", "种类: 优待"),
            "clauses/2.yaml": ("高于: 100人", "高于: 100亩"),
            "clauses/3.yaml": ("编号: quick", "编号: Quick"),
            "facts/asset.yaml": ("类型: 多选", "类型: 多项"),
        }
    )

    assert {one.file for one in sorted(problems)} == {
        "clauses/1.yaml",
        "clauses/2.yaml",
        "clauses/3.yaml",
        "facts/asset.yaml",
    }


def test_a_problem_reads_as_one_line_a_person_can_act_on() -> None:
    problem = found(Path(__file__).parent / "bad" / "fact-unknown.yaml")[0]

    assert str(problem) == (
        "clauses/1.yaml:18 措施[1].条件.全部满足[1].事实：应为事实词表里的事实，"
        "实为「项目.工业类项目」；是否应为「项目.工业项目」？"
    )
