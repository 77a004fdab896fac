"""The weekly sheet opens, is grouped by unit, and runs nothing."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from policyhub.exports.gap_sheet import HEAD, gap_sheet
from policyhub.storage import Gap, GapStatus

SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 8)
MADE = datetime(2026, 3, 9, tzinfo=UTC)


def gap(number: int, query: str, unit: str | None = None) -> Gap:
    return Gap(
        id=number,
        query=query,
        unit=unit,
        found=False,
        status=GapStatus.OPEN,
        count=number + 1,
        recent=number,
        first_day=date(2026, 2, 1),
        last_day=UNTIL,
    )


def opened(*gaps: Gap) -> Workbook:
    return load_workbook(BytesIO(gap_sheet(gaps, SINCE, UNTIL, MADE)))


def test_each_unit_has_its_sheet() -> None:
    """First the overview, last those of whom no unit is known."""
    book = opened(gap(3, "无人机"), gap(2, "低空", "市工信局"), gap(1, "算力", "市工信局"))
    overview = list(book["汇总"].iter_rows(values_only=True))
    (row,) = book["未载明"].iter_rows(min_row=2, values_only=True)

    assert book.sheetnames == ["汇总", "市工信局", "未载明"]
    assert overview[1:3] == [("市工信局", 2, 3), ("未载明", 1, 3)]
    assert overview[3] == ("2026年3月2日至2026年3月8日", 3, 6)
    assert row[:7] == (1, "无人机", 3, 4, "2026年2月1日", "2026年3月8日", "未处理")
    assert "无人机" in row[7]


def test_the_head_stays_in_view() -> None:
    """On every sheet."""
    book = opened(gap(1, "无人机"))

    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert tuple(cell.value for cell in book["未载明"][1]) == HEAD


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "＋", "－", "\x01=", "\n="])
def test_no_cell_is_a_formula(start: str) -> None:
    """Neither here nor after a trip through CSV: the text begins with an apostrophe."""
    book = opened(gap(1, f"{start}cmd|'/c calc'!A0", f"{start}局"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert not any(cell.data_type == "f" for cell in cells)
    assert book.worksheets[1]["B2"].value[0] in "'�"
    assert book["汇总"]["A2"].value[0] in "'�"


def test_names_of_sheets_are_always_allowed() -> None:
    """Long, alike, with characters that are forbidden, or called like the overview."""
    units = ["局" * 40, "局" * 41, "甲/乙:[丙]*?", "汇总", "\x01"]
    book = opened(*(gap(number, "问", unit) for number, unit in enumerate(units, 1)))

    assert len(book.sheetnames) == 6
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_an_empty_week_is_a_sheet_too() -> None:
    """With a total of nothing."""
    assert list(opened()["汇总"].iter_rows(min_row=2, values_only=True)) == [
        ("2026年3月2日至2026年3月8日", 0, 0)
    ]
