"""What we owe visitors to say: accessibility and privacy; and how they want pages shown."""

from typing import Annotated

from litestar import get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct
from msgspec.structs import replace

from api.doc import ApiRequest
from api.web.page import COOKIE, Display, display_of, local_path, render

_YEAR = 365 * 86_400  # seconds
_ANSWERS = ("/check/", "/verify")  # pages that answer a form and change nothing


class Wish(Struct, frozen=True, kw_only=True):
    """The form of the masthead: one button at a time, and the page to go back to."""

    large: str = ""
    contrast: str = ""
    back: str = "/"


@get("/accessibility", sync_to_thread=False)
def get_accessibility(request: ApiRequest) -> Template:
    return render(request, "accessibility.html")


@get("/privacy", sync_to_thread=False)
def get_privacy(request: ApiRequest) -> Template:
    return render(request, "privacy.html")


@post("/preferences", sync_to_thread=False, status_code=303)
def post_preferences(
    request: ApiRequest,
    data: Annotated[Wish, Body(media_type=RequestEncodingType.URL_ENCODED)],
    back: FromQuery[str] = "",
) -> Redirect:
    """Remember one wish in a cookie and go back.

    A page that answers a form is asked for again with all that the form held: ``back`` stands in the address then.
    """
    again = back if back.startswith(_ANSWERS) else ""
    return Redirect(
        local_path(again or data.back),
        status_code=307 if again else 303,
        cookies=[_cookie(_granted(display_of(request), data))],
    )


def _granted(display: Display, wish: Wish) -> Display:
    changes = {name: getattr(wish, name) == "on" for name in ("large", "contrast") if getattr(wish, name)}
    return replace(display, **changes)


def _cookie(display: Display) -> Cookie:
    """Kept for a year; gone at once when nothing special is wanted."""
    age = _YEAR if display.words else 0
    return Cookie(key=COOKIE, value=display.words, max_age=age, path="/", httponly=True, samesite="lax")
