"""Tables as an Excel file: one sheet each, the header frozen and filtered, nothing run as a formula."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from policyhub.exports.cells import safe_cell
from policyhub.services.notice import Notice
from policyhub.services.paper import Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WIDE = 24  # characters that a column has on average
_FACE = "宋体"
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BODY, _HEAD = "条目", "表头"  # named once for a workbook: to dress every cell anew takes most of the time
_A4 = 9


def excel_notice(notice: Notice) -> bytes:
    """The 告知单 as a workbook: verdicts, facts, sources, and what is to be said of them."""
    return excel_tables(notice.title, notice.sheets, foot=notice.foot)


def excel_tables(title: str, tables: Sequence[Table], *, foot: str = "") -> bytes:
    """Any tables as a workbook; a table's title names its sheet."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator, book.properties.language = title, "policyhub", "zh-CN"
    for style in _styles():
        book.add_named_style(style)
    for table in tables:
        _sheet(book.create_sheet(table.title), table, foot)
    found = BytesIO()
    book.save(found)
    return found.getvalue()


def _styles() -> Iterator[NamedStyle]:
    yield NamedStyle(_BODY, font=Font(name=_FACE, size=11), alignment=_TOP, border=_BOX)
    shade = PatternFill("solid", fgColor="E8EDF3")
    yield NamedStyle(
        _HEAD, font=Font(name=_FACE, size=11, bold=True), alignment=_TOP, border=_BOX, fill=shade
    )


def _sheet(sheet: Any, table: Table, foot: str) -> None:
    rows = [table.header, *table.rows] if table.header else list(table.rows)
    for number, row in enumerate(rows, 1):
        head = bool(table.header) and number == 1
        for column, text in enumerate(row, 1):
            _write(sheet.cell(number, column), text, head=head)
    share = _WIDE * len(table.widths) / sum(table.widths)
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width * share
    if table.header:
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        sheet.print_title_rows = "1:1"
    _for_print(sheet, foot)


def _write(cell: Any, text: str, *, head: bool) -> None:
    """A text stays a text, also when the file is saved again: the type is set, whatever the text looks like."""
    cell.value = safe_cell(text)
    cell.data_type = "s"
    cell.style = _HEAD if head else _BODY


def _for_print(sheet: Any, foot: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = foot.replace("&", "&&")
    sheet.oddFooter.right.text = "第 &P 页 共 &N 页"
