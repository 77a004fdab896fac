"""The weekly sheet of gaps: a workbook with one sheet for each responsible unit, safe to open and to pass on."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from policyhub.exports.cells import printable, safe_cell
from policyhub.services.flags import NO_UNIT
from policyhub.services.labels import day
from policyhub.storage import Gap

HEAD = ("序号", "问法", "本期次数", "累计次数", "首次", "最近", "状态", "请答复的问题（草拟）")
_WIDTHS = (6, 40, 10, 10, 16, 16, 10, 70)
_OVERVIEW = "汇总"
_NO_TITLE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MOST_TITLE = 31  # characters that spreadsheet programs allow for the name of a sheet


def gap_sheet(gaps: Iterable[Gap], since: date, until: date, made: datetime) -> bytes:
    """An .xlsx of gaps asked between two days, for the units to answer. ``gaps`` as GapStore.listed gives them."""
    by_unit: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_unit.setdefault(gap.unit or NO_UNIT, []).append(gap)
    ordered = dict(sorted(by_unit.items(), key=lambda one: (one[0] == NO_UNIT, one[0])))
    book = Workbook()
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    _overview(book.active, ordered, since, until)
    titles = {_OVERVIEW.casefold()}
    for unit, theirs in ordered.items():
        _unit(book.create_sheet(_title(unit, titles)), theirs)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def draft_question(gap: Gap) -> str:
    """The question to the unit, from the words that were asked."""
    return f"有来电问「{gap.query}」：依据哪份文件、哪一条，可以怎样答复？没有规定的，也请说明。"


def _overview(sheet: "Workbook", by_unit: Mapping[str, list[Gap]], since: date, until: date) -> None:
    sheet.title = _OVERVIEW
    _head(sheet, ("责任单位", "问法数", "本期次数"), (40, 10, 10))
    for unit, gaps in by_unit.items():
        sheet.append((safe_cell(unit), len(gaps), sum(gap.recent for gap in gaps)))
    sheet.append((f"{day(since)}至{day(until)}", sum(map(len, by_unit.values())), _times(by_unit)))


def _times(by_unit: Mapping[str, list[Gap]]) -> int:
    return sum(gap.recent for gaps in by_unit.values() for gap in gaps)


def _unit(sheet: "Workbook", gaps: list[Gap]) -> None:
    _head(sheet, HEAD, _WIDTHS)
    for number, gap in enumerate(gaps, 1):
        asked, question = safe_cell(gap.query), safe_cell(draft_question(gap))
        days = day(gap.first_day), day(gap.last_day)
        sheet.append((number, asked, gap.recent, gap.count, *days, gap.status.value, question))


def _head(sheet: "Workbook", names: Iterable[str], widths: Iterable[int]) -> None:
    sheet.append(tuple(names))
    for cell, width in zip(sheet[1], widths, strict=True):
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"


def _title(unit: str, taken: set[str]) -> str:
    """A name that is allowed for a sheet and not yet taken."""
    plain = _NO_TITLE.sub("、", printable(unit)) or NO_UNIT
    names = [plain[:_MOST_TITLE], *(f"{plain[: _MOST_TITLE - 4]}-{number}" for number in range(2, 999))]
    title = next(name for name in names if name.casefold() not in taken)
    taken.add(title.casefold())
    return title
