"""The 告知单 as a Word file in the manner of a 公文: A4, real headings, page numbers, repeated table headers."""

from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from policyhub.exports.cells import printable
from policyhub.exports.qr import qr_png
from policyhub.exports.word_styles import BODY, CELL, NOTE, dress
from policyhub.exports.word_table import word_table
from policyhub.services.notice import Notice
from policyhub.services.paper import Section, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PAGE = (Mm(210), Mm(297))
_MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
_LINE = Mm(210 - 28 - 26)
_QR = Mm(34)


def word_notice(notice: Notice) -> bytes:
    """The file's bytes."""
    document = Document()
    dress(document)
    _page(document, notice)
    _describe(document, notice)
    document.add_paragraph(printable(notice.title), style="Title")
    for name, value in notice.head:
        document.add_paragraph(printable(f"{name}：{value}"), style=NOTE)
    document.add_paragraph(printable(notice.lead), style=BODY)
    for section in notice.sections:
        _section(document, section)
    _picture(document, notice)
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def _page(document: WordDocument, notice: Notice) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _PAGE
    for name, length in _MARGINS.items():
        setattr(page, name, length)
    page.header.paragraphs[0].add_run(printable(notice.foot))
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", "")):
        foot.add_run(words)
        if field:
            _field(foot, field)


def _describe(document: WordDocument, notice: Notice) -> None:
    told, found = document.core_properties, notice.result
    told.title, told.subject, told.language = notice.title, f"回执 {found.receipt.id}", "zh-CN"
    told.author, told.last_modified_by, told.comments = "policyhub", "policyhub", ""
    told.keywords, told.version = f"政策库版本 {found.library}", found.library
    told.created = told.modified = datetime.combine(found.as_of, time(), UTC)


def _section(document: WordDocument, section: Section) -> None:
    document.add_heading(printable(section.heading), section.level)
    for block in section.blocks:
        if isinstance(block, Table):
            if block.rows:
                document.add_paragraph(style=CELL)._p.addprevious(word_table(block, _LINE))  # noqa: SLF001
        else:
            document.add_paragraph(printable(block.text), style=NOTE if block.note else BODY)


def _field(paragraph: WordParagraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    field.append(paragraph.add_run("1")._r)  # noqa: SLF001 a run inside the field, which Word replaces
    paragraph._p.append(field)  # noqa: SLF001


def _picture(document: WordDocument, notice: Notice) -> None:
    picture = document.add_picture(BytesIO(qr_png(notice.check)), width=_QR)
    picture._inline.docPr.set("descr", notice.check_label)  # noqa: SLF001 the alternative text
    document.add_paragraph(printable(notice.check_label), style=NOTE)
