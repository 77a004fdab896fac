"""Word and Excel say what the content object says, word for word, and open again."""

import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from matcher.finding import LABELS
from policies.library import Library
from policyhub.exports.cells import printable, safe_cell
from policyhub.exports.excel import excel_notice, excel_tables
from policyhub.exports.qr import qr_png, qr_svg
from policyhub.exports.word import word_notice
from policyhub.services.facts_told import NOT_USED
from policyhub.services.notice import CONTACT, Notice, notice
from policyhub.services.paper import Table, numeral
from policyhub.services.receipt_text import read_receipt_text
from policyhub.snapshot import take_snapshot
from tests.results import result_for

NASTY = '=HYPERLINK("http://x","点我")\x01'
PROFILE: dict[str, Any] = {
    "enterprise": {"所有制": "民企", "企业规模": "大型", "登记地": "火星"},
    "projects": [{"项目名称": NASTY, "光伏复合项目": True, "工业项目": "否"}],
}


@pytest.fixture(scope="module")
def made(packaged_library: Library) -> Notice:
    snapshot = take_snapshot(packaged_library, datetime(2023, 7, 1, tzinfo=UTC))
    given = {"profile": PROFILE, "as_of": "2023-07-01"}
    result = result_for(snapshot, date(2023, 7, 1), given)
    return notice(packaged_library, result, base="https://example.org")


@pytest.fixture(scope="module")
def word(made: Notice) -> Any:
    return Document(BytesIO(word_notice(made)))


def test_every_measure_is_in_every_form(made: Notice, packaged_library: Library) -> None:
    """A title in the sections, and a row in the sheet of verdicts."""
    titles = {measure.title for measure in packaged_library.measures.values()}
    listed = {row[0] for section in made.sections for block in section.blocks
              if isinstance(block, Table) and block.header[:1] == ("措施",) for row in block.rows}  # fmt: skip
    explained = {
        block.title
        for section in made.sections
        if section.level == 2
        for block in section.blocks
        if isinstance(block, Table) and not block.header
    }

    assert listed | explained == titles
    assert {row[1] for row in made.sheets[0].rows} == titles


def test_paper_says_things_once(made: Notice) -> None:
    """Facts by subject, with their origin where it tells more; what is missing by name; a line for each document."""
    tables = {
        block.title: block
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Table)
    }
    facts = {row[0]: row[1:] for row in tables["企业"].rows}
    missing = {row[0]: row[2] for row in tables[LABELS["missing"]].rows}
    [units] = [row[1] for row in tables["责任单位"].rows if row[0] == "市规划和自然资源局"]

    assert facts["所有制"] == ("民企", "民营企业")
    assert facts["登记地"] == ("火星", NOT_USED)
    assert all(words.startswith("还缺：") and "？" not in words for words in missing.values())
    assert units.splitlines()[0].startswith("晋市政办〔2023〕19号 第二部分第")
    assert units.count("晋市政办〔2023〕19号") == 1


def test_projects_of_which_the_same_is_said_share_a_row(packaged_library: Library) -> None:
    """And every row says whom it is about, where there are several."""
    snapshot = take_snapshot(packaged_library, datetime(2023, 7, 1, tzinfo=UTC))
    given = {
        "profile": {
            "projects": [{"项目名称": "甲"}, {"项目名称": "乙"}, {"项目名称": "丙", "工业项目": "否"}]
        }
    }
    told = notice(packaged_library, result_for(snapshot, date(2023, 7, 1), given))
    [missing] = [
        block for section in told.sections for block in section.blocks
        if isinstance(block, Table) and block.title == LABELS["missing"]
    ]  # fmt: skip
    whom = [row[2].splitlines()[0] for row in missing.rows]

    assert all(re.fullmatch("(?:项目“[甲乙丙]”、?)+", one) for one in whom)
    assert "项目“甲”、项目“乙”、项目“丙”" in whom
    assert len(missing.rows) < len([row for row in told.sheets[0].rows if row[0] == LABELS["missing"]]) / 2


def test_the_notice_says_what_it_is(made: Notice) -> None:
    """A 预判; whom to ask; as of when; with the receipt."""
    text = made.lead + "".join(
        block.text for section in made.sections for block in section.blocks if not isinstance(block, Table)
    )

    assert "预判" in text
    assert "人工办理" in text
    assert dict(made.head)["适用日期"] == "2023年7月1日"
    assert read_receipt_text(made.check) == made.result.receipt
    assert [section.heading[0] for section in made.sections if section.level == 1][:3] == ["一", "二", "三"]


def test_no_telephone_number_is_invented(made: Notice) -> None:
    """The column is there for the units to fill in."""
    [units] = [
        block for section in made.sections for block in section.blocks
        if isinstance(block, Table) and block.title == "责任单位"
    ]  # fmt: skip

    assert units.rows
    assert {row[2] for row in units.rows} == {CONTACT}
    assert not re.search(r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1\d{10})(?!\d)", str(made.sections))


def test_what_was_not_understood_is_said(made: Notice) -> None:
    """With the facts, as a note."""
    [facts] = [section for section in made.sections if section.heading.endswith("所填情况")]
    told = [block.text for block in facts.blocks if not isinstance(block, Table)]

    assert any("火星" in text for text in told)


def test_word_holds_every_word_in_order(made: Notice, word: Any) -> None:
    """Headings, paragraphs and cells, read back from the file."""
    expected = [made.title, *(f"{name}：{value}" for name, value in made.head), made.lead]
    for section in made.sections:
        expected.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Table):
                expected += [cell for row in [block.header, *block.rows] for cell in row]
            else:
                expected.append(block.text)
    expected.append(made.check_label)
    found = []
    for part in word.iter_inner_content():
        if hasattr(part, "rows"):
            found += [cell.text for row in part.rows for cell in row.cells]
        else:
            found.append(part.text)

    assert [text for text in found if text] == [printable(text) for text in expected if text]


def test_word_has_the_form_of_a_document(made: Notice, word: Any) -> None:
    """A4, real headings, repeated table headers, page numbers, language, properties, alternative text."""
    page, told = word.sections[0], word.core_properties
    body, foot = word.element.body.xml, page.footer.part.element.xml
    tables = [b for s in made.sections for b in s.blocks if isinstance(b, Table) and b.rows]

    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert round(page.left_margin.mm) == 28
    headings = [p.style.name for p in word.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == ["Title", *(f"Heading {section.level}" for section in made.sections)]
    assert body.count("<w:tblHeader/>") == sum(bool(table.header) for table in tables)
    assert body.count("<w:tblCaption ") == len(tables)
    assert 'w:instr=" PAGE "' in foot
    assert 'w:instr=" NUMPAGES "' in foot
    assert "".join(one.text for one in page.footer.part.element.iter(qn("w:t"))) == "第 1 页 共 1 页"
    assert (told.title, told.language) == (made.title, "zh-CN")
    assert made.result.receipt.id in told.subject
    assert f'descr="{made.check_label}"' in body
    faces = word.styles["Heading 1"].element.rPr.rFonts
    assert faces.get(qn("w:eastAsia")) == "黑体"
    assert faces.get(qn("w:eastAsiaTheme")) is None
    assert {one.get(qn("w:eastAsia")) for one in word.styles.element.iter(qn("w:lang"))} == {"zh-CN"}


def test_word_names_what_stands_in_for_a_missing_face(made: Notice) -> None:
    """Once, in the table of fonts."""
    with ZipFile(BytesIO(word_notice(made))) as archive:
        names = archive.namelist()
        fonts = archive.read("word/fontTable.xml").decode()

    assert len(names) == len(set(names))
    assert "Noto Serif CJK SC" in fonts


def test_excel_holds_every_row(made: Notice) -> None:
    """Header frozen, filter on, and the cells as in the content object."""
    book = load_workbook(BytesIO(excel_notice(made)))

    assert book.sheetnames == ["判定", "事实", "来源", "说明"]
    for table in made.sheets:
        sheet = book[table.title]
        found = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
        assert found == [tuple(map(safe_cell, row)) for row in [table.header, *table.rows]]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"


def test_excel_runs_nothing() -> None:
    """No cell is a formula, whatever was stated."""
    texts = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1", "\x00=1", '=cmd|" /C calc"!A0')
    table = Table(title="表", header=("一",), rows=tuple((text,) for text in texts), widths=(1,))
    sheet = load_workbook(BytesIO(excel_tables("表", [table])))["表"]

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert all(row[0][:1] in "'�" for row in sheet.iter_rows(min_row=2, values_only=True))


def test_cells_leave_good_text_alone() -> None:
    """And cut what no cell can hold, saying so."""
    for text in ("民营企业 2亿元—不低于", "70%", "", "a=b", "1-2"):
        assert safe_cell(text) == text
    assert len(safe_cell("长" * 40_000)) == 32_767
    assert safe_cell("长" * 40_000).endswith("放不下）")
    assert printable("一\x0b二\ud800") == "一�二�"


def test_the_picture_carries_a_label_and_no_style() -> None:
    """For a screen reader, and for a page that allows no inline style."""
    svg = qr_svg("R1.x", "核验 <二维码>")

    assert svg.startswith("<svg")
    assert "<title>核验 &lt;二维码&gt;</title>" in svg
    assert "style=" not in svg
    assert qr_png("R1.x").startswith(b"\x89PNG")


def test_numerals_count_as_headings_do() -> None:
    """一 to 十九."""
    assert [numeral(number) for number in (1, 10, 11, 19)] == ["一", "十", "十一", "十九"]


def test_word_can_be_printed(made: Notice, tmp_path: Path) -> None:
    """Where an office program is there: several pages of A4."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine")
    file = tmp_path / "notice.docx"
    file.write_bytes(word_notice(made))
    command = [program, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    subprocess.run([*command, "--convert-to", "pdf", "--outdir", tmp_path, file], check=True, timeout=180)

    assert (tmp_path / "notice.pdf").read_bytes().startswith(b"%PDF")
