"""What holds for every call of /v1 before its handler runs."""

from typing import Any

from litestar.exceptions import HTTPException

from api.doc import ApiRequest, doc_of
from policyhub.bootstrap import Services
from policyhub.services.queries import NoQuery, read_query

JSON = "application/json"
_READS = ("GET", "HEAD")


class NotAcceptableError(HTTPException):
    """The caller takes nothing that we speak."""

    status_code = 406


class UnsupportedMediaTypeError(HTTPException):
    """The body is said to be something else than JSON."""

    status_code = 415


def check(request: ApiRequest) -> None:
    """JSON in, JSON out, and no parameter that the call does not know; what was asked is kept for the handler.

    A body that does not say what it is counts as JSON.
    """
    if not request.accept.best_match([JSON]):
        raise NotAcceptableError
    if request.method not in _READS and request.content_type[0] not in ("", JSON):
        raise UnsupportedMediaTypeError
    doc = doc_of(request.route_handler)
    shape = NoQuery if doc is None else doc.query
    services: Services = request.app.state.services
    request.state.asked = read_query(shape, services.snapshot.library, request.query_params.multi_items())


def asked(request: ApiRequest) -> Any:
    """The query parameters of this call, as the struct that its documentation names."""
    return request.state.asked
