"""/admin: what waits, what is served, and everything that only persons with a key may see."""

from asyncio import to_thread

from litestar import Router, get
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web import admin_answers, admin_audit, admin_flags, admin_gaps
from api.web.admin_page import HOME, Unkept, admin_page, guard, reachable
from api.web.admin_session import SESSION
from policyhub.services.admin_overview import show_served, show_work


@get("/")
async def get_admin(request: ApiRequest, services: Given) -> Template:
    """Shown also while the database is away: this is where one sees that it is.

    While the cache is away no session is known; signing in then says so.
    """
    ready = await reachable(services)
    return admin_page(
        request,
        "admin.html",
        "home",
        work=await to_thread(show_work, services.desk.records, services.snapshot, services.today())
        if ready
        else None,
        served=show_served(services.snapshot, services.settings),
        ready=ready,
    )


ADMIN = Router(
    HOME,
    route_handlers=[
        get_admin,
        admin_gaps.get_gaps,
        admin_gaps.get_sheet,
        admin_gaps.get_replay,
        admin_gaps.get_gap,
        admin_gaps.post_assign,
        admin_gaps.post_resolve,
        admin_flags.get_flags,
        admin_flags.get_flag,
        admin_flags.post_flag,
        admin_answers.get_answers,
        admin_answers.get_new,
        admin_answers.post_new,
        admin_answers.get_answer,
        admin_answers.get_edit,
        admin_answers.post_edit,
        admin_answers.post_step,
        admin_audit.get_audit,
        admin_audit.get_verify,
    ],
    before_request=guard,
    middleware=[Unkept()],
)
ADMIN_PAGES = (SESSION, ADMIN)
