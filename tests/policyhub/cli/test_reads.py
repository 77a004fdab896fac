"""The commands read the same structures as the API, and write them for people."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policies.loader import PACKAGED
from policyhub.cli import main
from policyhub.cli._print import table, width, wrapped


def run(*arguments: str, given: bytes | str | None = None) -> Result:
    """A command as a person types it."""
    return CliRunner().invoke(main, arguments, input=given)


def run_json(*arguments: str, given: bytes | str | None = None) -> Any:
    """What a command gives to another program."""
    result = run(*arguments, "--json", given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_check_proves_the_packaged_library() -> None:
    """Counts, what is not yet encoded, and no problem."""
    report = run_json("check")
    encoded = len(list(PACKAGED.glob("documents/*/clauses/*.yaml")))
    told = run("check").stdout

    assert report["problems"] == []
    assert report["counts"]["encoded"] == encoded
    assert f"编成规则 {encoded}/43 条" in told
    assert "没有错误" in told


def test_check_names_file_and_line_of_what_is_wrong(tmp_path: Path) -> None:
    """And exits with 1."""
    shutil.copytree(PACKAGED, tmp_path / "library")
    spoilt = tmp_path / "library/documents/jszb-2023-19/clauses/15.yaml"
    spoilt.write_text(
        spoilt.read_text(encoding="utf-8").replace("标签: 条件符合，须认定", "标签: 符合", 1),
        encoding="utf-8",
    )
    result = run("check", "--library", str(tmp_path / "library"))

    assert result.exit_code == 1
    assert "documents/jszb-2023-19/clauses/15.yaml:" in result.stderr
    assert "条件符合，须认定" in result.stderr
    assert "1 处错误" in result.stdout


def test_show_prints_a_clause_with_what_was_made_of_it() -> None:
    """Path, text, units, and of each measure the read-back."""
    told = run("show", "19号15条", "--ledger").stdout

    assert "晋市政办〔2023〕19号" in told
    assert "强化用地保障" in told
    assert "责任单位  市规划和自然资源局（牵头）" in told
    assert "读作  若" in told
    assert "政府职责" in told or "引用" in told
    assert "jszb-2023-19/15/land-floor-price" in told


def test_show_prints_one_measure() -> None:
    """By its id."""
    told = run("show", "jszb-2023-19/15/land-floor-price").stdout

    assert told.startswith("支持类工业项目用地")
    assert "待明确" in told


def test_show_says_what_is_not_yet_encoded() -> None:
    """A clause without a clause file has its text and nothing else."""
    view = run_json("show", "jszb-2023-21/s2")

    assert not view["encoded"]
    assert view["ledger"] is None


def test_show_offers_the_nearest() -> None:
    """An unknown clause is refused with a neighbour."""
    result = run("show", "19号99条")

    assert result.exit_code == 1
    assert "jszb-2023-19/" in result.stderr


SOLAR = {"projects": [{"pv_composite": True, "光伏方阵用地": "一般农用地", "pv_farmland_compliant": "是"}]}


def test_match_prints_findings_by_label() -> None:
    """With quotes, what is missing, who decides, and the next questions."""
    told = run("match", "-", "--as-of", "2023-07-01", given=json.dumps(SOLAR)).stdout

    assert "条件符合，须认定（" in told
    assert "“保障光伏复合项目用地”" in told
    assert "再答" in told
    assert "缺：" in told
    assert "回执" in told
    assert all(width(line) <= 110 for line in told.splitlines())


def test_match_chooses_verdicts_and_gives_json(tmp_path: Path) -> None:
    """The same structure as POST /v1/match, from YAML as from JSON."""
    file = tmp_path / "profile.yaml"
    file.write_text("projects:\n- pv_composite: true\n", encoding="utf-8")
    body = run_json("match", str(file), "--verdict", "符合", "--as-of", "2023-07-01")

    assert body["as_of"] == "2023-07-01"
    assert {finding["verdict"] for finding in body["findings"]} == {"eligible"}
    assert body["summary"]["undetermined"] > 0


def test_match_takes_a_whole_request() -> None:
    """What is posted to the API can be given to the command."""
    body = run_json(
        "match", "-", given=json.dumps({"profile": SOLAR, "detail": "brief", "as_of": "2023-07-01"})
    )

    assert "conditions" not in body["findings"][0]


def test_match_names_every_fault() -> None:
    """Each with its pointer, on one line."""
    result = run("match", "-", given="enterprise:\n  所有制度: 民营\nprojects:\n- pv_composite: maybe\n")

    assert result.exit_code == 1
    assert "2 处错误" in result.stderr
    assert "/profile/enterprise/所有制度" in result.stderr
    assert "/profile/projects/0/pv_composite" in result.stderr


def test_library_and_facts_are_listed() -> None:
    """For people and for programs."""
    assert "晋市政办〔2023〕19号" in run("library").stdout
    assert "pv_composite" in run("facts").stdout
    assert run_json("library")["counts"]["documents"] == 8
    assert {fact["key"] for fact in run_json("facts")} >= {"ownership", "pv_composite"}


@pytest.mark.parametrize("columns", [20, 40, 100])
def test_wrapped_lines_keep_every_word(columns: int) -> None:
    """No line begins with a comma, and none is too wide."""
    text = "对支持类（工业）项目，土地出让底价按最低价标准的 70％执行；在泽州县、高平市等地建设、总投资不低于 2亿元的项目。"
    lines = list(wrapped(text, columns, "  "))

    assert "".join(line.removeprefix("  ") for line in lines) == text
    assert all(width(line) <= columns + 2 for line in lines)
    assert not any(line.strip()[0] in "，。；、）" for line in lines)


def test_columns_line_up() -> None:
    """A Chinese character takes two columns."""
    first, second = table([("甲", "x"), ("abc", "y")])

    assert width(first.partition("x")[0]) == width(second.partition("y")[0])
