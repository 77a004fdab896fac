"""For programs and those who write them: the calls, the machine-readable description, what each problem means."""

from typing import Any

from litestar import Litestar, MediaType, Response, get
from litestar.params import FromPath
from litestar.response import Template

from api.doc import ApiRequest, Given, doc_of
from api.openapi import describe
from api.problems import KINDS
from api.web.page import render
from policyhub.services.errors import NotFoundError


@get("/docs", sync_to_thread=False)
def get_docs(request: ApiRequest) -> Template:
    calls = [
        (next(iter(handler.http_methods)), route.path_format, doc.summary)
        for route in request.app.routes
        for handler in getattr(route, "route_handlers", ())
        if (doc := doc_of(handler))
    ]
    return render(request, "docs.html", calls=calls)


@get("/problems/{slug:str}", sync_to_thread=False)
def get_problem(request: ApiRequest, slug: FromPath[str]) -> Template:
    if slug not in KINDS:
        raise NotFoundError("问题", slug, KINDS)
    return render(request, "problem.html", kind=KINDS[slug])


@get("/openapi.json", sync_to_thread=False, media_type=MediaType.JSON)
def get_openapi(request: ApiRequest, services: Given) -> Response[dict[str, Any]]:
    app: Litestar = request.app
    return Response(describe(app, services), media_type=MediaType.JSON)
