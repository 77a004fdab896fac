"""What a person should check against the print: nothing here changes a word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from policies.document import Document, Section
from policies.gazette.markers import han_value
from policies.gazette.model import Mend, MendKind, Remark

_PAIRS = ("（）", "〔〕", "《》", "“”", "()")
_WORD = re.compile(r"[A-Za-z0-9]")


def remarks(documents: Sequence[Document], mends: Sequence[Mend], raw: str) -> list[Remark]:
    """All remarks on a reading."""
    found = [*_joined_words(mends, raw), *_doubled_after(mends, raw)]
    for document in documents:
        line = raw.count("\n", 0, document.raw_offsets[0].start) + 1 if document.raw_offsets else 1
        texts = [*_absent(document), *_numbering(document)]
        found.extend(Remark(line=line, text=f"{document.id}：{text}") for text in texts)
        found.extend(_unbalanced(document, line, raw))
    return found


def _absent(document: Document) -> Iterator[str]:
    if not document.title:
        yield "没有读到标题"
    for name, value in (
        ("文号", document.number),
        ("印发机关", document.issuer),
        ("印发日期", document.issued),
    ):
        if value is None:
            yield f"{name}未载明"
    for plan in document.plans:
        if not plan.printed:
            yield f"通知提到《{plan.title}》，本期没有刊印正文"


def _numbering(document: Document) -> Iterator[str]:
    sections = [section for plan in document.plans for section in plan.sections]
    numbers = {clause.id: clause.number for clause in document.clauses}
    yield from _skips([section.number for section in sections if section.number], document.title)
    for section in _all(sections):
        where = section.heading or document.title
        yield from _skips([s.number for s in section.sections if s.number], where)
        yield from _skips([number for c in section.clauses if (number := numbers[c])], where)


def _all(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.sections)


def _skips(numbers: Sequence[str], where: str) -> Iterator[str]:
    values = [han_value(number.strip("（）()第条章节编款")) for number in numbers]
    for (a, x), (b, y) in pairwise(zip(numbers, values, strict=True)):
        if y not in {x + 1, 1}:
            yield f"“{where}”之下，{a} 之后是 {b}，编号不连续"


def _unbalanced(document: Document, line: int, raw: str) -> Iterator[Remark]:
    for plan in document.plans:
        if wrong := _lone(plan.preamble):
            yield Remark(line=line, text=f"{document.id} 引言：{wrong}不成对，照印")
    for clause in document.clauses:
        if wrong := _lone(clause.text):
            place = raw.count("\n", 0, clause.raw_offsets[0].start) + 1
            yield Remark(line=place, text=f"{clause.id}：{wrong}不成对，照印")


def _lone(text: str) -> str:
    return "、".join(pair for pair in _PAIRS if text.count(pair[0]) != text.count(pair[1]))


def _joined_words(mends: Sequence[Mend], raw: str) -> Iterator[Remark]:
    """A Latin word or a figure that goes over the end of a line: nothing tells whether a space is due."""
    for mend in mends:
        start, end = mend.span.start, mend.span.end
        if mend.kind is not MendKind.WRAP or mend.after or not 0 < start <= end < len(raw):
            continue
        if _WORD.match(raw[start - 1]) and _WORD.match(raw[end]):
            around = f"{raw[max(start - 6, 0) : start]}｜{raw[end : end + 6]}".replace("\n", " ")
            yield Remark(line=mend.line, text=f"外文或数字跨行，直接相连：{around}")


def _doubled_after(mends: Sequence[Mend], raw: str) -> Iterator[Remark]:
    """A glyph printed twice right behind a doubled heading: perhaps doubled too, perhaps a word."""
    for mend in mends:
        end = mend.span.end
        if mend.kind is MendKind.DOUBLED and raw[end : end + 1] == raw[end + 1 : end + 2] != "\n":
            yield Remark(line=mend.line, text=f"重影标题之后“{raw[end : end + 6]}”首字重复，照印")
