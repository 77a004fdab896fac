"""Text that remembers where each of its characters stands in the raw text."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct

from policies.document import Span
from policies.gazette.lines import BLANK, Line


class Passage(Struct, frozen=True):
    """``at`` holds the raw offset of each character of ``text``; mended characters have none."""

    text: str
    at: tuple[int, ...]

    def cut(self, start: int, end: int | None = None) -> "Passage":
        """A stretch of this passage without blanks at its ends."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start] in BLANK:
            start += 1
        while stop > start and self.text[stop - 1] in BLANK:
            stop -= 1
        return Passage(self.text[start:stop], self.at[start:stop])


def of_line(line: Line) -> Passage:
    """A line as it stands."""
    return Passage(line.text, tuple(range(line.start, line.end)))


def joined(passages: Iterable[Passage], glue: str = "") -> Passage:
    """Passages one after another; glue takes the place of the character after the one before it."""
    text: list[str] = []
    at: list[int] = []
    for passage in passages:
        if text and glue and at:
            text.append(glue)
            at.append(at[-1] + 1)
        text.append(passage.text)
        at.extend(passage.at)
    return Passage("".join(text), tuple(at))


def spans(at: Sequence[int], walls: Sequence[Span], mended: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The raw stretches that characters come from.

    A stretch runs over mends (a wrapped line, a page header) but not over a wall: a title block or
    another text that stands in between. It ends where a mend that it has begun ends.
    """
    if not at:
        return ()
    edges = [wall.start for wall in walls]
    runs: list[Span] = []
    start = last = at[0]
    for place in at[1:]:
        wall = bisect_left(edges, last + 1)
        if place < last or (wall < len(edges) and edges[wall] < place):
            runs.append(Span(start, _closed(last + 1, mended)))
            start = place
        last = place
    runs.append(Span(start, _closed(last + 1, mended)))
    return tuple(runs)


def _closed(end: int, mended: Sequence[Span]) -> int:
    index = bisect_left(mended, end, key=lambda span: span.start)
    if index and mended[index - 1].start < end < mended[index - 1].end:
        return mended[index - 1].end
    return end
