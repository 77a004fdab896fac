"""One spelling for texts and queries, with the place of every character kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.normalise import normalise, normalise_with_spans, normalise_words


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("百分之三十", "30%"),
        ("30％", "30%"),
        ("30 %", "30%"),
        ("百分之百", "100%"),
        ("百分之七点五", "7.5%"),
        ("七折", "70%"),
        ("八五折", "85%"),
        ("7折", "70%"),
        ("七成", "70%"),
        ("一百零二项", "102项"),
        ("１０２项", "102项"),
        ("二十四个月", "24个月"),
        ("两年", "2年"),
        ("第十五条", "第15条"),
        ("（十二）", "(12)"),
        ("環評豁免", "环评豁免"),
        ("\uff32\uff25\uff29\uff34\uff53", "reits"),
        ("最低价标准的 70％执行", "最低价标准的70%执行"),
    ],
)
def test_spellings_of_one_thing_become_one(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize(
    "word",
    ["一视同仁", "一件事", "十四五", "三零服务", "一老一小", "百村百院", "成效", "建成", "万元", "统一"],
)
def test_words_that_only_look_like_numbers_stay(word: str) -> None:
    assert normalise(word) == word


def test_parts_typed_apart_stay_apart() -> None:
    assert normalise_words("节能审查  正面清单　 EIA") == ("节能审查", "正面清单", "eia")


def test_a_latin_word_keeps_its_neighbours_apart() -> None:
    assert normalise("REITs ROT 项目") == "reits rot项目"


@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.text("一二三十百千两％%折成个条年第〔2023〕号 ab９", max_size=20)
)
def test_the_text_with_spans_is_the_same_text_and_spans_lie_in_it(text: str) -> None:
    normal = normalise_with_spans(text)

    assert len(normal.text) == len(normal.spans)
    assert all(0 <= start < end <= len(text) for start, end in normal.spans)
    assert [start for start, _ in normal.spans] == sorted(start for start, _ in normal.spans)
    assert normalise(normal.text) == normalise(normalise(text))


def test_a_number_is_marked_as_printed() -> None:
    normal = normalise_with_spans("压缩到百分之三十以内")
    at = normal.text.index("30%")

    assert {normal.spans[at + step] for step in range(3)} == {(3, 8)}
