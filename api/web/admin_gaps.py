"""Administration of gaps: the list, one gap, the weekly sheet, asking all again."""

from datetime import timedelta
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Template
from msgspec import Struct

from api.doc import ApiRequest, Given
from api.web.admin_page import act_of, admin_page, asked_day, done
from api.web.check_page import download
from matcher.intake import EARLIEST, LATEST, Fault
from policyhub.bootstrap import Services
from policyhub.exports.excel import MEDIA_TYPE
from policyhub.exports.gap_sheet import gap_sheet
from policyhub.services.admin_gaps import (
    GapsAsked,
    answer_gap,
    replay_gaps,
    send_gap,
    show_gap,
    show_gaps,
)
from policyhub.services.errors import InputError
from policyhub.services.flags import NO_UNIT
from policyhub.services.gaps import SeenGap
from policyhub.services.slices import read_number
from policyhub.storage import GapStatus

_WEEK = timedelta(days=6)  # with today, seven days
_STATUSES = {status.value: status for status in GapStatus}


class UnitForm(Struct, frozen=True, kw_only=True):
    """The unit that is to answer, and the one that was on the screen."""

    unit: str = ""
    seen: str = ""


class CardForm(Struct, frozen=True, kw_only=True):
    """The card that answers; empty where the clause does by itself."""

    card: str = ""


@get("/gaps", sync_to_thread=True)
def get_gaps(request: ApiRequest, services: Given) -> Template:
    asked, today = _asked(request), services.today()
    view = show_gaps(services.desk.records.gaps, asked)
    statuses = [(status.value, status.value, count) for status, count in view.statuses.items()]
    units = [(unit, "还没有派" if unit == NO_UNIT else unit, count) for unit, count in view.units]
    return admin_page(
        request,
        "admin_gaps.html",
        "gaps",
        view=view,
        statuses=[("", "全部", sum(view.statuses.values())), *statuses],
        units=[("", "全部", None), *units],
        asked=asked,
        kept=_kept(request),
        week=(today - _WEEK, today),
    )


@get("/gaps/sheet.xlsx", sync_to_thread=True)
def get_sheet(request: ApiRequest, services: Given) -> Response[bytes]:
    """The gaps asked between two days, by unit; the last seven days where nothing is said."""
    asked, given = _asked(request), request.query_params
    faults = [
        Fault(
            pointer=f"/{name}", detail=f"应为 {EARLIEST} 到 {LATEST} 之间的日期，实为「{given[name][:40]}」"
        )
        for name, day in (("since", asked.since), ("until", asked.until))
        if day is None and given.get(name)
    ]
    until = asked.until or services.today()
    since = asked.since or until - _WEEK
    if not faults and since > until:
        faults = [Fault(pointer="/since", detail=f"起始日 {since} 晚于截止日 {until}，请对调")]
    if faults:
        raise InputError(faults)
    gaps = services.desk.records.gaps.listed(since, until)
    sheet = gap_sheet(gaps, since, until, services.desk.now())
    return download(sheet, MEDIA_TYPE, f"缺口周表 {since} 至 {until}.xlsx")


@get("/gaps/replay", sync_to_thread=True)
def get_replay(request: ApiRequest, services: Given) -> Template:
    """Asks two hundred again at each page, so that no page takes long."""
    number = read_number(request.query_params.get("page"))
    view = replay_gaps(services.desk.records.gaps, services.snapshot, number, services.today())
    return admin_page(request, "admin_replay.html", "gaps", view=view)


@get("/gaps/{number:int}", sync_to_thread=True)
def get_gap(request: ApiRequest, number: FromPath[int], services: Given) -> Template:
    return _page(request, services, number)


@post("/gaps/{number:int}/assign", sync_to_thread=True, status_code=303)
def post_assign(
    request: ApiRequest,
    number: FromPath[int],
    services: Given,
    data: Annotated[UnitForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """Send a gap to a unit of the library."""
    try:
        send_gap(
            services.desk.records.gaps,
            services.snapshot.library,
            SeenGap(number, data.seen),
            data.unit,
            act_of(request, services),
        )
    except InputError as error:
        return _page(request, services, number, error)
    return done(f"/admin/gaps/{number}")


@post("/gaps/{number:int}/resolve", sync_to_thread=True, status_code=303)
def post_resolve(
    request: ApiRequest,
    number: FromPath[int],
    services: Given,
    data: Annotated[CardForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """Settle a gap by a card, or by the clause."""
    try:
        answer_gap(services.desk.records, number, data.card, act_of(request, services))
    except InputError as error:
        return _page(request, services, number, error)
    return done(f"/admin/gaps/{number}")


def _page(request: ApiRequest, services: Services, number: int, error: InputError | None = None) -> Template:
    view = show_gap(services.desk.records, services.snapshot, number, services.today())
    return admin_page(request, "admin_gap.html", "gaps", view=view, faults=error.faults if error else ())


def _asked(request: ApiRequest) -> GapsAsked:
    given = request.query_params
    return GapsAsked(
        status=_STATUSES.get(given.get("status", "")),
        unit=given.get("unit", ""),
        since=asked_day(given.get("since", "")),
        until=asked_day(given.get("until", "")),
        page=read_number(given.get("page")),
    )


def _kept(request: ApiRequest) -> dict[str, str]:
    """The filters as the address has them."""
    return {name: request.query_params.get(name, "") for name in ("status", "unit", "since", "until")}
