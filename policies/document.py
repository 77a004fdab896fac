"""What the gazette gives: documents, their sections and their clauses, word for word."""

from datetime import date

from msgspec import Struct


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of the raw gazette text, in characters: ``start`` included, ``end`` not."""

    start: int
    end: int


class Unit(Struct, frozen=True, kw_only=True):
    """A responsible unit as printed in a clause's bracket; the first one printed leads."""

    name: str
    lead: bool


class Clause(Struct, frozen=True, kw_only=True):
    """The smallest numbered unit of a document that a person cites.

    ``number`` is as printed, without the delimiter that follows it (``15``, ``（十二）``, ``第三条``);
    empty for a section that holds text but no items (then ``id`` ends in ``s<section>``).
    ``text`` is the whole clause; ``body`` leaves out number, heading and unit bracket.
    Paragraphs are separated by one newline; nothing else is added or taken.
    """

    id: str
    number: str
    heading: str
    path: tuple[str, ...]  # the headings above, outermost first, as printed
    text: str
    body: str
    units: tuple[Unit, ...]
    units_open: bool  # the printed list ends in 等
    cites: tuple[str, ...]  # titles in 《…》, in order, without the marks
    raw_offsets: tuple[Span, ...]
    lost: bool  # the gazette has lost text here; what is left is shown as it stands


class Section(Struct, frozen=True, kw_only=True):
    """A numbered part of a document: its heading, the sections within, the clauses it holds by id."""

    id: str
    number: str
    heading: str
    sections: tuple["Section", ...]
    clauses: tuple[str, ...]


class Annex(Struct, frozen=True, kw_only=True):
    """A listed annex; ``online`` when the gazette says 见网络 and does not print it."""

    title: str
    online: bool


class Plan(Struct, frozen=True, kw_only=True):
    """A plan (规划, 方案, 行动计划) that a notice promulgates; a notice may carry several.

    ``printed`` is false when the notice names the plan but the text of it is not in the gazette.
    """

    title: str
    printed: bool
    preamble: str
    sections: tuple[Section, ...]


class Document(Struct, frozen=True, kw_only=True):
    """One issued text. What the print does not carry is ``None`` or empty, never guessed."""

    id: str
    number: str | None  # 文号
    title: str
    issuer: str | None
    issued: date | None
    public: str | None  # the 公开 mark as printed, e.g. 此件公开发布
    notice: str  # the text of the covering notice
    plans: tuple[Plan, ...]
    clauses: tuple[Clause, ...]  # all clauses of all plans, in the order printed
    annexes: tuple[Annex, ...]
    cites: tuple[str, ...]
    raw_offsets: tuple[Span, ...]
    units_note: str = ""  # a sentence in a unit bracket that names units of all tasks that follow
