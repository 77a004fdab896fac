"""policyhub verify: unaltered or not, the same today or not, and an exit code that scripts can use."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from matcher.receipt import Receipt
from policyhub.cli import main
from policyhub.services.receipt_text import receipt_text

SOLAR = {"projects": [{"pv_composite": True, "光伏方阵用地": "一般农用地"}]}


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


@pytest.fixture(scope="module")
def answer() -> Any:
    """A match as ``policyhub match --json`` prints it."""
    result = run("match", "-", "--as-of", "2023-07-01", "--json", given=json.dumps(SOLAR))
    return json.loads(result.stdout)


def line(answer: Any) -> str:
    """The receipt as a line of text."""
    return receipt_text(msgspec.convert(answer["receipt"], Receipt))


def test_a_receipt_alone_is_checked(answer: Any) -> None:
    """Unaltered, and nothing has changed since; the verdicts need the profile."""
    result = run("verify", line(answer))

    assert result.exit_code == 0, result.output
    assert "没有改动" in result.stdout
    assert result.stdout.count("与现用相同") == 3
    assert "--profile" in result.stdout


def test_an_altered_receipt_is_caught(answer: Any) -> None:
    """One digit of the date is enough."""
    result = run("verify", line(answer).replace("20230701", "20230702"))

    assert result.exit_code == 1
    assert "被改动过" in result.stdout


def test_the_same_profile_gives_the_same_result(answer: Any, tmp_path: Path) -> None:
    """From the file that the match wrote."""
    (tmp_path / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    result = run(
        "verify", str(tmp_path / "answer.json"), "--profile", "-", given=json.dumps({"profile": SOLAR})
    )

    assert result.exit_code == 0, result.output
    assert "结论相同" in result.stdout


def test_another_profile_is_named_as_the_difference(answer: Any) -> None:
    """事实, and 结论 where they follow."""
    result = run("verify", line(answer), "--profile", "-", given='{"projects": [{"pv_composite": false}]}')

    assert result.exit_code == 1
    assert "不同的是事实、结论" in result.stdout


def test_json_is_what_the_api_gives(answer: Any) -> None:
    """The same structure as POST /v1/receipts/verify."""
    result = run("verify", line(answer), "--profile", "-", "--json", given=json.dumps(SOLAR))
    body = json.loads(result.stdout)

    assert body["same"]
    assert not body["altered"]


@pytest.mark.parametrize("text", ["没有这个文件.json", "{}", "R1.x"])
def test_what_is_no_receipt_is_refused(text: str) -> None:
    """As text, and as a file."""
    result = run("verify", "-", given=text) if text == "{}" else run("verify", text)

    assert result.exit_code == 1
    assert "回执" in result.stderr
