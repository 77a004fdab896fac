"""Which line a request belongs to, as rules with the words of the clause that says so."""

from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct

from policies.cursor import Cursor
from policies.values import BOOLEANS


class Line(Enum):
    """The lines between which 晋市政办〔2023〕21号 divides what people bring."""

    POLICE = "110"
    HOTLINE = "12345"
    BOTH = "12345和110"
    OTHER = "其他"


LINES: Mapping[str, Line] = {line.value: line for line in Line}


class TriageRule(Struct, frozen=True, kw_only=True):
    """Fires when one of ``words`` is said, with one of ``also`` if there are any, and none of ``unless``.

    Rules stand in the order of precedence: the first that fires decides; emergencies come first.
    """

    id: str
    line: Line
    urgent: bool
    clause_id: str
    quote: str
    reason: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    unless: tuple[str, ...]
    file: str
    at: int  # the line of the file


def read_triage(cursor: Cursor) -> Iterable[TriageRule]:
    """Every rule of one file, in its order."""
    for item in cursor.items():
        fields = item.fields(["编号", "线路", "紧急", "条款", "依据", "理由", "词"], ["兼词", "除词"])
        texts = {key: fields[key].text() for key in ("编号", "条款", "依据", "理由") if key in fields}
        lists = {key: fields[key].texts() for key in ("词", "兼词", "除词") if key in fields}
        yield TriageRule(
            id=texts.get("编号", ""),
            line=fields["线路"].choice(LINES, Line.HOTLINE) if "线路" in fields else Line.HOTLINE,
            urgent="紧急" in fields and fields["紧急"].choice(BOOLEANS, default=False),
            clause_id=texts.get("条款", ""),
            quote=texts.get("依据", ""),
            reason=texts.get("理由", ""),
            words=lists.get("词", ()),
            also=lists.get("兼词", ()),
            unless=lists.get("除词", ()),
            file=item.file,
            at=item.line,
        )
