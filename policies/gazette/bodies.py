"""Where each body lies: cuts the running text into bodies and gives each to its title block.

In print the title block of a text may stand inside its body, and a body may end in the middle of a
column where the next one begins. Numbering that begins anew tells where a new body starts; its title
block is the one printed since the body before.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from policies.gazette.lines import Line
from policies.gazette.markers import Marker, Rank, marker_of
from policies.gazette.notices import (
    NONE,
    Block,
    Range,
    Signature,
    is_annex_mark,
    opens_annexes,
    salutation_at,
    signature_at,
    tight,
)

_STOPS = "。；：！？）〕」”:;!?)"
_OPENINGS = ("为", "根据", "按照", "依据")


class Title(Struct, frozen=True):
    """A plan's title printed on lines of its own, and which block and plan it names."""

    lines: Range
    block: int
    plan: int


class Body(Struct, frozen=True):
    """The lines of one text, by index; ``block`` is its title block (-1: none), ``titles`` its own."""

    lines: tuple[int, ...]
    block: int
    titles: tuple[Title, ...]
    table: bool
    signatures: tuple[Signature, ...]
    annexes: tuple[int, ...]
    salutation: tuple[int, ...]


def find_titles(lines: Sequence[Line], names: Sequence[Sequence[str]], taken: set[int]) -> list[Title]:
    """Lines that are exactly the title of a promulgated plan, one to four lines long."""
    known = {tight(name): (b, p) for b, plans in enumerate(names) for p, name in enumerate(plans)}
    titles: list[Title] = []
    at = 0
    while at < len(lines):
        size = next((n for n in (4, 3, 2, 1) if _names(lines, at, n, taken) in known), 0)
        if size:
            block, plan = known[_names(lines, at, size, taken)]
            first = at
            while first and first - 1 not in taken and is_annex_mark(lines[first - 1].text):
                first -= 1
            titles.append(Title(Range(first, at + size), block, plan))
        at += size or 1
    return titles


def _names(lines: Sequence[Line], at: int, size: int, taken: set[int]) -> str:
    if at + size > len(lines) or any(i in taken for i in range(at, at + size)):
        return ""
    return tight("".join(line.text for line in lines[at : at + size]))


def table_lines(lines: Sequence[Line], blocks: Sequence[Block]) -> Range:
    """The key project list: from its column heads to the next title block or the end."""
    heads = [i for i, line in enumerate(lines) if tight(line.text).startswith("序号项目名称")]
    if not heads:
        return NONE
    end = next((b.lines.start for b in blocks if b.lines.start > heads[0]), len(lines))
    later = [i for i in range(heads[-1], end) if lines[i].text[-1] == "。"]
    return Range(heads[0], later[0] if later else end)


def stops(line: Line) -> bool:
    """Whether a line may end a paragraph."""
    return line.text[-1] in _STOPS


class Cutter:
    """Cuts one text into bodies."""

    def __init__(self, lines: Sequence[Line], blocks: Sequence[Block], titles: Sequence[Title]) -> None:
        self.lines, self.blocks, self.titles = lines, blocks, titles
        self.table = table_lines(lines, blocks)
        self.taken = {i for b in blocks for i in range(b.lines.start, b.lines.end)}
        self.taken |= {i for t in titles for i in range(t.lines.start, t.lines.end)}
        self.inside_table = set(range(self.table.start, self.table.end)) - self.taken
        self.text = [i for i in range(len(lines)) if i not in self.taken and i not in self.inside_table]
        self.tops = [(i, m) for i in self.text if (m := self._top(i))]

    def bodies(self) -> list[Body]:
        """The bodies in the order printed."""
        starts = sorted(self._starts())
        if not starts:
            return []
        bodies: list[Body] = []
        previous = -1
        for start, end in zip(starts, [*starts[1:], len(self.lines)], strict=True):
            indices = tuple(i for i in range(start, end) if i not in self.taken)
            if indices:
                bodies.append(self._body(indices, previous))
                previous = indices[-1]
        if bodies:
            late = tuple(title for title in self.titles if title.lines.start > previous)
            bodies[-1] = replace(bodies[-1], titles=(*bodies[-1].titles, *late))
        return bodies

    def _body(self, indices: tuple[int, ...], previous: int) -> Body:
        last = indices[-1]
        mine = [n for n, b in enumerate(self.blocks) if previous < b.lines.start <= last]
        earlier = [n for n, b in enumerate(self.blocks) if b.lines.start <= last]
        titles = tuple(t for t in self.titles if previous < t.lines.start <= last)
        block = (mine or earlier or ([0] if self.blocks else [-1]))[-1]
        if indices[0] in self.inside_table:
            return Body(indices, block, titles, True, (), (), ())
        signatures = self._signatures(indices)
        signed = {i for s in signatures for i in range(s.lines.start, s.lines.end)}
        rest = [i for i in indices if i not in signed]
        count = salutation_at([self.lines[i] for i in rest[:4]], 0) if rest else 0
        annexes = self._annexes(rest[count:])
        text = tuple(i for i in rest[count:] if i not in annexes)
        return Body(text, block, titles, False, signatures, annexes, tuple(rest[:count]))

    def _signatures(self, indices: tuple[int, ...]) -> tuple[Signature, ...]:
        found = (signature_at(self.lines, i) for i in indices)
        return tuple(s for s in found if s)

    def _annexes(self, indices: Sequence[int]) -> tuple[int, ...]:
        """The list of annexes at the end: nothing numbered like a section follows it."""
        for place in range(len(indices) - 1, -1, -1):
            line = self.lines[indices[place]]
            marker = marker_of(line.text)
            if marker and marker.rank <= Rank.PART:
                return ()
            before = self.lines[indices[place - 1]] if place else None
            if opens_annexes(line.text) and (before is None or stops(before)):
                return tuple(indices[place:])
        return ()

    def _top(self, index: int) -> Marker | None:
        marker = marker_of(self.lines[index].text)
        if marker is None or marker.rank > Rank.SECTION:
            return None
        before = self._before(index)
        heading = before is None or stops(before) or len(before.text) < len(self.lines[index].text) + 14
        return marker if heading else None

    def _before(self, index: int) -> Line | None:
        place = index - 1
        while place >= 0 and place in self.taken:
            place -= 1
        return self.lines[place] if place >= 0 else None

    def _starts(self) -> set[int]:
        first = next(iter(sorted([*self.text, *self.inside_table])), None)
        if first is None:
            return set()
        starts = {first}
        if self.inside_table:
            behind = [i for i in self.text if i > max(self.inside_table)]
            starts |= {min(self.inside_table), *behind[:1]}
        starts |= self._after_blocks()
        starts |= self._restarts(starts)
        return starts

    def _after_blocks(self) -> set[int]:
        """Body lines right after a block (or a title) where the numbering does not go on."""
        ends = [b.lines.end for b in self.blocks] + [t.lines.end for t in self.titles]
        return {i for end in ends if (i := self._next(end)) is not None and self._begins(i)}

    def _next(self, end: int) -> int | None:
        return next((i for i in range(end, len(self.lines)) if i not in self.taken), None)

    def _begins(self, index: int) -> bool:
        before = self._before(index)
        ended = before is None or stops(before) or self._is_date(before)
        if index in self.inside_table or not ended:
            return False
        following = next(((i, m) for i, m in self.tops if i >= index), None)
        earlier = [m for i, m in self.tops if i < index]
        if following and earlier:
            return following[1].value == 1 and following[1].rank <= min(m.rank for m in earlier[-1:])
        return before is None or not earlier or (following is None and self._is_date(before))

    def _is_date(self, line: Line) -> bool:
        return line.text.endswith(("日", "印发"))

    def _restarts(self, starts: set[int]) -> set[int]:
        """Where numbering begins anew, walked back to where the text before it begins."""
        found: set[int] = set()
        chapters = any(m.rank is Rank.CHAPTER for _, m in self.tops)
        seen = False
        for place, (index, marker) in enumerate(self.tops):
            inner = marker.rank is Rank.ARTICLE and chapters
            if marker.value != 1 or inner:
                continue
            if marker.rank is Rank.SECTION and place and self.tops[place - 1][1].rank < Rank.SECTION:
                continue
            floor = self._last_numbered(index)
            if seen and not any(floor < start <= index for start in starts):
                found.add(self._opening(floor, index))
            seen = True
        return found

    def _last_numbered(self, index: int) -> int:
        return max((i for i in self.text if i < index and marker_of(_single(self.lines[i].text))), default=-1)

    def _opening(self, floor: int, head: int) -> int:
        between = [i for i in self.text if floor < i < head]
        starts = [i for i in between if (b := self._before(i)) is None or stops(b)]
        for i in starts:
            if salutation_at(self.lines, i):
                return i
        pages = [i for i in starts if self.lines[i].new_page]
        openings = [i for i in starts if self.lines[i].text.startswith(_OPENINGS)]
        return (pages or openings[-1:] or [head])[0]


def _single(text: str) -> str:
    """``（（二二））`` as ``（二）``, enough to see that a number leads the line."""
    if text.startswith("（（"):
        half = text[2 : text.find("））")]
        return "（" + half[: len(half) // 2] + "）"
    return text
