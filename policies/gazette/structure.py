"""From an outline to the sections and clauses of a plan."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from policies.document import Clause, Section, Span
from policies.gazette.cites import find_cites
from policies.gazette.ids import local_id, running_rank, unique
from policies.gazette.markers import Rank
from policies.gazette.model import Part, Role
from policies.gazette.outline import Node, outline, passage_of
from policies.gazette.paragraphs import Paragraph
from policies.gazette.passage import Passage, joined
from policies.gazette.units import find_units, without

Place = Callable[[Sequence[int]], tuple[Span, ...]]


class Built(Struct, frozen=True):
    """A plan's text in order: preamble, sections, clauses; ``parts`` says where all of it stands."""

    preamble: str
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    parts: tuple[Part, ...]
    units_note: str
    doubtful: tuple[str, ...]


def build(paragraphs: Sequence[Paragraph], prefix: str, place: Place) -> Built:
    """Give a text its sections and clauses. ``prefix`` leads every id: ``jszf-2023-6/p1.``."""
    root = outline(paragraphs)
    return _Builder(prefix, place, running_rank(root)).build(root)


class _Builder:
    def __init__(self, prefix: str, place: Place, running: Rank | None) -> None:
        self.prefix, self.place, self.running = prefix, place, running
        self.clauses: list[Clause] = []
        self.parts: list[Part] = []
        self.notes: list[str] = []
        self.doubtful: list[str] = []
        self.used: list[str] = []

    def build(self, root: Node) -> Built:
        preamble = ""
        if root.children:
            passage = joined(root.text, "\n")
            preamble = passage.text
            self._part(Role.PREAMBLE, self.prefix.rstrip("/."), passage)
            sections = self._sections(root)
        else:
            sections = self._unnumbered(root)
        return Built(
            preamble,
            sections,
            tuple(self.clauses),
            tuple(self.parts),
            "".join(self.notes),
            tuple(self.doubtful),
        )

    def _unnumbered(self, root: Node) -> tuple[Section, ...]:
        """A text without any number is one clause."""
        if not root.text:
            return ()
        clause = self._clause(root, "s1", joined(root.text, "\n"), ())
        return (Section(id=self.prefix.rstrip("/."), number="", heading="", sections=(), clauses=(clause,)),)

    def _sections(self, root: Node) -> tuple[Section, ...]:
        loose = [node for node in root.children if not self._is_section(node)]
        sections = [self._section(n, ()) if self._is_section(n) else self._leaf(n, ()) for n in root.children]
        named = [section for section in sections if isinstance(section, Section)]
        if loose:
            ids = tuple(section for section in sections if isinstance(section, str))
            whole = Section(id=self.prefix.rstrip("/."), number="", heading="", sections=(), clauses=ids)
            return (whole, *named)
        return tuple(named)

    def _is_section(self, node: Node) -> bool:
        return bool(node.children) or (node.rank is not None and node.rank in _SECTIONS)

    def _section(self, node: Node, path: tuple[str, ...]) -> Section:
        name = self._fresh(local_id(node, self.running))
        inner = (*path, node.head.text.rstrip("。：: ")) if node.head.text else path
        clauses: list[str] = []
        if not node.children and node.inline:
            clauses.append(self._clause(node, name, passage_of(node), path))
        else:
            self._part(Role.HEADING, self.prefix + name, node.head)
            if node.text:
                lead = joined(node.text, "\n")
                clauses.append(self._clause(None, name, lead, inner))
        children = [
            self._section(n, inner) if self._is_section(n) else self._leaf(n, inner) for n in node.children
        ]
        clauses += [child for child in children if isinstance(child, str)]
        return Section(
            id=self.prefix + name,
            number=node.number,
            heading=node.heading,
            sections=tuple(child for child in children if isinstance(child, Section)),
            clauses=tuple(clauses),
        )

    def _leaf(self, node: Node, path: tuple[str, ...]) -> str:
        name = self._fresh(local_id(node, self.running))
        return self._clause(node, name, passage_of(node), path)

    def _fresh(self, name: str) -> str:
        fresh = unique(name, self.used)
        if fresh != name:
            self.doubtful.append(f"编号 {self.prefix}{name} 重复出现，后一处暂记为 {self.prefix}{fresh}")
        self.used.append(fresh)
        return fresh

    def _clause(self, node: Node | None, name: str, passage: Passage, path: tuple[str, ...]) -> str:
        found = find_units(passage.text)
        start = 0
        if node is not None and node.rank is not None:
            start = len(node.head.text)
        body = passage.text[start:].lstrip("\n ")
        spans = self.place(passage.at)
        if "以下" in found.note or "各项" in found.note:
            self.notes.append(found.note)
        self.clauses.append(
            Clause(
                id=self.prefix + name,
                number=node.number if node else "",
                heading=node.heading if node and node.rank is not None else "",
                path=path,
                text=passage.text,
                body=without(body, find_units(body).places),
                units=found.units,
                units_open=found.open,
                cites=find_cites([passage.text]),
                raw_offsets=spans,
                lost="\ufffd" in passage.text,
            )
        )
        self.parts.append(Part(role=Role.CLAUSE, owner=self.prefix + name, spans=spans))
        return self.prefix + name

    def _part(self, role: Role, owner: str, passage: Passage) -> None:
        if passage.at:
            self.parts.append(Part(role=role, owner=owner, spans=self.place(passage.at)))


_SECTIONS = {Rank.CHAPTER, Rank.SECTION, Rank.LABEL}
