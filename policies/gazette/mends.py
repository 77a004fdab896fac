"""The closed list of mends: page furniture, doubled glyphs in headings, wrapped lines."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from policies.document import Span
from policies.gazette.lines import Line
from policies.gazette.markers import marker_of
from policies.gazette.model import Mend, MendKind
from policies.gazette.passage import Passage, of_line

_PAGE_NUMBER = re.compile(
    r"[—–\-－─━·•]+ ?\d{1,4} ?[—–\-－─━·•]*|\d{1,4} ?[—–－─━]+"
    r"|第 ?\d{1,4} ?页(?:[ ，,/／]*共 ?\d{1,4} ?页)?"
)
_MASTHEAD = re.compile(r"[^。；：，、《》]{2,20}公报 ?\d{1,4}(?: ?/ ?| ?年)[^。；：《》]{0,40}")
_REPEATED = 3
_SHORT = 30


def furniture(lines: Sequence[Line]) -> set[int]:
    """Which lines are page headers, footers and page numbers."""
    plain = {i for i, line in enumerate(lines) if _is_furniture(line.text)}
    beside = [i for i in range(len(lines)) if (i - 1 in plain or i + 1 in plain) and i not in plain]
    times = Counter(lines[i].text for i in beside)
    running = {i for i in beside if times[lines[i].text] >= _REPEATED and _is_short(lines[i].text)}
    return plain | running


def _is_short(text: str) -> bool:
    """Short enough for a running header, and no sentence, heading or item."""
    return len(text) <= _SHORT and text[-1] not in "。；：，、！？:" and marker_of(text) is None


def _is_furniture(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _MASTHEAD.fullmatch(text))


_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_CERTAIN = 4  # a single glyph printed twice may be a word such as 人人
_DOUBLED = re.compile(rf"（（({_NUMERAL})\1））")


class Undoubled(Struct, frozen=True):
    """A line with each glyph once, the mends made, and whether the line ends within a doubled heading."""

    passage: Passage
    mends: tuple[Mend, ...]
    running: bool


def undouble(line: Line, *, running: bool) -> Undoubled:
    """Take doubled glyphs once: from a doubled number on, or from the start of a running heading."""
    found = _DOUBLED.search(line.text)
    start = 0 if running else found.start() if found else None
    if start is None:
        return Undoubled(of_line(line), (), running=False)
    kept: list[int] = list(range(start))
    at = start
    while piece := _piece(line.text, at):
        kept.extend(range(at, at + piece))
        at += 2 * piece
        if line.text[at - 1] == "。":
            break
    after = "".join(line.text[i] for i in kept if i >= start)
    kept.extend(range(at, len(line.text)))
    if at - start < _CERTAIN:
        return Undoubled(of_line(line), (), running=False)
    text = "".join(line.text[i] for i in kept)
    passage = Passage(text, tuple(line.start + i for i in kept))
    span = Span(line.start + start, line.start + at)
    mend = Mend(kind=MendKind.DOUBLED, span=span, line=line.number, before=line.text[start:at], after=after)
    return Undoubled(passage, (mend,), running=at == len(line.text) and line.text[-1] != "。")


def _piece(text: str, at: int) -> int:
    """How many characters from ``at`` are printed a second time right after; the longest such run."""
    for size in range((len(text) - at) // 2, 0, -1):
        if text[at : at + size] == text[at + size : at + 2 * size]:
            return size
    return 0


def wraps(raw: str, lines: Sequence[Line], breaks: set[int]) -> list[Mend]:
    """What stands between lines: nothing inside a paragraph, one newline where a paragraph ends.

    ``breaks`` holds the index of each line that a new paragraph follows.
    """
    mends = []
    for i, line in enumerate(lines[:-1]):
        span = Span(line.end, lines[i + 1].start)
        before = raw[span.start : span.end]
        after = "\n" if i in breaks else ""
        if before != after:
            mends.append(Mend(kind=MendKind.WRAP, span=span, line=line.number, before=before, after=after))
    return mends


def removed(kind: MendKind, lines: Sequence[Line]) -> list[Mend]:
    """Lines taken out of the running text."""
    return [
        Mend(kind=kind, span=Span(line.start, line.end), line=line.number, before=line.text, after="")
        for line in lines
    ]
