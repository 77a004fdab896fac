"""What the pages of administration share: who may see them, that nothing keeps them, that forms come from here."""

from asyncio import to_thread
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from litestar import Response
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.middleware import ASGIMiddleware
from litestar.response import Redirect, Template
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.doc import ApiRequest
from api.web.page import here, query, render
from matcher.intake import EARLIEST, LATEST, Fault
from policyhub.admin_keys import CLOSED
from policyhub.bootstrap import Services
from policyhub.services.acting import Act

COOKIE = "admin"
HOME = "/admin"
SIGN_IN = "/admin/session"
_CARRIED = {"key", "version", "do", "back", "pick", "seen"}  # fields that nobody typed a text into


class Unkept(ASGIMiddleware):
    """Nobody keeps these pages. Their own origin is told where a form comes from; other sites are told nothing."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        async def mark(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                headers["Cache-Control"] = "no-store"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await next_app(scope, receive, mark)


async def check_origin(request: ApiRequest) -> None:
    """A form that changes something was sent by a page of ours. Raises PermissionDeniedException.

    Beside ``SameSite=Strict``. A proxy in front must hand on the Host that the browser asked for.
    """
    if request.method in ("GET", "HEAD"):
        return
    _, _, host = request.headers.get("origin", "").partition("://")
    same_host = host == request.headers.get("host", "")
    if not same_host or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise PermissionDeniedException


async def guard(request: ApiRequest) -> Response[Any] | None:
    """Only persons with a session pass; others sign in first, and what they had typed is shown to them."""
    await check_origin(request)
    services: Services = request.app.state.services
    who = await services.desk.sessions.who(request.cookies.get(COOKIE, ""))
    if who is not None:
        request.state.who = who
        return None
    if request.method in ("GET", "HEAD"):
        return Redirect(f"{SIGN_IN}?{query({}, back=here(request))}", status_code=303)
    form = await request.form()
    typed = [
        (name, value)
        for name, value in form.multi_items()
        if name not in _CARRIED and isinstance(value, str) and value.strip()
    ]
    return sign_in_page(request, back=HOME, typed=typed, status=403)


def sign_in_page(
    request: ApiRequest,
    *,
    back: str,
    said: str = "",
    typed: Iterable[tuple[str, str]] = (),
    status: int = 200,
) -> Template:
    """Where a key is asked for; where there is none to give, how administration is opened."""
    services: Services = request.app.state.services
    return render(
        request,
        "admin_sign_in.html",
        status=status,
        back=back,
        said=said,
        typed=tuple(typed),
        closed="" if services.desk.administrators.open else CLOSED,
    )


def admin_page(
    request: ApiRequest, template: str, tab: str, *, faults: Iterable[Fault] = (), **context: Any
) -> Template:
    """A page for a person who has signed in; with faults, nothing was done."""
    faults = tuple(faults)
    return render(
        request,
        template,
        status=400 if faults else 200,
        who=request.state.who,
        tab=tab,
        faults=faults,
        at_fault={fault.pointer.strip("/") for fault in faults},
        **context,
    )


def act_of(request: ApiRequest, services: Services) -> Act:
    """The person of this request, acting now."""
    return Act(who=request.state.who, now=services.desk.now(), today=services.today())


def done(path: str) -> Redirect:
    """Something was done; the page that shows it comes next, and a reload repeats nothing."""
    return Redirect(path, status_code=303)


def asked_day(text: str) -> date | None:
    """A day that the service answers for, as a date field writes it; ``None`` for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and EARLIEST <= day <= LATEST else None


def given_of(**fields: str) -> Mapping[str, str]:
    """The fields of a form that were filled in, their line ends as everywhere else."""
    tidy = {name: value.replace("\r\n", "\n").strip() for name, value in fields.items()}
    return {name: value for name, value in tidy.items() if value}


async def reachable(services: Services) -> bool:
    """Whether the database answers."""
    try:
        await to_thread(services.check)
    except Exception:  # noqa: BLE001 whatever it is, the page says that it is so
        return False
    return True
