"""Sources outside the gazette: what they say, where it was found and how far to trust it."""

from msgspec import Struct

from policies.cursor import Cursor

CONFIDENCE = ("A", "A-镜", "B")


class Source(Struct, frozen=True, kw_only=True):
    """A cited standard. ``confidence``: A official page, A-镜 mirrored original, B reported or quoted elsewhere."""

    id: str
    title: str
    number: str
    dated: str
    confidence: str
    found: str
    not_found: str
    address: str
    checked: str

    @property
    def cited(self) -> str:
        """《title》（number） as a reader cites it."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


def read_sources(cursor: Cursor) -> tuple[Source, ...]:
    """The sources of one file."""
    return tuple(_source(item) for item in cursor.items())


def _source(cursor: Cursor) -> Source:
    fields = cursor.fields(["编号", "标题", "可信度", "所见", "核查日"], ["文号", "日期", "未见", "出处"])
    words = {key: place.text() for key, place in fields.items() if key != "可信度"}
    confidence = (
        fields["可信度"].choice({word: word for word in CONFIDENCE}, "B") if "可信度" in fields else "B"
    )
    return Source(
        id=words.get("编号", ""),
        title=words.get("标题", ""),
        number=words.get("文号", ""),
        dated=words.get("日期", ""),
        confidence=confidence,
        found=words.get("所见", ""),
        not_found=words.get("未见", ""),
        address=words.get("出处", ""),
        checked=words.get("核查日", ""),
    )
