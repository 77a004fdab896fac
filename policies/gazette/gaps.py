"""What the print has lost: glyphs, stray fragments beside them, lines. Marked, never filled."""

import re
from collections.abc import Sequence

from msgspec import Struct

from policies.document import Span
from policies.gazette.lines import Line
from policies.gazette.model import Gap, GapKind

LOST = "\ufffd"
_NEAR = 8
_STRAY = re.compile(r"[0-9]{1,2}")
_DISPLACED = re.compile(r"([0-9]+ ?/).*\ufffd")


class Seam(Struct, frozen=True):
    """A place where a reader of the print found that lines are missing between two others."""

    before: str
    after: str


# Nothing in the shape of the page shows these; they were found by reading.
KNOWN_SEAMS = (Seam("110接警量，科学", "民警，强化设备和系统保障"),)


def find_gaps(lines: Sequence[Line], skip: set[int]) -> list[Gap]:
    """All losses in the order of the print; ``skip`` are lines of a table, where lone figures are usual."""
    gaps = [*_glyphs(lines), *_fragments(lines, skip), *_seams(lines)]
    return sorted(gaps, key=lambda gap: gap.span.start)


def _glyphs(lines: Sequence[Line]) -> list[Gap]:
    return [
        _gap(GapKind.GLYPH, line, line.start + at, 1, line.text)
        for line in lines
        for at, c in enumerate(line.text)
        if c == LOST
    ]


def _fragments(lines: Sequence[Line], skip: set[int]) -> list[Gap]:
    """Figures that stand alone near a lost glyph: they belong to a formula and got displaced."""
    lossy = [i for i, line in enumerate(lines) if LOST in line.text]
    gaps: list[Gap] = []
    for i, line in enumerate(lines):
        near = any(abs(i - other) <= _NEAR for other in lossy)
        if i not in skip and near and _STRAY.fullmatch(line.text):
            gaps.append(_gap(GapKind.FRAGMENT, line, line.start, len(line.text), line.text))
        if found := _DISPLACED.match(line.text):
            gaps.append(_gap(GapKind.FRAGMENT, line, line.start, len(found.group(1)), found.group(1)))
    return gaps


def _seams(lines: Sequence[Line]) -> list[Gap]:
    gaps: list[Gap] = []
    for i, line in enumerate(lines[:-1]):
        for seam in KNOWN_SEAMS:
            if line.text.endswith(seam.before) and lines[i + 1].text.startswith(seam.after):
                after = lines[i + 1]
                text = f"{seam.before}｜{seam.after}"
                span = Span(line.end - len(seam.before), after.start + len(seam.after))
                gaps.append(Gap(kind=GapKind.LINES, span=span, line=line.number, text=text, clause=None))
    return gaps


def _gap(kind: GapKind, line: Line, start: int, size: int, text: str) -> Gap:
    return Gap(kind=kind, span=Span(start, start + size), line=line.number, text=text, clause=None)
