"""Drafts: written once for imports and for the library, read back without loss."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from policies.gazette import Gazette, parse_gazette
from policies.gazette.draft import drafts
from policies.gazette.keys import from_plain, to_plain
from policies.gazette.report import report
from policies.gazette.yaml_text import write_yaml
from policies.strict_yaml import read_yaml
from policyhub.cli.gazette import gazette as command

HERE = Path(__file__).parent
LIBRARY = HERE.parents[2] / "policies" / "library"
GOOD = sorted(path.stem for path in (HERE / "texts").glob("*.expected"))


def test_the_library_holds_exactly_what_the_gazette_gives(gazette: Gazette) -> None:
    for name, text in drafts(gazette).items():
        assert (LIBRARY / name).read_text(encoding="utf-8") == text, name


def test_a_document_file_reads_back_as_the_same_document(gazette: Gazette) -> None:
    for document in gazette.documents:
        file = read_yaml(write_yaml(to_plain(document)), document.id)  # type: ignore[arg-type]

        assert file.problems == ()
        assert isinstance(file.content, dict)
        assert from_plain(file.content) == document


@pytest.mark.parametrize("name", GOOD)
def test_drafts_of_other_offices_read_back_as_well(name: str) -> None:
    read = parse_gazette((HERE / "texts" / f"{name}.txt").read_bytes().decode("utf-8"), f"{name}.txt")
    for document in read.documents:
        content = read_yaml(write_yaml(to_plain(document)), name).content  # type: ignore[arg-type]

        assert isinstance(content, dict)
        assert from_plain(content) == document


def test_a_plain_reader_finds_the_same_words(gazette: Gazette) -> None:
    for name, text in drafts(gazette).items():
        assert _words(yaml.safe_load(text)) == read_yaml(text, name).content, name


def test_an_unknown_key_is_refused(gazette: Gazette) -> None:
    data = to_plain(gazette.documents[1])
    assert isinstance(data, dict)

    with pytest.raises(ValueError, match="别的"):
        from_plain({**data, "别的": "1"})


def test_awkward_texts_survive_the_writing() -> None:
    data = {
        "甲": "no",
        "乙": "1:2",
        "丙": " 前有空格",
        "丁": "a: b # c",
        "戊": "行一\n 行二",
        "己": "\u2028\ufeff",
        "庚": "'引'\"号\"",
    }

    assert read_yaml(write_yaml(data), "t").content == data


def test_the_report_tells_documents_projects_mends_losses_and_checks(gazette: Gazette) -> None:
    told = report(gazette)

    for words in (
        "晋市政办〔2023〕19号",
        "印 161 项，读出 161 项",
        "重影 116 处",
        "缺行",
        "请核对",
        "（见网络）",
        "未刊印",
    ):
        assert words in told


def test_the_command_writes_drafts_and_tells_what_it_read(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        command, [str(LIBRARY / "gazettes" / "jincheng-2023-3.txt"), "--out", str(tmp_path)]
    )

    assert result.exit_code == 0
    assert (tmp_path / "documents" / "jszb-2023-19" / "document.yaml").exists()
    assert (tmp_path / "catalogues" / "key-projects-2023.yaml").exists()
    assert "8 份文件" in result.output


def test_the_command_gives_json() -> None:
    result = CliRunner().invoke(command, [str(HERE / "texts" / "baisha-annex-body.txt"), "--json"])

    assert json.loads(result.output)["documents"][0]["number"] == "白农〔2024〕18号"


def test_the_command_refuses_what_is_no_gazette_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "gbk.txt"
    other.write_bytes("各县（市、区）人民政府：现印发给你们。".encode("gb18030"))
    for path in (HERE / "texts" / "bad-web-page.txt", other):
        result = CliRunner().invoke(command, [str(path)])

        assert result.exit_code == 1
        assert "应为" in result.output
        assert "Traceback" not in result.output


def _words(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_words(item) for item in value]
    return str(value)
