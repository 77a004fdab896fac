"""Administration of flags: what agents hold to be wrong or stale, by responsible unit."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Template
from msgspec import Struct

from api.doc import ApiRequest, Given
from api.web.admin_page import act_of, admin_page, done, given_of
from policyhub.bootstrap import Services
from policyhub.services.admin_flags import show_flag, show_flags
from policyhub.services.errors import InputError
from policyhub.services.flags import NO_UNIT, settle_flag
from policyhub.services.slices import read_number
from policyhub.storage import FlagStatus

_STATUSES = {status.value: status for status in FlagStatus}


class SettleForm(Struct, frozen=True, kw_only=True):
    """What became of a flag."""

    status: str = ""
    resolution: str = ""


@get("/flags", sync_to_thread=True)
def get_flags(request: ApiRequest, services: Given) -> Template:
    """Those still open where no status is asked for: that is the work."""
    given = request.query_params
    word, unit = given.get("status", FlagStatus.OPEN.value), given.get("unit", "")
    view = show_flags(
        services.desk.records,
        services.snapshot.library,
        unit,
        _STATUSES.get(word),
        read_number(given.get("page")),
    )
    statuses = [(status.value, status.value, count) for status, count in view.statuses.items()]
    units = [(name, "条文没有写单位" if name == NO_UNIT else name, count) for name, count in view.units]
    return admin_page(
        request,
        "admin_flags.html",
        "flags",
        view=view,
        kept={"status": word, "unit": unit},
        statuses=[*statuses, ("全部", "全部", sum(view.statuses.values()))],
        units=[("", "全部", None), *units],
    )


@get("/flags/{number:int}", sync_to_thread=True)
def get_flag(request: ApiRequest, number: FromPath[int], services: Given) -> Template:
    return _page(request, services, number, SettleForm())


@post("/flags/{number:int}", sync_to_thread=True, status_code=303)
def post_flag(
    request: ApiRequest,
    number: FromPath[int],
    services: Given,
    data: Annotated[SettleForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """Close a flag with what was done, or why not."""
    given = given_of(status=data.status, resolution=data.resolution)
    try:
        settle_flag(services.desk.records.flags, number, given, act_of(request, services))
    except InputError as error:
        return _page(request, services, number, data, error)
    return done(f"/admin/flags/{number}")


def _page(
    request: ApiRequest, services: Services, number: int, filled: SettleForm, error: InputError | None = None
) -> Template:
    view = show_flag(services.desk.records, services.snapshot.library, number)
    faults = error.faults if error else ()
    return admin_page(request, "admin_flag.html", "flags", view=view, filled=filled, faults=faults)
