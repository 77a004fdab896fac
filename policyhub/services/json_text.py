"""JSON bytes to plain data, strictly: exact numbers, no key twice, no NaN, and where it went wrong."""

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

import msgspec

from matcher.intake import Fault
from policyhub.services.errors import EncodingError, JsonError

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_json(body: bytes) -> object:
    """The value of a JSON text. Raises JsonError or EncodingError with the place of the fault."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise EncodingError([Fault(pointer="", detail=f"第 {error.start + 1} 个字节起不是 UTF-8")]) from error
    try:
        if _SURROGATE.search(body):
            msgspec.json.decode(body, type=msgspec.Raw)  # refuses half a character, which json lets pass
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_not_a_number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise _fault(f"第 {error.lineno} 行第 {error.colno} 列：{_reason(error)}") from error
    except RecursionError as error:
        raise _fault("嵌套太深") from error
    except msgspec.DecodeError as error:
        raise _fault("含有不完整的 \\u 转义（半个字符）") from error
    except ValueError as error:  # an integer of thousands of digits
        raise _fault("含有位数太多的整数") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _fault(f"键「{twice[:40]}」在同一处出现了两次")
    return found


def _not_a_number(word: str) -> NoReturn:
    raise _fault(f"「{word}」不是 JSON 里的数")


def _fault(detail: str) -> JsonError:
    return JsonError([Fault(pointer="", detail=detail)])


def _reason(error: json.JSONDecodeError) -> str:
    reasons = {
        "Expecting value": "这里应有一个值",
        "Expecting property name": "这里应有一个用双引号括起的键",
        "Expecting ':'": "这里应有冒号",
        "Expecting ','": "这里应有逗号",
        "Illegal trailing comma": "末尾多了一个逗号",
        "Extra data": "一个值以后还有别的文字",
        "Unterminated string": "引号没有成对",
        "Invalid control character": "文字里有未转义的换行或控制字符",
        "Invalid \\": "反斜线用法不对",
        "Unexpected UTF-8 BOM": "开头有 BOM，请去掉",
    }
    return next((said for start, said in reasons.items() if error.msg.startswith(start)), "不是合法的 JSON")
