"""YAML without surprises: what stands in the file is what is read."""

import pytest

from policies.cursor import open_file
from policies.problems import Problem, nearest_word
from policies.strict_yaml import read_yaml


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "是", "010", "1e3", "2023-06-02", "~", "null", "3.10", "0x1F", "12:30:45", "=", ".inf"],
)
def test_a_scalar_is_the_text_that_stands_there(written: str) -> None:
    tree = read_yaml(f"键: {written}", "a.yaml")

    assert (tree.content, tree.problems) == ({"键": written}, ())


def test_every_place_knows_its_line() -> None:
    tree = read_yaml("甲: 1\n乙:\n  - 丙: 2\n    丁: |-\n      长\n      文\n  - 3\n", "a.yaml")

    assert {path: line for path, line in tree.lines.items() if "?" not in path} == {
        (): 1,
        ("甲",): 1,
        ("乙",): 2,
        ("乙", 0): 3,
        ("乙", 0, "丙"): 3,
        ("乙", 0, "丁"): 4,
        ("乙", 1): 7,
    }


def test_words_are_kept_with_every_space_and_full_width_sign() -> None:
    tree = read_yaml("文: |-\n  土地出让底价按 70％执行，\n  “前 20名”。\n", "a.yaml")

    assert tree.content == {"文": "土地出让底价按 70％执行，\n“前 20名”。"}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("甲: 1\n甲: 2\n", 2, "「甲」"),
        ("甲: &a 1\n", 1, "锚、引用或标签"),
        ("甲: &a 1\n乙: *a\n", 2, "锚、引用或标签"),
        ("甲: !!int 1\n", 1, "锚、引用或标签"),
        ("甲: !local 1\n", 1, "锚、引用或标签"),
        ("? [甲, 乙]\n: 1\n", 1, "「?」"),
        ("甲: 1\n---\n乙: 2\n", 3, "「---」之后又一份"),
        ("甲: [1\n", 2, "did not find expected ',' or ']'"),
        ("甲: 1\n\t乙: 2\n", 2, "tab character"),
        ("甲: \x00\n", 1, "control characters are not allowed"),
    ],
)
def test_what_yaml_allows_too_much_is_reported_with_its_line(text: str, line: int, found: str) -> None:
    tree = read_yaml(text, "a.yaml")

    assert (tree.problems[-1].file, tree.problems[-1].line) == ("a.yaml", line)
    assert found in tree.problems[-1].found


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert read_yaml("", "a.yaml").content == {}


def test_a_broken_file_is_told_once_and_not_again_for_all_that_it_lacks() -> None:
    problems: list[Problem] = []
    cursor = open_file("甲: [", "a.yaml", problems)
    cursor.fields(["甲", "乙"])
    cursor.items()

    assert len(problems) == 1


def test_a_cursor_names_what_it_wanted_what_it_found_and_the_nearest_key() -> None:
    problems: list[Problem] = []
    cursor = open_file("标题: 用地\n类形: 优惠\n表: 一个\n", "a.yaml", problems)
    fields = cursor.fields(["标题", "编号"], ["类型", "表"])
    fields["表"].items()
    fields["标题"].choice({"用电": 1, "用水": 2}, default=0)

    assert [str(one) for one in problems] == [
        "a.yaml:2 类形：应为已知的键（标题、编号、类型、表），实为「类形」；是否应为「类型」？",
        "a.yaml:1：应为键「编号」，实为没有这个键",
        "a.yaml:3 表：应为一个列表，实为「一个」",
        "a.yaml:1 标题：应为用电、用水之一，实为「用地」；是否应为「用电」？",
    ]


def test_no_word_is_offered_when_none_is_near() -> None:
    assert nearest_word("天气", ["所有制", "登记地"]) == ""
