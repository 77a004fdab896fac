"""Signing in to administration with a key, and out."""

from typing import Annotated, Any

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct

from api.doc import ApiRequest, Given
from api.web.admin_page import COOKIE, HOME, SIGN_IN, Unkept, check_origin, sign_in_page
from api.web.page import client_of, local_path
from policyhub.services.admin_sessions import LIFE, TRYING

_WRONG = "这把钥匙不对，或者已经停用。请核对有没有少复制几个字；仍不行请找运维人员重新生成。"
_NOT_KEPT = "钥匙是对的，但缓存暂时连不上，登录没有记下。请稍后再试。"


class KeyForm(Struct, frozen=True, kw_only=True):
    """The form of signing in."""

    key: str = ""
    back: str = HOME


@get("/", sync_to_thread=False)
def get_sign_in(request: ApiRequest) -> Template:
    return sign_in_page(request, back=_back(request.query_params.get("back", "")))


@post("/", status_code=303)
async def post_sign_in(
    request: ApiRequest,
    services: Given,
    data: Annotated[KeyForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """Open a session, or say why not. Raises LimitedError after too many tries."""
    back, desk = _back(data.back), services.desk
    await desk.limits.spend(client_of(request), *TRYING)
    token = await desk.sessions.begin(data.key)
    if token is None:
        return sign_in_page(request, back=back, said=_WRONG, status=403)
    if await desk.sessions.who(token) is None:
        return sign_in_page(request, back=back, said=_NOT_KEPT, status=503)
    return Redirect(back, status_code=303, cookies=[_cookie(request, token, int(LIFE.total_seconds()))])


@post("/end", status_code=303)
async def post_sign_out(request: ApiRequest, services: Given) -> Redirect:
    """End the session in the browser, and here unless the cache is away."""
    await services.desk.sessions.end(request.cookies.get(COOKIE, ""))
    return Redirect(SIGN_IN, status_code=303, cookies=[_cookie(request, "", 0)])


SESSION = Router(
    SIGN_IN,
    route_handlers=[get_sign_in, post_sign_in, post_sign_out],
    before_request=check_origin,
    middleware=[Unkept()],
)


def _back(address: str) -> str:
    """The page of administration to go to; its front page for any other address."""
    path = local_path(address)
    inside = path == HOME or path.startswith((f"{HOME}/", f"{HOME}?"))
    return path if inside and not path.startswith(SIGN_IN) else HOME


def _cookie(request: ApiRequest, token: str, age: int) -> Cookie:
    """Secure wherever the browser came by https, also when a proxy took that off."""
    secure = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https:")
    return Cookie(
        key=COOKIE, value=token, max_age=age, path=HOME, httponly=True, samesite="strict", secure=secure
    )
