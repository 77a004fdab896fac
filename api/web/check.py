"""企业自测: choose what you have, answer one question after another, see the result.

What has been filled in travels with the form (POST) and is kept nowhere; pages that carry it are never stored.
Matching is done in threads, so that a long profile holds up nobody else.
"""

from asyncio import to_thread
from collections.abc import Collection

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.check_examples import cases
from api.web.check_form import asked_in, file_in, form_of, have_in, sheet_begun, sheet_in, text_in
from api.web.check_page import carrying, download, hidden
from api.web.check_result import result_page
from api.web.page import render
from policyhub.bootstrap import Services
from policyhub.services.answering import fact_names, understand
from policyhub.services.errors import InputError
from policyhub.services.moves import Moved, move
from policyhub.services.questionnaire import step
from policyhub.services.sheet import Sheet, read_key, write_file


@get("/check", sync_to_thread=False)
def get_check(request: ApiRequest) -> Template:
    return _start(request)


@get(
    [f"/check/{page}" for page in ("start", "ask", "result", "notice", "compare", "code")],
    sync_to_thread=False,
)
def get_again(request: ApiRequest) -> Template:
    """These pages cannot be asked for by address: what was filled in stands in no address.

    The tab may still hold it, then a script goes on from there; so the address stays, and its place in the history.
    """
    return _start(request, again=True)


@post("/check/start", status_code=200)
async def post_start(request: ApiRequest, services: Given) -> Template:
    form = await form_of(request)
    return await to_thread(_begun, request, services, form, await file_in(form, "file"))


@post("/check/ask", status_code=200)
async def post_ask(request: ApiRequest, services: Given) -> Template:
    return await to_thread(_asked, request, services, await form_of(request))


@post("/check/understood", status_code=200)
async def post_understood(request: ApiRequest, services: Given) -> Template:
    """How the words of one field would be understood, while it is being filled in."""
    form, library = await form_of(request), services.snapshot.library
    key = read_key(library.vocabulary, text_in(form, "key"))
    text = "" if key is None else text_in(form, f"t:{key}").strip()
    fact = None if key is None else library.vocabulary.facts[key.fact]
    read = await to_thread(understand, library, fact, text) if fact is not None and text else None
    return carrying(render(request, "check_understood.html", nav="check", read=read, fact=fact, text=text))


@post("/check/profile.json", status_code=200)
async def post_profile(request: ApiRequest, services: Given) -> Response[bytes]:
    sheet = await to_thread(sheet_in, services.snapshot.library, await form_of(request))
    return download(write_file(sheet, sheet.as_of or services.today()), "application/json", "自测所填.json")


def _begun(request: ApiRequest, services: Services, form: FormMultiDict, file: bytes) -> Template:
    filled = {name: text_in(form, name) for name in ("lines", "paste")}
    try:
        sheet = sheet_begun(services.snapshot.library, form, file)
    except InputError as error:
        return _start(request, filled, have_in(form), error)
    if text_in(form, "example"):
        return result_page(request, services, sheet)
    return ask_page(request, services, Moved(sheet=sheet))


def _asked(request: ApiRequest, services: Services, form: FormMultiDict) -> Template:
    library = services.snapshot.library
    sheet = sheet_in(library, form)
    return ask_page(request, services, move(library, sheet, asked_in(library, form)), before=sheet)


def ask_page(
    request: ApiRequest, services: Services, moved: Moved, *, before: Sheet | None = None
) -> Template:
    """The page of the next question; without one, of having nothing more to ask."""
    view = step(
        services.snapshot,
        services.today,
        moved.sheet,
        before=before,
        at=moved.at,
        several=moved.several,
        given=moved.given,
    )
    return carrying(
        render(request, "check_ask.html", nav="check", view=view, moved=moved, **hidden(moved.sheet))
    )


def _start(
    request: ApiRequest,
    filled: dict[str, str] | None = None,
    have: Collection[str] = (),
    error: InputError | None = None,
    *,
    again: bool = False,
) -> Template:
    page = render(
        request,
        "check.html",
        nav="check",
        status=200 if error is None else 400,
        cases=cases(),
        filled=filled or {"lines": "", "paste": ""},
        have=have,
        again=again,
        names=fact_names(request.app.state.services.snapshot.library),
        faults=() if error is None else error.faults,
    )
    return page if error is None else carrying(page)
