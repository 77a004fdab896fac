"""Writes YAML that is pleasant to read: block style, long text as it stands, every scalar a text."""

import json
import re
from collections.abc import Iterator
from typing import Any

_LONG = 60
_PLAIN = re.compile(
    r"[A-Za-z\u4e00-\u9fff（《“〔][A-Za-z0-9\u4e00-\u9fff（）《》“”〔〕、，。；：·—/.\-+～＋％%<> ]*"
)
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
_UNPRINTABLE = re.compile(r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")


def write_yaml(data: dict[str, Any]) -> str:
    """The text of a file that holds ``data``: mappings, lists and texts."""
    return "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{key}:", value, indent)


def _entry(lead: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield lead
        yield from _mapping(value, indent + "  ")
    elif isinstance(value, list) and _figures(value):
        yield f"{lead} {_flow(value)}"
    elif isinstance(value, list):
        yield lead
        for item in value:
            yield from _item(item, indent + "  ")
    else:
        yield from _text(lead, str(value), indent + "  ")


def _item(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        lines = list(_mapping(value, indent + "  "))
        yield f"{indent}- {lines[0][len(indent) + 2 :]}"
        yield from lines[1:]
    else:
        yield from _text(f"{indent}-", str(value), indent + "  ")


def _figures(value: list[Any]) -> bool:
    """Offsets: lists of pairs of figures, set on one line."""
    return all(isinstance(item, list) for item in value)


def _flow(value: list[Any]) -> str:
    return "[" + ", ".join("[" + ", ".join(map(str, pair)) + "]" for pair in value) + "]"


def _text(lead: str, text: str, indent: str) -> Iterator[str]:
    if "\n" not in text and len(text) <= _LONG:
        yield f"{lead} {_scalar(text)}"
    elif _UNPRINTABLE.search(text) or text != text.strip() or re.search(r"\n\s", text):
        yield f"{lead} {json.dumps(text, ensure_ascii=True)}"
    else:
        yield f"{lead} |-"
        for line in text.split("\n"):
            yield f"{indent}{line}"


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip()
    if plain:
        return text
    return json.dumps(text, ensure_ascii=bool(_UNPRINTABLE.search(text)))
