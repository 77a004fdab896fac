"""The few pages beside the API: what this is, its documentation, and what each problem means."""

from pathlib import Path
from typing import Any

from litestar import Litestar, MediaType, Response, get
from litestar.params import FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

from api.doc import ApiRequest, Given, doc_of
from api.openapi import describe
from api.problems import KINDS
from policyhub.services.errors import NotFoundError
from policyhub.services.library import show_library

WEB = Path(__file__).parent / "web"

templates = TemplateConfig(directory=WEB / "templates", engine=JinjaTemplateEngine)


@get("/", sync_to_thread=False)
def get_home(request: ApiRequest, services: Given) -> Template:
    calls = [
        (next(iter(handler.http_methods)), route.path_format, doc.summary)
        for route in request.app.routes
        for handler in getattr(route, "route_handlers", ())
        if (doc := doc_of(handler))
    ]
    view = show_library(services.snapshot, services.today())
    return Template("home.html", context={"view": view, "calls": calls})


@get("/docs", sync_to_thread=False)
def get_docs() -> Template:
    return Template("docs.html")


@get("/problems/{slug:str}", sync_to_thread=False)
def get_problem(slug: FromPath[str]) -> Template:
    if slug not in KINDS:
        raise NotFoundError("问题", slug, KINDS)
    return Template("problem.html", context={"kind": KINDS[slug]})


@get("/openapi.json", sync_to_thread=False, media_type=MediaType.JSON)
def get_openapi(request: ApiRequest, services: Given) -> Response[dict[str, Any]]:
    app: Litestar = request.app
    return Response(describe(app, services), media_type=MediaType.JSON)


def static_files() -> Any:
    """Scripts and styles, all our own copies."""
    return create_static_files_router(path="/static", directories=[WEB / "static"], include_in_schema=False)
