"""From wrapped lines to paragraphs, adding nothing.

A line ends a paragraph when it visibly stops short of the column at the end of a sentence, when it is
a heading of its own, or when a number begins the next one. Where the last line of a paragraph happens
to fill the column, the indent of the next line (it is two characters shorter) tells.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from policies.gazette.lines import Line, Measure, measure, width
from policies.gazette.markers import Counting, Marker, marker_of
from policies.gazette.mends import undouble
from policies.gazette.model import Mend
from policies.gazette.passage import Passage, joined

_STOPS = "。；：！？）〕」”:;!?)】"
_FULL_STOPS = ("。", "！", "？", "。”", "。）", "。〕")
_PUNCTUATION = "、，。；：！？（）〔〕《》“”‘’"
_UNBREAKABLE = re.compile(r"[!-~]+[、，。；：！？）〕》”’]*|[^!-~][、，。；：！？）〕》”’]+")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_SLACK = 0.8
_FAR = 3.0
_HEADING_ROOM = 2.5


class Paragraph(Struct, frozen=True):
    """One paragraph; ``marker`` is the number that leads it, ``first`` the index of its first line."""

    passage: Passage
    marker: Marker | None
    first: int
    doubled: bool

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text


class Set(Struct, frozen=True):
    """Paragraphs, the mends made in them, and the lines that a paragraph ends with."""

    paragraphs: tuple[Paragraph, ...]
    mends: tuple[Mend, ...]
    breaks: frozenset[int]


class _Piece(Struct, frozen=True):
    """A line, or the part of it before or from a heading that runs on within it."""

    index: int
    line: Line
    passage: Passage
    doubled: bool
    running: bool  # the heading goes on in the next line
    split: bool


def paragraphs(lines: Sequence[Line], indices: Sequence[int]) -> Set:
    """Join the lines at ``indices`` to paragraphs."""
    pieces, mends = _pieces(lines, indices)
    joiner = _Joiner(_setting(pieces))
    for place, piece in enumerate(pieces):
        joiner.take(piece, pieces[place + 1] if place + 1 < len(pieces) else None)
    return Set(tuple(joiner.done()), tuple(mends), frozenset(joiner.breaks))


def _setting(pieces: Sequence[_Piece]) -> Measure:
    firsts = [piece.passage.text for piece in pieces if marker_of(piece.passage.text)]
    indented = sum(piece.line.indented for piece in pieces)
    return measure([piece.passage.text for piece in pieces], firsts, indented)


def _pieces(lines: Sequence[Line], indices: Sequence[int]) -> tuple[list[_Piece], list[Mend]]:
    pieces: list[_Piece] = []
    mends: list[Mend] = []
    running = False
    for index in indices:
        line = lines[index]
        result = undouble(line, running=running)
        if running and result.mends and pieces:
            pieces[-1] = replace(pieces[-1], running=True)
        running = result.running
        mends.extend(result.mends)
        head = result.mends[0].span.start - line.start if result.mends else 0
        if head:
            before = Passage(result.passage.text[:head], result.passage.at[:head])
            pieces.append(_Piece(index, line, before, doubled=False, running=False, split=False))
        rest = Passage(result.passage.text[head:], result.passage.at[head:])
        whole = bool(result.mends) and result.mends[-1].span.end == line.end
        pieces.append(_Piece(index, line, rest, doubled=whole, running=False, split=bool(head)))
    return pieces, mends


class _Joiner:
    """Takes pieces one by one and decides whether each begins a paragraph."""

    def __init__(self, setting: Measure) -> None:
        self.setting = setting
        self.counting = Counting()
        self.breaks: set[int] = set()
        self._done: list[Paragraph] = []
        self._open: list[_Piece] = []
        self._marker: Marker | None = None

    def done(self) -> list[Paragraph]:
        """All paragraphs, the last one closed."""
        self._close()
        return self._done

    def take(self, piece: _Piece, after: _Piece | None) -> None:
        """Add one piece; ``after`` is the piece that follows it."""
        marker = self.counting.accepts(piece.passage.text, after_stop=self._stopped())
        if not self._open or piece.split or marker or self._ends(piece, after):
            if self._open and self._open[-1].index != piece.index:
                self.breaks.add(self._open[-1].index)
            self._close()
            self._marker = marker
        self._open.append(piece)

    def _close(self) -> None:
        if self._open:
            passage = joined(piece.passage for piece in self._open)
            self._done.append(Paragraph(passage, self._marker, self._open[0].index, self._open[0].doubled))
        self._open = []

    def _short(self) -> float:
        """By how much the last line stops short of where a full one would end."""
        indent = self.setting.indent if len(self._open) == 1 else 0.0
        return self.setting.column - indent - width(self._open[-1].passage.text)

    def _stopped(self) -> bool:
        if not self._open:
            return True
        text = self._open[-1].passage.text
        heading = self._open[0].doubled and len(self._open) == 1
        return text[-1] in _STOPS or not self.setting.wrapped or heading or self._short() > _FAR

    def _ends(self, piece: _Piece, after: _Piece | None) -> bool:
        text = self._open[-1].passage.text
        if self._heading():
            return True
        if not self.setting.wrapped:
            return not self._amid()
        if self.setting.marked:
            return piece.line.indented
        if text[-1] not in _STOPS:
            return False
        if self._short() > _FAR or _LABEL.fullmatch(piece.passage.text):
            return True
        return self._may_be_first(piece) and self._filled(piece, after)

    def _amid(self) -> bool:
        """Whether lines that nobody wrapped are cut off amid a sentence, as at the end of a page."""
        text = "".join(piece.passage.text for piece in self._open)
        return text[-1] in "，、" or (text[-1] not in _STOPS and bool(set(text) & set("，。；")))

    def _filled(self, piece: _Piece, after: _Piece | None) -> bool:
        """Whether the last line had room for more, or else the next one, so that one ends, one begins."""
        roomy = self._short() - width(_token(piece.passage.text)) >= 0
        full_stop = self._open[-1].passage.text.endswith(_FULL_STOPS)
        return roomy or (full_stop and self._indented(piece, after))

    def _may_be_first(self, piece: _Piece) -> bool:
        """Whether the line, set as tight as can be, is as short as a first line."""
        return _tightest(piece.passage.text) <= self.setting.column - self.setting.indent + _SLACK / 2

    def _heading(self) -> bool:
        """A numbered line well short of the column without any stop, a doubled heading, or a label."""
        first, text = self._open[0], self._open[-1].passage.text
        if len(self._open) > 1:
            return False
        whole = first.doubled and not first.running and "。" not in text
        plain = self._marker is not None and self._short() > _HEADING_ROOM and not set(text) & set("。；，")
        return whole or plain or bool(_LABEL.fullmatch(text))

    def _indented(self, piece: _Piece, after: _Piece | None) -> bool:
        """Whether the line could have held more, had it not been indented."""
        text = piece.passage.text
        if not self.setting.indent or after is None or text[-1] in _STOPS:
            return False
        token = _token(after.passage.text)
        full = width(text) >= self.setting.column - self.setting.indent - 2 * _SLACK
        return full and not token.isascii() and _tightest(text + token) <= self.setting.column


def _token(text: str) -> str:
    """What cannot be parted from the first character: a word or figure, or closing punctuation."""
    found = _UNBREAKABLE.match(text)
    return found.group() if found else text[:1]


def _tightest(text: str) -> float:
    """Width when all punctuation is set half as wide."""
    return width(text) - sum(c in _PUNCTUATION for c in text) / 2
