"""Tokens that never miss an inner word."""

from hypothesis import given
from hypothesis import strategies as st

from search_index.analyse import analyse


def test_an_inner_word_is_a_token() -> None:
    assert "工程" in analyse("在建工程").pairs
    assert "处理" in analyse("待处理").pairs


def test_one_character_is_a_token() -> None:
    assert analyse("税").characters == ("税",)


def test_a_number_with_its_sign_is_one_token_and_pairs_with_what_it_counts() -> None:
    grams = analyse("国家“十四五”规划 102 项，按 70％ 执行")

    assert {"102", "70%"} <= set(grams.characters)
    assert "102项" in grams.pairs


def test_nothing_pairs_across_punctuation() -> None:
    assert "地光" not in analyse("用地。光伏").pairs


@given(st.text(max_size=60))
def test_any_text_can_be_analysed(text: str) -> None:
    grams = analyse(text)

    assert all(token and not token.isspace() for tokens in grams for token in tokens)
