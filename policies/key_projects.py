"""The catalogue of key projects (省市重点工程) that a gazette printed, as far as matching needs it."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from policies.cursor import Cursor

_OPTIONAL = ["前期", "县区", "乡镇", "竖排格", "原始位置"]


class KeyProjectRow(Struct, frozen=True, kw_only=True):
    """One row: its place in the list, name, level (省级, 市级), whether preliminary, and where it is built."""

    section: str
    programme: str
    number: str
    name: str
    level: str
    preliminary: bool
    place: str


def read_key_projects(cursor: Cursor) -> Iterable[KeyProjectRow]:
    """Every row of the catalogue, in the order printed."""
    fields = cursor.fields(["来源", "印数", "部分"])
    for section in fields["部分"].items() if "部分" in fields else []:
        parts = section.fields(["名称", "印数", "专项"])
        for programme in parts["专项"].items() if "专项" in parts else []:
            yield from _rows(parts["名称"].text() if "名称" in parts else "", programme)


def _rows(section: str, cursor: Cursor) -> Iterator[KeyProjectRow]:
    fields = cursor.fields(["名称", "印数", "项目"])
    for item in fields["项目"].items() if "项目" in fields else []:
        row = item.fields(["序号", "名称", "层级", "地点"], _OPTIONAL)
        words = {
            key: place.text() for key, place in row.items() if key in ("序号", "名称", "层级", "地点", "前期")
        }
        yield KeyProjectRow(
            section=section,
            programme=fields["名称"].text() if "名称" in fields else "",
            number=words.get("序号", ""),
            name=words.get("名称", ""),
            level=words.get("层级", ""),
            preliminary=words.get("前期") == "是",
            place=words.get("地点", ""),
        )
