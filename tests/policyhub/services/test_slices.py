"""Numbered pages: every item once, and the nearest page for a number beyond the ends."""

from hypothesis import given
from hypothesis import strategies as st

from policyhub.services.slices import exact_number, read_number, slice_of


@given(total=st.integers(0, 200), size=st.integers(1, 50))
def test_every_item_is_on_one_page(total: int, size: int) -> None:
    """In order."""
    items = list(range(total))
    pages = slice_of(items, 1, size).pages

    assert [item for number in range(1, pages + 1) for item in slice_of(items, number, size).items] == items


def test_a_number_beyond_the_ends_is_the_nearest_page() -> None:
    """Whatever an address says."""
    assert slice_of("abc", 99, 2).items == ("c",)
    assert slice_of("abc", 0, 2).items == ("a", "b")
    assert slice_of("", 5, 2).pages == 1
    texts = (None, "", "x", "-1", "0", "２", "9" * 99, "7")
    assert [read_number(text) for text in texts] == [1, 1, 1, 1, 1, 1, 1, 7]
    assert [exact_number(text) for text in texts] == [None, None, None, None, None, None, None, 7]


def test_far_pages_are_left_out_between() -> None:
    """The ends and the neighbours are offered."""
    assert slice_of(range(100), 10, 5).shown == (1, None, 8, 9, 10, 11, 12, None, 20)
    assert slice_of(range(10), 1, 5).shown == (1, 2)
