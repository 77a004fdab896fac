"""The faces, sizes and spaces of the Word file, as styles that a clerk can change in one place."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

BODY, NOTE, CELL, HEAD_CELL = "公文正文", "公文说明", "表格文字", "表头文字"

_FANGSONG, _HEITI, _SONGTI = "仿宋", "黑体", "宋体"
_LATIN = "Times New Roman"
# What stands in where a face is missing: other names of Windows, then those of macOS, WPS and Linux.
_INSTEAD = {
    _FANGSONG: "FangSong,仿宋_GB2312,STFangsong,华文仿宋,方正仿宋_GBK,Noto Serif CJK SC",
    _HEITI: "SimHei,STHeiti,华文黑体,方正黑体_GBK,Noto Sans CJK SC",
    _SONGTI: "SimSun,STSong,华文宋体,方正书宋_GBK,Noto Serif CJK SC",
}
_BLACK = RGBColor(0, 0, 0)


def dress(document: WordDocument) -> None:
    """Give a new document its language, faces and styles."""
    _speak_chinese(document)
    _name_stand_ins(document)
    _set(_style(document, "Normal"), _FANGSONG, 12)
    _set(_style(document, "Title"), _SONGTI, 22, bold=True)
    _style(document, "Title").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in list(_style(document, "Title").element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    _set(_style(document, "Heading 1"), _HEITI, 16, before=14)
    _set(_style(document, "Heading 2"), _HEITI, 13, before=10)
    _set(_style(document, "Header"), _SONGTI, 9)
    _set(_style(document, "Footer"), _SONGTI, 10.5)
    body = _new(document, BODY)
    _set(body, _FANGSONG, 12)
    body.paragraph_format.first_line_indent = Pt(24)  # two characters
    body.paragraph_format.line_spacing = Pt(22)
    _set(_new(document, NOTE), _FANGSONG, 11)
    _set(_new(document, CELL), _SONGTI, 10.5, after=0)
    _set(_new(document, HEAD_CELL), _HEITI, 10.5, after=0)


def _new(document: WordDocument, name: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return _style(document, name)


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style


def _set(  # noqa: PLR0913 what a style is made of
    style: ParagraphStyle, face: str, size: float, *, bold: bool = False, before: float = 0, after: float = 4
) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = _BLACK
    style.font.name = _LATIN
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in faces.attrib if key.endswith("Theme")]:  # a theme would outrank the face
        del faces.attrib[key]
    faces.set(qn("w:eastAsia"), face)
    faces.set(qn("w:hAnsi"), _LATIN)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _speak_chinese(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")


def _name_stand_ins(document: WordDocument) -> None:
    entries = (
        f'<w:font w:name="{name}"><w:altName w:val="{names}"/></w:font>' for name, names in _INSTEAD.items()
    )
    text = f"<w:fonts {nsdecls('w')}>{''.join(entries)}</w:fonts>"
    part, rels = document.part, document.part.rels
    for key in [key for key, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE]:
        del rels[key]
    table = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, text.encode(), part.package)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
