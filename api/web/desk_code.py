"""通话码: a caller reads six characters out, and the agent sees the result that the caller saw. Both sides of it."""

from asyncio import to_thread
from typing import Annotated

from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Template
from msgspec import Struct

from api.doc import ApiRequest, Given
from api.web.check_form import form_of, sheet_in, text_in
from api.web.check_page import carrying, hidden
from api.web.desk_origin import refuse_foreign
from api.web.desk_records import AGENT
from api.web.page import client_of, render
from policyhub import clock
from policyhub.limits import LimitedError
from policyhub.services.call_codes import CallCode
from policyhub.services.desk_handover import freeze, thaw
from policyhub.services.questionnaire import result_of


class CodeForm(Struct, frozen=True, kw_only=True):
    """What the caller read out."""

    code: str = ""


@post("/desk/code", status_code=200, before_request=refuse_foreign)
async def post_code(
    request: ApiRequest,
    services: Given,
    data: Annotated[CodeForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template:
    """One sentence for a code that is unknown, used or expired alike."""
    wait = 0
    handed = opened = None
    try:
        opened = await services.desk.codes.open(data.code, client=client_of(request), agent=AGENT)
    except LimitedError as error:
        wait = error.retry_after
    if opened is not None:
        handed = thaw(opened.content)
    page = render(
        request,
        "desk_code.html",
        nav="desk",
        status=429 if wait else 200,
        handed=handed,
        consented=None if opened is None else opened.consented_at.astimezone(clock.SHANGHAI),
        wait=wait,
    )
    if wait:
        page.headers["Retry-After"] = str(wait)
    return carrying(page)


@post("/check/code", status_code=200, before_request=refuse_foreign)
async def post_check_code(request: ApiRequest, services: Given) -> Template:
    """A code for the result that the form carries, once its owner has agreed."""
    form = await form_of(request)
    sheet = await to_thread(sheet_in, services.snapshot.library, form)
    code: CallCode | None = None
    wait, agreed = 0, text_in(form, "consent") == "yes"
    if agreed:
        content = freeze(await to_thread(result_of, services.snapshot, services.today, sheet))
        try:
            code = await services.desk.codes.make(content, consent=True, client=client_of(request))
        except LimitedError as error:
            wait = error.retry_after
    page = render(
        request,
        "desk_code_made.html",
        nav="check",
        status=429 if wait else 200 if agreed else 400,
        code=None if code is None else code.code,
        until=None if code is None else code.expires_at.astimezone(clock.SHANGHAI),
        wait=wait,
        **hidden(sheet),
    )
    if wait:
        page.headers["Retry-After"] = str(wait)
    return carrying(page)
