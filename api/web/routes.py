"""Every page, in one list; a new page joins here."""

from typing import Any

from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router

from api.web import (
    about,
    check,
    check_compare,
    check_result,
    check_verify,
    docs,
    home,
    library,
    reading,
    search,
)
from api.web.admin import ADMIN_PAGES
from api.web.desk_pages import DESK_PAGES
from api.web.page import STATIC

_YEAR = 365 * 86_400  # seconds; an address of a static file changes with the file

PAGES = (
    home.get_home,
    check.get_check,
    check.get_again,
    check.post_start,
    check.post_ask,
    check.post_understood,
    check.post_profile,
    check_result.post_result,
    check_result.post_notice,
    check_result.post_word,
    check_result.post_excel,
    check_compare.post_compare,
    check_verify.get_verify,
    check_verify.post_verify,
    reading.get_document_page,
    reading.get_clause_page,
    reading.get_measure_page,
    library.get_library_page,
    library.get_coverage_page,
    library.get_open_points_page,
    library.get_key_projects_page,
    library.get_sources_page,
    search.get_search_page,
    search.get_results,
    search.get_compare_page,
    search.get_export,
    about.get_accessibility,
    about.get_privacy,
    about.post_preferences,
    docs.get_docs,
    docs.get_problem,
    docs.get_openapi,
    *ADMIN_PAGES,
    *DESK_PAGES,
)


def static_files() -> Any:
    """Scripts and styles, all our own copies."""
    kept = CacheControlHeader(max_age=_YEAR, public=True)
    return create_static_files_router(
        path="/static", directories=[STATIC], include_in_schema=False, cache_control=kept
    )
