"""Puts the reading together: from raw text to documents, with an account of every character."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from policies.document import Annex, Clause, Document, Plan
from policies.gazette.annexes import read_annexes
from policies.gazette.bodies import Body
from policies.gazette.checks import remarks
from policies.gazette.cites import find_cites
from policies.gazette.gaps import find_gaps
from policies.gazette.gate import admit
from policies.gazette.ids import document_id, source_id, unique
from policies.gazette.layout import Layout
from policies.gazette.lines import Line
from policies.gazette.model import Gap, GapKind, Gazette, KeyProjects, NotAGazette, Part, Remark, Role
from policies.gazette.notices import Block, Signature, opens_annexes, tight
from policies.gazette.projects import read_projects
from policies.gazette.structure import Built, build


def parse_gazette(text: str, source: str) -> Gazette:
    """Read a gazette, or one office's text, into documents.

    ``source`` is the file's name: messages show it, and a text without 文号 takes its id from it.
    Raises NotAGazette when the text is not one.
    """
    printed = admit(text, source)
    layout = Layout(text, printed)
    drafts: list[_Draft] = []
    documents: list[Document] = []
    notes: list[Remark] = []
    for number in range(len(layout.blocks)) or [-1]:
        name, doubt = _name(layout, number, source, [document.id for document in documents])
        drafts.append(_Draft(layout, number, name))
        documents.append(drafts[-1].document())
        notes.extend([*doubt, *drafts[-1].remarks])
    _refuse_without_text(documents, printed[0], source)
    gaps = _gaps(layout, documents)
    notes.extend(remarks(documents, layout.mends, text))
    return Gazette(
        source=source,
        documents=tuple(_with_losses(document, gaps) for document in documents),
        key_projects=next((draft.projects for draft in drafts if draft.projects), None),
        parts=tuple(part for draft in drafts for part in draft.parts),
        mends=tuple(layout.mends),
        gaps=gaps,
        remarks=tuple(sorted(notes, key=lambda remark: remark.line)),
    )


def _refuse_without_text(documents: Sequence[Document], first: Line, source: str) -> None:
    if not any(document.clauses or document.notice for document in documents):
        found = f"“{first.text[:20]}”，找不到正文"
        raise NotAGazette(source, first.number, "有标题和正文的公文", found)


def _name(layout: Layout, number: int, source: str, used: Sequence[str]) -> tuple[str, list[Remark]]:
    """The id of a document, and a remark when the print gives it none."""
    block = layout.blocks[number] if number >= 0 else None
    if block and block.number:
        return unique(document_id(block.abbreviation, block.year, block.serial), used), []
    name = source_id(source, used)
    return name, [Remark(line=layout.lines[0].number, text=f"没有文号，编号暂取自文件名：{name}")]


def _gaps(layout: Layout, documents: Sequence[Document]) -> tuple[Gap, ...]:
    """The losses, each with the clause that it stands in."""
    table = {i for body in layout.bodies if body.table for i in body.lines}
    clauses = [(span, c.id) for d in documents for c in d.clauses for span in c.raw_offsets]
    return tuple(
        replace(gap, clause=next((c for s, c in clauses if s.start <= gap.span.start < s.end), None))
        for gap in find_gaps(layout.lines, table)
    )


def _with_losses(document: Document, gaps: Sequence[Gap]) -> Document:
    lossy = {gap.clause for gap in gaps if gap.kind in {GapKind.LINES, GapKind.GLYPH}}
    clauses = [replace(c, lost=True) if c.id in lossy else c for c in document.clauses]
    return replace(document, clauses=tuple(clauses))


class _Draft:
    """One document while it is put together; ``number`` is that of its title block, -1 for none."""

    def __init__(self, layout: Layout, number: int, name: str) -> None:
        self.layout, self.number, self.name = layout, number, name
        self.block: Block | None = layout.blocks[number] if number >= 0 else None
        self.titles = layout.names[number] if self.block else []
        self.bodies = [k for k, body in enumerate(layout.bodies) if body.block == number]
        self.parts: list[Part] = []
        self.remarks: list[Remark] = []
        self.projects: KeyProjects | None = None
        self.notice = [p.text for p in layout.notices[number]] if self.block else []
        self.plans: dict[int, Plan] = {}
        self.clauses: list[Clause] = []
        self.annexes: list[Annex] = []
        self.units_note = ""

    def document(self) -> Document:
        """Read everything that belongs to the title block."""
        signatures = self._signatures()
        texts = sum(not self.layout.bodies[k].table for k in self.bodies)
        several = len(self.titles) > 1 or texts > 1
        for k in self.bodies:
            self._take(k, several=several)
        block, notice = self.block, "\n".join(self.notice)
        plans = self._plans(several=several)
        self._take_annexes_of_notice(plans)
        return Document(
            id=self.name,
            number=block.number if block else None,
            title=block.title if block else "",
            issuer=(block.issuer if block else None) or next((s.signer for s in signatures), None),
            issued=next((s.day for s in signatures if s.day), None),
            public=next((s.public for s in signatures if s.public), None),
            notice=notice,
            plans=plans,
            clauses=tuple(self.clauses),
            annexes=tuple(self.annexes),
            cites=find_cites([notice, *(p.preamble for p in plans), *(c.text for c in self.clauses)]),
            raw_offsets=self.layout.merged(span for part in self.parts for span in part.spans),
            units_note=self.units_note,
        )

    def _signatures(self) -> list[Signature]:
        """All signatures, that of the covering notice first; where they stand is noted."""
        block = self.block
        if block:
            self._mark(Role.TITLE, range(block.letterhead.start, block.letterhead.end))
            self._mark(Role.TITLE, range(block.title_lines.start, block.title_lines.end))
            self._mark(Role.NUMBER, [] if block.number_line is None else [block.number_line])
            self._mark(Role.NOTICE, range(block.notice.start, block.notice.end))
        own = [block.signature] if block and block.signature else []
        found = [*own, *(s for k in self.bodies for s in self.layout.bodies[k].signatures)]
        for signature in found:
            public = signature.public_line
            lines = range(signature.lines.start, signature.lines.end)
            self._mark(Role.SIGNATURE, [i for i in lines if i != public])
            self._mark(Role.PUBLIC, [] if public is None else [public])
        return found

    def _take(self, k: int, *, several: bool) -> None:
        """Read one body: a table, or a plan with its salutation and annexes."""
        body = self.layout.bodies[k]
        for printed in body.titles:
            self._mark(Role.PLAN_TITLE, range(printed.lines.start, printed.lines.end))
        index = self._plan_index(body)
        title = self.titles[index] if index < len(self.titles) else next(iter(self.titles), "")
        if body.table:
            self._take_table(body, title)
            return
        self._mark(Role.ANNEX, body.annexes)
        self._mark(Role.NOTICE, body.salutation)
        self.notice.extend(paragraph.text for paragraph in self.layout.salutations[k])
        self.annexes.extend(read_annexes([self.layout.lines[i].text for i in body.annexes]))
        built = self._built(k, f"{self.name}/p{index + 1}." if several else f"{self.name}/")
        if built.sections or built.preamble:
            self.plans[index] = Plan(
                title=title, printed=True, preamble=built.preamble, sections=built.sections
            )
        self.clauses.extend(built.clauses)
        self.units_note += built.units_note

    def _take_annexes_of_notice(self, plans: Sequence[Plan]) -> None:
        """The annexes that the covering notice lists, but for those that are printed as plans."""
        printed = {tight(plan.title) for plan in plans}
        start = next((i for i, text in enumerate(self.notice) if opens_annexes(text)), len(self.notice))
        listed = read_annexes(self.notice[start:])
        self.annexes.extend(annex for annex in listed if tight(annex.title) not in printed)

    def _plan_index(self, body: Body) -> int:
        named = (found.plan for found in body.titles if found.block == self.number)
        free = next(i for i in range(len(self.plans) + 1) if i not in self.plans)
        return next((plan for plan in named if plan not in self.plans), free)

    def _plans(self, *, several: bool) -> tuple[Plan, ...]:
        """The plans in the order named; one that is named but not printed is there and says so."""
        if several or not self.projects:
            for index, title in enumerate(self.titles):
                missing = Plan(title=title, printed=False, preamble="", sections=())
                self.plans.setdefault(index, missing)
        return tuple(plan for _, plan in sorted(self.plans.items()))

    def _built(self, k: int, prefix: str) -> Built:
        built = build(self.layout.sets[k].paragraphs, prefix, self.layout.place)
        self.parts.extend(built.parts)
        lines = self.layout.bodies[k].lines
        line = self.layout.lines[lines[0]].number if lines else 1
        self.remarks.extend(Remark(line=line, text=text) for text in built.doubtful)
        return built

    def _take_table(self, body: Body, title: str) -> None:
        self._mark(Role.TABLE, body.lines)
        rows = [self.layout.lines[i] for i in body.lines]
        number = self.block.number if self.block else None
        listed, doubts = read_projects(rows, self.name, number, title, self.layout.place)
        self.projects = self.projects or listed
        found = (*listed.mismatches, *doubts)
        self.remarks.extend(Remark(line=rows[0].number, text=text) for text in found)

    def _mark(self, role: Role, indices: Iterable[int]) -> None:
        """Note what lines are."""
        spans = self.layout.place_lines(indices)
        if spans:
            self.parts.append(Part(role=role, owner=self.name, spans=spans))
