"""The examples of clause files run, and a wrong one is caught at its line."""

import pytest

from policies.library import Library
from policyhub.services.examples import run_examples
from policyhub.services.library import count
from tests.sample import read_sample, sample_library

ONE = "clauses/1.yaml"


def spoilt(before: str, after: str) -> Library:
    """The sample with one text of its first clause replaced."""
    return read_sample({ONE: (before, after)})[0]


def test_the_good_examples_hold() -> None:
    """Every one of the sample."""
    assert list(run_examples(sample_library())) == []
    assert count(sample_library()).examples > 30


@pytest.mark.parametrize(
    ("before", "after", "where", "found"),
    [
        ("项目.产业导向类别: 一般类}\n        结论: 暂不符合", "项目.产业导向类别: 一般类}\n        结论: 符合", "结论", "暂不符合"),
        ("标签: 条件符合，须认定", "标签: 符合", "标签", "条件符合，须认定"),
        ("缺少: [项目.产业导向类别]", "缺少: [项目.工业项目]", "缺少", "项目.产业导向类别"),
        ("因为: [支持类]", "因为: [工业项目]", "因为", "工业项目"),
        ("项目.建设地点: 泽州县, 项目.总投资: 20000万元", "项目.建设地点: 泽州, 项目.总投资: 20000万元人", "画像", "20000万元人"),
    ],
)  # fmt: skip
def test_a_wrong_example_is_caught(before: str, after: str, where: str, found: str) -> None:
    """With what the file says and what the matcher finds."""
    problems = list(run_examples(spoilt(before, after)))

    assert problems
    assert problems[0].file == ONE
    assert problems[0].line > 1
    assert where in problems[0].path
    assert any(found in problem.found for problem in problems)
