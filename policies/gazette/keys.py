"""The one table between the Chinese keys of a document file and the attributes of its structs."""

from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from policies.document import Annex, Clause, Document, Plan, Section, Span, Unit

KEYS: Mapping[type[Struct], Mapping[str, str]] = {
    Document: {
        "编号": "id",
        "文号": "number",
        "标题": "title",
        "印发机关": "issuer",
        "印发日期": "issued",
        "公开": "public",
        "通知": "notice",
        "单位通注": "units_note",
        "引用": "cites",
        "附件": "annexes",
        "原始位置": "raw_offsets",
        "方案": "plans",
        "条款": "clauses",
    },
    Plan: {"标题": "title", "刊印": "printed", "引言": "preamble", "章节": "sections"},
    Section: {
        "编号": "id",
        "序号": "number",
        "标题": "heading",
        "章节": "sections",
        "条款": "clauses",
    },
    Clause: {
        "编号": "id",
        "序号": "number",
        "标题": "heading",
        "上级标题": "path",
        "原文": "text",
        "正文": "body",
        "责任单位": "units",
        "开放": "units_open",
        "引用": "cites",
        "缺失": "lost",
        "原始位置": "raw_offsets",
    },
    Unit: {"名称": "name", "牵头": "lead"},
    Annex: {"标题": "title", "见网络": "online"},
}

ABSENT = "未载明"
YES, NO = "是", "否"

Plain = str | list[Any] | dict[str, Any]


def to_plain(value: object) -> Plain:
    """Structs as mappings with Chinese keys, every scalar as text; what is empty or false is left out."""
    if isinstance(value, Span):
        return [str(value.start), str(value.end)]
    if isinstance(value, Struct):
        keys = KEYS[type(value)].items()
        fields = {key: getattr(value, attribute) for key, attribute in keys}
        return {key: to_plain(field) for key, field in fields.items() if field not in ("", (), False)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    return ABSENT if value is None else str(value)


def from_plain(data: Mapping[str, Any]) -> Document:
    """The document that ``to_plain`` gave. Raises ValueError, KeyError or TypeError for anything else."""
    document = _build(data, Document)
    if not isinstance(document, Document):
        raise TypeError("不是文件")
    return document


def _build(data: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin in (UnionType, Union):
        inner = next(arg for arg in get_args(kind) if arg is not NoneType)
        return None if data == ABSENT else _build(data, inner)
    if origin is tuple:
        return tuple(_build(item, get_args(kind)[0]) for item in data)
    if kind is Span:
        start, end = data
        return Span(int(start), int(end))
    if kind is bool:
        return {YES: True, NO: False}[data]
    if kind is date:
        return date.fromisoformat(data)
    if kind is str:
        return str(data)
    return _struct(data, kind)


def _struct(data: Mapping[str, Any], kind: type[Struct]) -> Struct:
    if unknown := set(data) - set(KEYS[kind]):
        raise ValueError(f"没有这样的键：{'、'.join(sorted(unknown))}")
    if "编号" in KEYS[kind] and not data.get("编号"):
        raise ValueError("没有编号")
    hints = get_type_hints(kind)
    fields = {
        attribute: _build(data[key], hints[attribute]) if key in data else _empty(hints[attribute])
        for key, attribute in KEYS[kind].items()
    }
    return kind(**fields)


def _empty(kind: Any) -> Any:
    if get_origin(kind) is tuple:
        return ()
    return {str: "", bool: False}.get(kind)
