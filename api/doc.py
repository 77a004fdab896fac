"""What a route says of itself: the same words make its OpenAPI entry and guard its parameters."""

from collections.abc import Callable, Mapping
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import SkipValidation
from msgspec import Struct

from policyhub.bootstrap import Services
from policyhub.services.queries import NoQuery

ApiRequest = Request[Any, Any, State]

# As wired by bootstrap: nothing to validate, and msgspec could not rebuild it.
Given = NamedDependency[SkipValidation[Services]]


class Doc(Struct, frozen=True, kw_only=True):
    """One operation.

    ``examples`` are requests by name; ``example`` makes a real answer of the library that is served;
    ``name_of`` gives a real id for the path. ``records``: the answer rests on the records of the desk too,
    so that the library's digest alone does not say whether it is still the same.
    """

    id: str
    tag: str
    summary: str
    description: str = ""
    answer: type[Struct] | None = None
    query: type[Struct] = NoQuery
    body: type[Struct] | None = None
    examples: Callable[[Services], Mapping[str, object]] | None = None
    example: Callable[[Services], object] | None = None
    name_of: Callable[[Services], str] | None = None
    problems: tuple[int, ...] = ()
    records: bool = False


def documented(doc: Doc) -> dict[str, Any]:
    """The ``opt`` of a route handler that carries its documentation."""
    return {"doc": doc}


def doc_of(handler: BaseRouteHandler) -> Doc | None:
    """The documentation that a handler carries."""
    doc = handler.opt.get("doc")
    return doc if isinstance(doc, Doc) else None
