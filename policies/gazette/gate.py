"""Turns away what is not an official text, and says why."""

import re
from collections.abc import Sequence

from policies.gazette.lines import Line, read_lines
from policies.gazette.model import NotAGazette

_EXPECTED = "公报或公文的文字"
_HTML = re.compile(r"<(?:!doctype|html|head|body|div|span|script|meta|table|p|br)\b[^>]*>", re.IGNORECASE)
_TAGS = 3
_HAN = re.compile(r"[\u3400-\u9fff，。、；：“”（）《》〔〕]")
_MOJIBAKE = re.compile(r"[\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f\u00c0-\u00ff\ue000-\uf8ff]")
_MOST_MOJIBAKE = 0.02
_FEWEST_HAN = 0.4
_SHORTEST = 10


def admit(raw: str, source: str) -> list[Line]:
    """The lines of the text. Raises NotAGazette for what cannot be an official text."""
    lines = read_lines(raw)
    if not lines:
        raise NotAGazette(source, 1, _EXPECTED, "空白")
    _refuse_web_page(raw, lines, source)
    _refuse_garble(lines, source)
    _refuse_table(lines, source)
    return lines


def _refuse_web_page(raw: str, lines: Sequence[Line], source: str) -> None:
    tags = list(_HTML.finditer(raw))
    if len(tags) >= _TAGS or (tags and _HTML.match(lines[0].text)):
        line = raw.count("\n", 0, tags[0].start()) + 1
        raise NotAGazette(source, line, _EXPECTED, f"网页（{tags[0].group()[:20]}…）；请先另存为纯文本")


def _refuse_garble(lines: Sequence[Line], source: str) -> None:
    text = "".join(line.text for line in lines)
    bad = len(_MOJIBAKE.findall(text))
    if bad > _MOST_MOJIBAKE * len(text) and bad > 1:
        line = next(line for line in lines if _MOJIBAKE.search(line.text))
        raise NotAGazette(
            source, line.number, _EXPECTED, f"乱码“{line.text[:12]}”；请核对文件编码（应为 UTF-8）"
        )
    if len(_HAN.findall(text)) < _FEWEST_HAN * len(text.replace(" ", "")) or len(text) < _SHORTEST:
        raise NotAGazette(source, lines[0].number, _EXPECTED, f"“{lines[0].text[:20]}”，几乎没有中文正文")


def _refuse_table(lines: Sequence[Line], source: str) -> None:
    sentences = sum(line.text.count("。") + line.text.count("；") for line in lines)
    if not sentences:
        shown = f"没有一句完整的话（首行“{lines[0].text[:16]}”），像是单独的表格或名单"
        raise NotAGazette(source, lines[0].number, _EXPECTED, shown)
