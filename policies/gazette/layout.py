"""One reading of the print: which lines are what, how they join, and where all of it stands."""

from collections.abc import Iterable, Sequence

from policies.document import Span
from policies.gazette.bodies import Cutter, find_titles
from policies.gazette.lines import Line
from policies.gazette.mends import furniture, removed, wraps
from policies.gazette.model import MendKind
from policies.gazette.notices import Block, Range, find_blocks, plan_titles, salutation_at
from policies.gazette.paragraphs import Paragraph, Set, paragraphs
from policies.gazette.passage import joined, of_line, spans


class Layout:
    """The print taken apart. ``lines`` are those kept; all indices count in them."""

    def __init__(self, raw: str, printed: Sequence[Line]) -> None:
        self.raw = raw
        hidden = furniture(printed)
        self.kept = [i for i in range(len(printed)) if i not in hidden]
        self.lines = [printed[i] for i in self.kept]
        self.mends = removed(MendKind.FURNITURE, [printed[i] for i in sorted(hidden)])
        self._joins: set[int] = set()
        self.blocks = find_blocks(self.lines)
        self.notices = [self._notice(block) for block in self.blocks]
        self.names = [self._plan_names(number) for number in range(len(self.blocks))]
        taken = _indices(block.lines for block in self.blocks)
        self.titles = find_titles(self.lines, self.names, taken)
        self.bodies = Cutter(self.lines, self.blocks, self.titles).bodies()
        self.sets = [self._set(() if body.table else body.lines) for body in self.bodies]
        self.salutations = [self._joined(body.salutation) for body in self.bodies]
        self._settle(printed)

    def place(self, at: Sequence[int]) -> tuple[Span, ...]:
        """The raw stretches that characters come from."""
        return spans(at, self._walls, self._mended)

    def place_lines(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The raw stretches of whole lines."""
        return self.place([p for i in indices for p in range(self.lines[i].start, self.lines[i].end)])

    def merged(self, own: Iterable[Span]) -> tuple[Span, ...]:
        """Stretches with nothing but blanks or page furniture between them, as one."""
        merged: list[Span] = []
        for span in sorted(own):
            if merged and self._blank(merged[-1].end, span.start):
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return tuple(merged)

    def _blank(self, start: int, end: int) -> bool:
        while start < end:
            if self.raw[start].isspace():
                start += 1
            elif start in self._furniture:
                start = self._furniture[start]
            else:
                return False
        return True

    def _plan_names(self, number: int) -> list[str]:
        notice = "\n".join(paragraph.text for paragraph in self.notices[number])
        title = self.blocks[number].title
        return plan_titles(notice, title) or ([title] if title else [])

    def _notice(self, block: Block) -> tuple[Paragraph, ...]:
        """The covering notice as paragraphs; its salutation is one."""
        if not block.notice:
            return ()
        text = block.notice.start + salutation_at(self.lines, block.notice.start)
        head = self._joined(range(block.notice.start, text))
        return (*head, *self._set(range(text, block.notice.end)).paragraphs)

    def _joined(self, indices: Sequence[int]) -> list[Paragraph]:
        """Lines that are one paragraph, whatever their width."""
        if not indices:
            return []
        self._joins.update(indices[:-1])
        passage = joined(of_line(self.lines[i]) for i in indices)
        return [Paragraph(passage, None, indices[0], doubled=False)]

    def _set(self, indices: Sequence[int]) -> Set:
        found = paragraphs(self.lines, indices)
        self.mends.extend(found.mends)
        self._joins.update(i for i in indices[:-1] if i not in found.breaks)
        return found

    def _settle(self, printed: Sequence[Line]) -> None:
        """Note what was taken out of its place, and the wraps; from here on raw spans can be told."""
        ranges = [block.title_lines for block in self.blocks] + [title.lines for title in self.titles]
        self._joins.update(i for r in ranges for i in range(r.start, r.end - 1))
        self.mends.extend(removed(MendKind.MOVED, [self.lines[i] for i in sorted(self._moved())]))
        breaks = {self.kept[i] for i in range(len(self.kept)) if i not in self._joins}
        rows = {self.lines[i].end for body in self.bodies if body.table for i in body.lines}
        wrapped = wraps(self.raw, printed, breaks)
        self.mends.extend(mend for mend in wrapped if mend.span.start not in rows)
        self.mends.sort(key=lambda mend: mend.span)
        self._mended = [mend.span for mend in self.mends]
        whole = [block.lines for block in self.blocks] + [title.lines for title in self.titles]
        self._walls = sorted(Span(self.lines[r.start].start, self.lines[r.end - 1].end) for r in whole)
        hidden = (m for m in self.mends if m.kind is MendKind.FURNITURE)
        self._furniture = {mend.span.start: mend.span.end for mend in hidden}

    def _moved(self) -> set[int]:
        """Lines of title blocks and titles that interrupt a paragraph, or stand within their own text."""
        taken = _indices([*(b.lines for b in self.blocks), *(t.lines for t in self.titles)])
        moved: set[int] = set()
        for found in self.sets:
            for paragraph in found.paragraphs:
                at = paragraph.passage.at
                moved.update(i for i in taken if at and at[0] < self.lines[i].start < at[-1])
        for number, block in enumerate(self.blocks):
            own = next((body for body in self.bodies if body.block == number and body.lines), None)
            if own and own.lines[0] < block.lines.start:
                moved.update(range(block.lines.start, block.lines.end))
        return moved


def _indices(ranges: Iterable[Range]) -> set[int]:
    return {i for r in ranges for i in range(r.start, r.end)}
