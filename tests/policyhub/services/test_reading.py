"""Bytes, texts and fields become requests, or faults that say where and what."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyhub.services.errors import EncodingError, InputError, JsonError, NotFoundError
from policyhub.services.json_text import read_json
from policyhub.services.pages import PageQuery, page
from policyhub.services.profile_text import read_profile_text


def test_numbers_keep_every_digit() -> None:
    """Fractions are decimal, whole numbers whole."""
    assert read_json(b"[0.1, 19999.99999999999999999999, 7]") == [
        Decimal("0.1"),
        Decimal("19999.99999999999999999999"),
        7,
    ]


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing but a refusal is ever raised."""
    for read in (read_json, lambda text: read_profile_text(text, "x.yaml")):
        with suppress(InputError):
            read(content)


def test_a_refusal_of_json_tells_line_and_column() -> None:
    """Counted from one, as editors do."""
    with pytest.raises(JsonError) as refused:
        read_json('{"甲": 1,\n "乙" 2}'.encode())

    assert refused.value.faults[0].detail == "第 2 行第 6 列：这里应有冒号"


def test_bytes_that_are_not_utf8_are_told_apart() -> None:
    """With the byte from which they are not."""
    with pytest.raises(EncodingError, match="第 2 个字节"):
        read_json(b'"\xff"')


def test_yaml_and_json_say_the_same() -> None:
    """Numbers of a YAML file stay the text that stands there."""
    yaml = b"enterprise:\n  employees: 010\n  leading: true\n  name: null\nprojects:\n- name: 123\n"

    assert read_profile_text(b' {"a": 1}', "x.json") == {"a": 1}
    assert read_profile_text(yaml, "x.yaml") == {
        "enterprise": {"employees": "010", "leading": True, "name": None},
        "projects": [{"name": "123"}],
    }


def test_a_key_twice_is_refused_in_yaml_too() -> None:
    """The file and the line are named."""
    with pytest.raises(InputError, match=r"x\.yaml:2"):
        read_profile_text(b"a: 1\na: 2\n", "x.yaml")


@given(st.integers(0, 50), st.integers(1, 100))
def test_pages_put_together_are_the_whole(count: int, limit: int) -> None:
    """Whatever the size of a page."""
    whole, found, following = list(range(count)), list[int](), None
    while True:
        items, following = page(whole, PageQuery(limit=limit, next=following), "digest")
        found.extend(items)
        if following is None:
            break

    assert found == whole


def test_a_page_of_another_library_is_refused() -> None:
    """Items may have moved; the reader starts again."""
    _, following = page([1, 2], PageQuery(limit=1), "old")
    with pytest.raises(InputError, match="更新"):
        page([1, 2], PageQuery(limit=1, next=following), "new")


def test_nothing_near_is_offered_for_what_is_far() -> None:
    """An id of another kind has no neighbours."""
    assert NotFoundError("条款", "zzz", ["jszb-2023-19/15"]).nearest == ()
