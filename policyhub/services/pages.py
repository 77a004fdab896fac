"""Lists in pages: at most a hundred at a time, and an opaque word that says where to go on."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated, TypeVar

from msgspec import Meta, Struct
from msgspec.json import encode
from msgspec.structs import asdict

from matcher.intake import Fault
from policyhub.services.errors import InputError

T = TypeVar("T")

_COUNT = re.compile("[0-9]{1,9}")


class PageQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many, and from where."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    next: str | None = None


def page(items: Sequence[T], query: PageQuery, digest: str) -> tuple[tuple[T, ...], str | None]:
    """The items asked for and where to go on; ``None`` at the end. Raises InputError for a foreign ``next``."""
    about = _about(query, digest)
    start = 0 if query.next is None else _start(query.next, about, len(items))
    end = start + query.limit
    return tuple(items[start:end]), None if end >= len(items) else _cursor(end, about)


def _about(query: PageQuery, digest: str) -> str:
    """What a cursor belongs to: this library and these filters."""
    filters = {name: value for name, value in asdict(query).items() if name not in ("limit", "next")}
    return sha256(encode([digest, filters])).hexdigest()[:8]


def _cursor(start: int, about: str) -> str:
    return urlsafe_b64encode(f"{start}.{about}".encode()).decode().rstrip("=")


def _start(cursor: str, about: str, count: int) -> int:
    try:
        told = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        told = ""
    start, _, belongs = told.partition(".")
    if not _COUNT.fullmatch(start) or int(start) >= count:
        raise _refuse("不是本服务给出的 next")
    if belongs != about:
        raise _refuse("这个 next 属于另一次查询，或政策库已经更新；请从第一页重新取")
    return int(start)


def _refuse(detail: str) -> InputError:
    return InputError([Fault(pointer="/query/next", detail=detail)])
