"""Strong ETags: an answer stays the same while library, engine, day and question do.

What rests on the records of the desk too is told apart by its own bytes, and never kept.
"""

from hashlib import sha256

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send
from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from api.doc import doc_of
from policyhub.bootstrap import Services

_DAY = 86_400  # seconds; the tag changes with the day


class Etags(ASGIMiddleware):
    """Marks every good answer to a GET, says 304 to whoever holds it already, and keeps it in the cache."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope.get("method") != "GET":
            await next_app(scope, receive, send)
            return
        asked = Headers.from_scope(scope)
        if _on_records(scope):
            answer = await _answer(scope, receive, next_app)
            etag = f'"{sha256(answer.body).hexdigest()[:32]}"'
        else:
            etag = _tag(scope)
            answer = await _kept(scope, receive, next_app, f"{etag} {asked.get('accept', '')}")
        if answer.status == HTTP_200_OK:
            answer = _marked(answer, etag, held=_holds(asked.get("if-none-match", ""), etag))
        start: HTTPResponseStartEvent = {
            "type": "http.response.start",
            "status": answer.status,
            "headers": answer.headers,
        }
        await send(start)
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})


async def _kept(scope: Scope, receive: Receive, app: ASGIApp, key: str) -> "Answer":
    """What the cache holds under a key, or what the application says, kept if it is good."""
    cache = _services(scope).cache
    kept = await cache.get(key)
    if kept is not None:
        return _thaw(kept)
    answer = await _answer(scope, receive, app)
    if answer.status == HTTP_200_OK:
        await cache.set(key, encode(answer), _DAY)
    return answer


def _on_records(scope: Scope) -> bool:
    doc = doc_of(scope["route_handler"])
    return doc is not None and doc.records


class Answer(Struct, frozen=True, array_like=True):
    """A whole response."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


encode = Encoder().encode
_thaw = Decoder(Answer).decode


async def _answer(scope: Scope, receive: Receive, app: ASGIApp) -> Answer:
    """What the application says, gathered."""
    start: list[HTTPResponseStartEvent] = []
    body: list[bytes] = []

    async def gather(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.append(message)
        elif message["type"] == "http.response.body":
            body.append(message["body"])

    await app(scope, receive, gather)
    return Answer(start[0]["status"], [*start[0]["headers"]], b"".join(body))


def _marked(answer: Answer, etag: str, *, held: bool) -> Answer:
    """The answer with its validator; without its body for whoever holds it."""
    headers = [*answer.headers, (b"etag", etag.encode()), (b"cache-control", b"no-cache")]
    if not held:
        return Answer(answer.status, headers, answer.body)
    return Answer(HTTP_304_NOT_MODIFIED, [pair for pair in headers if pair[0] != b"content-length"], b"")


def _services(scope: Scope) -> Services:
    services: Services = scope["litestar_app"].state.services
    return services


def _tag(scope: Scope) -> str:
    """What this question's answer is called today."""
    services = _services(scope)
    snapshot = services.snapshot
    about = [snapshot.library.digests.library, snapshot.engine, services.today()]
    asked = [scope["path"], sorted(scope["query_string"].split(b"&"))]
    return f'"{sha256(repr([*about, *asked]).encode()).hexdigest()[:32]}"'


def _holds(condition: str, etag: str) -> bool:
    """If-None-Match compares weakly, so that a proxy's ``W/`` does no harm (RFC 9110, 13.1.2)."""
    return condition.strip() == "*" or etag in [
        one.strip().removeprefix("W/") for one in condition.split(",")
    ]
