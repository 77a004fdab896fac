"""条款检索: results as you type and as a page, clauses side by side, the hits as a file to keep."""

from typing import Any

from litestar import Response, get
from litestar.response import Redirect, Template

from api.doc import ApiRequest, Given
from api.web.check_page import download
from api.web.page import permalink, query, render
from policyhub import clock
from policyhub.bootstrap import Services
from policyhub.exports.excel import MEDIA_TYPE, excel_tables
from policyhub.services.citing import ready_citation
from policyhub.services.library import show_library
from policyhub.services.search_asked import SearchAsked, read_asked
from policyhub.services.search_export import TITLE, export_foot, export_tables
from policyhub.services.search_page import (
    cited_page,
    open_search_page,
    say_reading,
    show_search_page,
)
from policyhub.services.side_by_side import MOST, side_by_side


@get("/search", sync_to_thread=True)
def get_search_page(request: ApiRequest, services: Given) -> Template | Redirect:
    asked = _asked(request, services)
    cited = cited_page(services.snapshot.library, asked)
    if cited is not None:
        return Redirect(f"{cited}?{query({'q': asked.q})}", status_code=303)
    return _page(request, services, asked, "search.html")


@get("/search/results", sync_to_thread=True)
def get_results(request: ApiRequest, services: Given) -> Template | Redirect:
    """What changes while typing; whoever comes here by address gets the whole page."""
    asked = _asked(request, services)
    if "HX-Request" not in request.headers:
        return Redirect(f"/search?{query(asked.address)}", status_code=303)
    return _page(request, services, asked, "search_results.html", status=200)


@get("/search/compare", sync_to_thread=True)
def get_compare_page(request: ApiRequest, services: Given) -> Template:
    named = request.query_params.getall("clause", [])
    view = side_by_side(services.snapshot, named, services.today())
    status = 400 if view.faults else 200
    return render(request, "search_compare.html", nav="search", status=status, view=view, most=MOST)


@get("/search/export.xlsx", sync_to_thread=True)
def get_export(request: ApiRequest, services: Given) -> Response[Any] | Template:
    """Every hit, not only those of one page; an address that cannot be used is answered by the page."""
    asked, now = _asked(request, services), clock.now()
    if asked.faults or not asked.q:
        return _page(request, services, asked, "search.html", status=400)
    snapshot = services.snapshot
    site = permalink(request, "")
    tables = export_tables(snapshot, asked, services.today(), at=now, site=site)
    book = excel_tables(TITLE, tables, foot=export_foot(snapshot, now))
    return download(book, MEDIA_TYPE, f"{TITLE}.xlsx")


def _asked(request: ApiRequest, services: Services) -> SearchAsked:
    return read_asked(services.snapshot.library, request.query_params.multi_items())


def _page(
    request: ApiRequest, services: Services, asked: SearchAsked, template: str, *, status: int | None = None
) -> Template:
    snapshot, today = services.snapshot, services.today()
    view = show_search_page(snapshot, asked, today) if asked.q else None
    asked = asked if view is None else view.asked
    citations = [
        ready_citation(hit.cited, permalink(request, f"/clauses/{hit.cited.id}"), snapshot.short, today)
        for hit in (() if view is None else view.hits)
    ]
    return render(
        request,
        template,
        nav="search",
        status=status or (400 if asked.faults else 200),
        asked=asked,
        view=view,
        citations=citations,
        opening=None if view else open_search_page(snapshot.library),
        documents=() if view else show_library(snapshot, today).documents,
        say_reading=say_reading,
    )
