"""What reading a gazette gives: drafts, and all that a person has to know about how they came about."""

from enum import StrEnum

from msgspec import Struct

from policies.document import Document, Span


class NotAGazette(ValueError):  # noqa: N818  the name is the finding
    """The text is not a gazette or an official document; the message says where, what, and what instead."""

    def __init__(self, source: str, line: int, expected: str, found: str) -> None:
        self.source = source
        self.line = line
        self.expected = expected
        self.found = found
        super().__init__(f"{source}:{line}：应为{expected}，实为{found}")


class MendKind(StrEnum):
    """The closed list of mends; nothing else in the print is ever changed."""

    WRAP = "折行"
    DOUBLED = "重影"
    FURNITURE = "页眉页脚"
    MOVED = "标题移位"


class Mend(Struct, frozen=True, kw_only=True):
    """One mend: ``span`` of the raw text read ``before``, and is read as ``after``."""

    kind: MendKind
    span: Span
    line: int
    before: str
    after: str


class GapKind(StrEnum):
    """What the print has lost. A gap is marked, never filled."""

    GLYPH = "失字"
    FRAGMENT = "散字"
    LINES = "缺行"


class Gap(Struct, frozen=True, kw_only=True):
    """A place where the print has lost something; ``text`` is what stands there."""

    kind: GapKind
    span: Span
    line: int
    text: str
    clause: str | None


class Remark(Struct, frozen=True, kw_only=True):
    """Something a person should check against the printed page."""

    line: int
    text: str


class Role(StrEnum):
    """What a stretch of the print is."""

    TITLE = "标题"
    NUMBER = "文号"
    NOTICE = "通知"
    SIGNATURE = "落款"
    PUBLIC = "公开"
    PLAN_TITLE = "方案标题"
    PREAMBLE = "引言"
    HEADING = "章节标题"
    CLAUSE = "条款"
    ANNEX = "附件"
    TABLE = "项目表"


class Part(Struct, frozen=True, kw_only=True):
    """A stretch of the raw text, what it is, and the document (or clause) that it belongs to."""

    role: Role
    owner: str
    spans: tuple[Span, ...]


class KeyProject(Struct, frozen=True, kw_only=True):
    """One row of the key project list. ``place`` is as printed; a new line in the cell is a newline.

    ``group`` is the text of a cell that stands upright beside the row.
    """

    section: str
    programme: str
    number: int
    name: str
    level: str
    preliminary: bool
    place: str
    counties: tuple[str, ...]
    townships: tuple[str, ...]
    group: str
    raw_offsets: tuple[Span, ...]


class Programme(Struct, frozen=True, kw_only=True):
    """A programme of the list with the number of rows that its heading prints."""

    section: str
    name: str
    printed: int


class KeyProjects(Struct, frozen=True, kw_only=True):
    """The key project list with the counts that it prints: in all, by section, by programme."""

    document: str
    number: str | None
    title: str
    printed: int | None
    sections: tuple[tuple[str, int], ...]
    programmes: tuple[Programme, ...]
    projects: tuple[KeyProject, ...]
    mismatches: tuple[str, ...]


class Gazette(Struct, frozen=True, kw_only=True):
    """Everything that was read from one text, and nothing that was not there."""

    source: str
    documents: tuple[Document, ...]
    key_projects: KeyProjects | None
    parts: tuple[Part, ...]
    mends: tuple[Mend, ...]
    gaps: tuple[Gap, ...]
    remarks: tuple[Remark, ...]
