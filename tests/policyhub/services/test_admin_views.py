"""What administration sees: the difference of two texts, the end of a long log, the filters of gaps."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policyhub.services.admin_answers import difference
from policyhub.services.admin_audit import last_number, show_log
from policyhub.storage import AuditEntry, Change, Records
from tests.policyhub.services.conftest import NOON

WORDS = st.text(alphabet="土地出让底价按最低执行", max_size=30)


@given(WORDS, WORDS)
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    """Without what was added it is the old one, without what was removed the new one."""
    pieces = difference(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)


def test_a_difference_reads_in_runs() -> None:
    """Single characters that happen to be alike do not cut it to pieces."""
    kinds = [(piece.kind, piece.text) for piece in difference("由市财政局负责办理", "由市工信局负责办理")]

    assert kinds == [("same", "由市"), ("removed", "财政"), ("added", "工信"), ("same", "局负责办理")]


class Log:
    """A log of so many lines, some of them missing."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers

    def append(self, change: Change) -> AuditEntry:
        raise NotImplementedError

    def entries(self, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """Lines of which only the number matters."""
        entry = AuditEntry(
            number=0, who="", what="", subject="", at=NOON, before="", after="", previous="", hash=""
        )
        found = [number for number in self.numbers if number > after][:limit]
        return tuple(replace(entry, number=number) for number in found)


@given(st.sets(st.integers(min_value=1, max_value=400)))
def test_the_last_line_is_found(numbers: set[int]) -> None:
    """Also where lines are missing."""
    assert last_number(Log(sorted(numbers))) == max(numbers, default=0)


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 130])
def test_every_line_is_on_one_page(records: Records, count: int) -> None:
    """Newest first."""
    for number in range(count):
        records.audit.append(
            Change(who="张三", what=str(number), subject="试", at=NOON + timedelta(seconds=number))
        )
    pages = show_log(records.audit, 1).lines.pages
    lines = [
        line.number for page in range(1, pages + 1) for line in show_log(records.audit, page).lines.items
    ]

    assert lines == list(range(count, 0, -1))
