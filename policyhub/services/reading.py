"""Plain data to typed requests: every fault of an input in one go, in Chinese, with the nearest word."""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from matcher.intake import EARLIEST, LATEST, Fault
from policies.problems import nearest_word

_KINDS = {
    "str": "文字", "int": "整数", "float": "数", "bool": "true 或 false", "array": "列表",
    "object": "一组「键: 值」", "null": "空", "date": "日期", "date | null": "日期，如 2023-06-02",
    "array | null": "列表", "str | null": "文字", "int | null": "整数",
}  # fmt: skip
_EXPECTED = re.compile(
    r"Expected `(?P<wanted>[^`]+)`(?:, got `(?P<found>[^`]+)`|(?P<limit>.*?))(?: - at `\$(?P<at>.*)`)?$"
)
_AT = re.compile(r" - at `\$(?P<at>.*)`$")


def read_fields(
    shape: type[Struct], given: object, faults: list[Fault], pointer: str = "", *, strict: bool = True
) -> dict[str, Any]:
    """The fields of ``given`` that read as those of ``shape``; everything else becomes a fault.

    ``strict=False`` is for texts that stand for numbers and dates: a query string.
    """
    if not isinstance(given, Mapping):
        faults.append(Fault(pointer=pointer, detail=f"应为一组「键: 值」，实为{_kind(given)}"))
        return {}
    known = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    faults.extend(_unknown(str(key), known, pointer) for key in given if key not in known)
    read: dict[str, Any] = {}
    for name, field in known.items():
        if name not in given:
            if field.required:
                faults.append(Fault(pointer=f"{pointer}/{name}", detail="缺少这一项"))
        else:
            _read_field(field, given[name], f"{pointer}/{name}", faults, into=read, strict=strict)
    return read


def check_day(day: date | None, faults: list[Fault], pointer: str) -> None:
    """A day outside the range that the service answers for becomes a fault."""
    if day is not None and not EARLIEST <= day <= LATEST:
        faults.append(Fault(pointer=pointer, detail=f"应在 {EARLIEST} 到 {LATEST} 之间，实为 {day}"))


def check_known(
    words: Mapping[str, object], given: list[str] | None, faults: list[Fault], pointer: str
) -> None:
    """Words outside a closed list become faults with the nearest known word."""
    for place, word in enumerate(given or []):
        if word not in words:
            faults.append(Fault(pointer=f"{pointer}/{place}", detail=no_such(word, words)))


def no_such(word: str, known: Mapping[str, object] | list[str]) -> str:
    """``没有「x」；是否应为「y」？``."""
    near = nearest_word(word, known)
    return f"没有「{word[:60]}」" + (f"；是否应为「{near}」？" if near else "")


def _read_field(  # noqa: PLR0913 what is read, where it stands, and where both outcomes go
    field: FieldInfo, value: object, pointer: str, faults: list[Fault], *, into: dict[str, Any], strict: bool
) -> None:
    if isinstance(field.type, type) and issubclass(field.type, Struct):
        before = len(faults)
        inner = read_fields(field.type, value, faults, pointer, strict=strict)
        if len(faults) == before:
            into[field.name] = field.type(**inner)
        return
    try:
        into[field.name] = msgspec.convert(value, field.type, strict=strict)
    except msgspec.ValidationError as error:
        step = _AT.search(str(error))
        steps = re.findall(r"\[(\d+)\]", step["at"]) if step else []
        place = "".join(f"/{number}" for number in steps)
        faults.append(
            Fault(pointer=pointer + place, detail=_wording(str(error), field.type, _at(value, steps)))
        )


def _wording(message: str, wanted: object, value: object) -> str:
    """What msgspec says in English, in Chinese. Our shapes can draw no other messages."""
    words = [str(member.value) for member in _members(wanted)]
    if words:
        text = str(value)
        near = nearest_word(text, words)
        hint = f"；是否应为「{near}」？" if near else ""
        return f"应为{'、'.join(words)}之一，实为{_kind(value)}{hint}"
    if "date" in message:
        return f"应为日期，如 2023-06-02，实为{_kind(value)}"
    found = _EXPECTED.match(message)
    if found is None:
        return f"不合要求，实为{_kind(value)}"
    if found["found"]:
        return f"应为{_KINDS.get(found['wanted'], found['wanted'])}，实为{_kind(value)}"
    return f"应{_limit(found['limit'])}，实为{_kind(value)}"


def _limit(limit: str) -> str:
    number = limit.rpartition(" ")[2]
    if "length" in limit:
        return f"不超过 {number} 项" if "<=" in limit else f"不少于 {number} 项"
    return f"不大于 {number}" if "<=" in limit else f"不小于 {number}"


def _members(wanted: object) -> list[Enum]:
    if isinstance(wanted, type):
        return list(wanted) if issubclass(wanted, Enum) else []
    return [member for part in get_args(wanted) for member in _members(part)]


def _at(value: object, steps: list[str]) -> object:
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value
    return value


def _unknown(key: str, known: Mapping[str, object], pointer: str) -> Fault:
    near = nearest_word(key, known)
    detail = f"没有名为「{key[:40]}」的项" + (f"；是否应为「{near}」？" if near else "")
    return Fault(pointer=f"{pointer}/{escape(key)}", detail=detail)


def escape(key: str) -> str:
    """A key as a step of a JSON pointer."""
    return key[:200].replace("~", "~0").replace("/", "~1")


def _kind(value: object) -> str:
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"「{value[:40]}」"
    if isinstance(value, list):
        return f"{len(value)} 项的列表"
    return "一组「键: 值」" if isinstance(value, Mapping) else str(value)[:40]
