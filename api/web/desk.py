"""热线坐席: one screen for a call, complete from the server; a script adds answers while typing, and keys."""

from asyncio import to_thread
from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct

from api.doc import ApiRequest, Given
from api.web.check_page import carrying
from api.web.desk_origin import asked_by_a_person, refuse_foreign
from api.web.desk_records import FlagForm, Said, flag, log_gap
from api.web.page import client_of, render
from policyhub.bootstrap import Services
from policyhub.services.desk import DeskView, desk_view, newest
from policyhub.services.gaps import worth_noting
from policyhub.services.slices import read_number

_PART = "x-part"  # what a script asks for: ``typing``, ``answer`` or ``said`` instead of a whole page
REASONS = ("内容和原文对不上", "已经过时", "责任单位不对", "别的原因")


class GapForm(Struct, frozen=True, kw_only=True):
    """A question to be logged; ``n`` is the card that was open, ``found`` whether there was one at all."""

    q: str = ""
    n: str = ""
    found: str = ""


@get("/desk")
async def get_desk(request: ApiRequest) -> Template:
    """A question that a person asked and that was not answered is logged; one that is still being typed is not."""
    asked = request.query_params
    form = GapForm(q=asked.get("q", ""), n=asked.get("n", ""))
    return await _page(request, form, log=asked_by_a_person(request))


@get(["/desk/gap", "/desk/flag", "/desk/code"], sync_to_thread=False)
def get_again() -> Redirect:
    """What answers a form cannot be asked for by address."""
    return Redirect("/desk", status_code=303)


@post("/desk/gap", status_code=200, before_request=refuse_foreign)
async def post_gap(
    request: ApiRequest,
    services: Given,
    data: Annotated[GapForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template:
    said = await log_gap(services, client_of(request), data.q, found=data.found == "yes")
    return await _told(request, data, said)


@post("/desk/flag", status_code=200, before_request=refuse_foreign)
async def post_flag(
    request: ApiRequest,
    services: Given,
    data: Annotated[FlagForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template:
    said = await flag(services, client_of(request), data)
    return await _told(request, data, said)


@post("/desk/copied", status_code=204, sync_to_thread=False)
def post_copied() -> None:
    """Nothing but a count: how often this address is called stands in /metrics."""


@post("/gaps", status_code=200, before_request=refuse_foreign)
async def post_gaps(
    request: ApiRequest,
    services: Given,
    data: Annotated[GapForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template:
    """From the search page: somebody wants it known that nothing was found."""
    said = await log_gap(services, client_of(request), data.q)
    return _with(said, carrying(render(request, "desk_gap.html", nav="search", said=said, q=data.q[:500])))


async def _told(request: ApiRequest, form: GapForm | FlagForm, said: Said) -> Template:
    """What became of it; without a script, on the page as it was, a flag that was not raised still filled in."""
    if request.headers.get(_PART):
        return _with(said, carrying(render(request, "desk_said.html", nav="desk", said=said)))
    return _with(said, await _page(request, form, said=said))


def _with(said: Said, page: Template) -> Template:
    page.status_code = said.status
    if said.wait:
        page.headers["Retry-After"] = str(said.wait)
    return page


async def _page(
    request: ApiRequest, form: GapForm | FlagForm, *, said: Said | None = None, log: bool = False
) -> Template:
    services: Services = request.app.state.services
    desk, part = services.desk, request.headers.get(_PART)
    view = await to_thread(
        desk_view, services.snapshot, desk.records.answers, form.q, services.today(), desk.now()
    )
    logged = None
    if log and part != "typing" and view is not None and not view.found.found and worth_noting(form.q):
        logged = await log_gap(services, client_of(request), view.found.query)
    return carrying(
        render(
            request,
            "desk_answer.html" if part else "desk.html",
            nav="desk",
            view=view,
            q=form.q if view is None else view.found.query,
            chosen=_chosen(view, form.n),
            said=said,
            filled=form if isinstance(form, FlagForm) and said and not said.done else None,
            logged=logged,
            reasons=REASONS,
            newest=newest(services.snapshot.library),
        )
    )


def _chosen(view: DeskView | None, number: str) -> int:
    """The card to be open: the first answer, or 0 for the one that says that there is none."""
    if view is None or (not number and not view.found.found):
        return 0
    return min(read_number(number), len(view.choices))
