"""What people ask that the documents do not answer, so that 查不到 can be said honestly."""

from collections.abc import Iterable

from msgspec import Struct

from policies.cursor import Cursor


class OutsideTopic(Struct, frozen=True, kw_only=True):
    """A topic of its own: words that always mean it, and phrasings that no clause answers."""

    topic: str
    words: tuple[str, ...]
    asked: tuple[str, ...]
    file: str
    line: int


def read_outside(cursor: Cursor) -> Iterable[OutsideTopic]:
    """Every topic of one file."""
    for item in cursor.items():
        fields = item.fields(["主题", "词", "问法"])
        yield OutsideTopic(
            topic=fields["主题"].text() if "主题" in fields else "",
            words=fields["词"].texts() if "词" in fields else (),
            asked=fields["问法"].texts() if "问法" in fields else (),
            file=item.file,
            line=item.line,
        )
