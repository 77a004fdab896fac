"""Pages about the library: what it holds, the coverage maps, what is left open, key projects, sources."""

from collections import Counter

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.page import render
from policyhub.services import labels
from policyhub.services.library import show_library
from policyhub.services.library_pages import (
    KeyProjectsAsked,
    mapped_documents,
    show_coverage_page,
    show_key_projects,
    show_open_points,
)
from policyhub.services.rules import source_ref
from policyhub.services.slices import read_number


@get("/library", sync_to_thread=False)
def get_library_page(request: ApiRequest, services: Given) -> Template:
    view = show_library(services.snapshot, services.today())
    mapped = mapped_documents(services.snapshot)
    return render(request, "library.html", nav="library", view=view, mapped=mapped)


@get("/library/coverage/{document_id:path}", sync_to_thread=False)
def get_coverage_page(request: ApiRequest, document_id: FromPath[str], services: Given) -> Template:
    page = show_coverage_page(services.snapshot, document_id.strip("/"))
    mapped = [services.snapshot.library.documents_by_id[name] for name in mapped_documents(services.snapshot)]
    meanings = labels.LEDGER_MEANINGS
    return render(request, "coverage.html", nav="library", page=page, mapped=mapped, meanings=meanings)


@get("/library/open-points", sync_to_thread=False)
def get_open_points_page(request: ApiRequest, services: Given) -> Template:
    asked = request.query_params
    page = show_open_points(services.snapshot, asked.get("unit"), read_number(asked.get("page")))
    mapped = mapped_documents(services.snapshot)
    return render(request, "open_points.html", nav="library", page=page, mapped=mapped)


@get("/library/key-projects", sync_to_thread=False)
def get_key_projects_page(request: ApiRequest, services: Given) -> Template:
    given = request.query_params
    asked = KeyProjectsAsked(
        words=given.get("q", "")[:100], section=given.get("section", ""), level=given.get("level", "")
    )
    page = show_key_projects(services.snapshot, asked, read_number(given.get("page")))
    mapped = mapped_documents(services.snapshot)
    return render(request, "key_projects.html", nav="library", page=page, asked=asked, mapped=mapped)


@get("/library/sources", sync_to_thread=False)
def get_sources_page(request: ApiRequest, services: Given) -> Template:
    library = services.snapshot.library
    sources = sorted((source_ref(library, name) for name in library.sources), key=lambda one: one.confidence)
    counts = sorted(Counter(source.confidence for source in sources).items())
    mapped = mapped_documents(services.snapshot)
    return render(request, "sources.html", nav="library", sources=sources, counts=counts, mapped=mapped)
