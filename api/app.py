"""The application, made of services that are handed in. Nothing here is global."""

import gc
import os
import re
from typing import Any

from litestar import Litestar, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api import guard, health
from api.doc import ApiRequest
from api.etag import Etags
from api.metrics import Metrics
from api.problems import answer_problem
from api.v1 import clauses, coverage, documents, facts, library, match, measures, receipts, search
from api.web.errors import answer_page
from api.web.page import templates
from api.web.routes import PAGES, static_files
from policyhub.bootstrap import Services, bootstrap
from policyhub.settings import read_settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Addresses that answer in JSON, whoever asks; a version that does not exist is among them.
_FOR_PROGRAMS = re.compile(r"/(v\d+|health|metrics|openapi\.json)(/|$)")
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app() -> Litestar:
    """The application as the environment configures it; for ``uvicorn --factory``."""
    app = build_app(bootstrap(read_settings(os.environ)))
    settle()
    return app


def settle() -> None:
    """What is loaded by now lives as long as the process: let garbage collections pass it over, they halt answers."""
    gc.collect()
    gc.freeze()


def build_app(services: Services) -> Litestar:
    """The application over given services."""
    metrics = Metrics()

    async def before_send(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            headers["X-Library"] = services.snapshot.short
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await metrics.sent(message, scope)

    def timed(app: ASGIApp) -> ASGIApp:
        async def call(scope: Scope, receive: Receive, send: Send) -> None:
            metrics.start(scope)
            await app(scope, receive, send)

        return call

    return Litestar(
        route_handlers=[_v1(), _beside()],
        dependencies={
            "services": Provide(lambda: services, sync_to_thread=False),
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
        },
        state=State({"services": services}),
        exception_handlers={Exception: answer_error},
        request_max_body_size=services.max_body_bytes,
        template_config=templates,
        compression_config=CompressionConfig(
            backend="gzip",
            gzip_compress_level=2,  # a tenth larger than by 6, in a third of the time
            exclude=[_FOR_PROGRAMS.pattern],
        ),
        middleware=[timed],
        before_send=[before_send],
        on_shutdown=[services.cache.aclose, services.close],
        openapi_config=None,
        logging_config=None,
    )


def _v1() -> Router:
    return Router(
        "/v1",
        route_handlers=[
            library.get_library,
            library.get_profile_schema,
            documents.get_documents,
            documents.get_document,
            coverage.get_coverage,
            clauses.get_clause,
            measures.get_measures,
            measures.get_measure,
            facts.get_facts,
            match.post_match,
            match.post_compare,
            receipts.post_verify,
            search.get_search,
            search.get_suggest,
            search.get_answers,
        ],
        before_request=guard.check,
        dependencies={"asked": Provide(guard.asked, sync_to_thread=False)},
        middleware=[Etags()],
    )


def _beside() -> Router:
    beside = [static_files(), health.get_live, health.get_ready, health.get_metrics]
    return Router("/", route_handlers=[*PAGES, *beside])


def answer_error(request: ApiRequest, error: Exception) -> Response[Any]:
    """A problem for programs, a page for people."""
    spoken = _FOR_PROGRAMS.match(request.url.path)
    return answer_problem(request, error) if spoken else answer_page(request, error)
