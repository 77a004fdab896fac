"""Whatever happens to the lines of a text, reading it ends in documents or in a clear refusal."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.gazette import Gazette, NotAGazette, parse_gazette

TEXTS = [
    path.read_bytes().decode("utf-8") for path in sorted((Path(__file__).parent / "texts").glob("*.txt"))
]
HEADERS = ["- 3 -", "— 12 —", "第 7 页", "晋城市人民政府公报3 / 2023 •市政府文件 •", "—— 40"]
SOURCE = Path(__file__).parents[3] / "policies" / "library" / "gazettes" / "jincheng-2023-3.txt"
SLOW = settings(max_examples=25, deadline=None)


@cache
def printed() -> str:
    return SOURCE.read_bytes().decode("utf-8")


@cache
def read_once() -> Gazette:
    return parse_gazette(printed(), SOURCE.name)


def attempt(text: str) -> Gazette | None:
    try:
        return parse_gazette(text, "attempt.txt")
    except NotAGazette:
        return None


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 2**32), keep=st.floats(0.2, 1.0), mix=st.booleans())
@settings(max_examples=300, deadline=None)
def test_lines_lost_or_out_of_order_never_break_the_reading(
    text: str, seed: int, keep: float, mix: bool
) -> None:
    chance = random.Random(seed)
    lines = [line for line in text.split("\n") if chance.random() < keep]
    if mix:
        chance.shuffle(lines)

    attempt("\n".join(lines))


@given(seed=st.integers(0, 2**32), keep=st.floats(0.02, 1.0), mix=st.booleans())
@SLOW
def test_the_gazette_with_lines_lost_or_out_of_order_never_breaks_the_reading(
    seed: int, keep: float, mix: bool
) -> None:
    chance = random.Random(seed)
    lines = [line for line in printed().split("\n") if chance.random() < keep]
    if mix:
        chance.shuffle(lines)

    read = attempt("\n".join(lines))

    assert read is None or all(c.text for d in read.documents for c in d.clauses)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_turned_away(text: str) -> None:
    attempt(text)


@given(places=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(HEADERS)), min_size=1, max_size=12))
@SLOW
def test_page_headers_anywhere_change_no_clause(places: list[tuple[float, str]]) -> None:
    lines = printed().split("\n")
    for share, header in places:
        lines.insert(int(share * len(lines)), header)

    read = parse_gazette("\n".join(lines), "jincheng-2023-3.txt")

    assert texts(read) == texts(read_once())
    assert project_names(read) == project_names(read_once())


@pytest.mark.parametrize("end", ["\r\n", "\n\n"])
def test_line_ends_change_no_clause(end: str) -> None:
    assert texts(parse_gazette(printed().replace("\n", end), "jincheng-2023-3.txt")) == texts(read_once())


def texts(gazette: Gazette) -> dict[str, str]:
    return {c.id: c.text for d in gazette.documents for c in d.clauses}


def project_names(gazette: Gazette) -> list[str]:
    return [p.name for p in gazette.key_projects.projects] if gazette.key_projects else []
