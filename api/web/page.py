"""What every page shares: the templates with their filters, the frame around a page, how a visitor wants it shown."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig
from markupsafe import Markup, escape
from msgspec import Struct

from api.doc import ApiRequest
from policyhub.bootstrap import Services
from policyhub.services import labels
from policyhub.services.call_codes import CONSENT
from policyhub.services.paper import Table

WEB = Path(__file__).parent
STATIC = WEB / "static"
COOKIE = "display"


class Display(Struct, frozen=True, kw_only=True):
    """How a visitor wants pages shown; the cookie holds these words and nothing else."""

    large: bool = False
    contrast: bool = False

    @property
    def words(self) -> str:
        """As the cookie has it."""
        return ".".join(word for word in ("large", "contrast") if getattr(self, word))

    @property
    def classes(self) -> str:
        """The classes of the html element."""
        wanted = {"large-text": self.large, "high-contrast": self.contrast}
        return " ".join(name for name, on in wanted.items() if on)


def display_of(request: ApiRequest) -> Display:
    """What the visitor's cookie asks for; words that mean nothing are passed over."""
    words = request.cookies.get(COOKIE, "").split(".")
    return Display(large="large" in words, contrast="contrast" in words)


def render(
    request: ApiRequest, template: str, *, nav: str = "", status: int = 200, **context: Any
) -> Template:
    """A page. ``nav`` marks where it belongs: check, search, desk, library or nothing."""
    services: Services = request.app.state.services
    frame = {
        "nav": nav,
        "display": display_of(request),
        "here": here(request),
        "library": services.snapshot.short,
    }
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return Template(template, context=frame | context, status_code=status, headers=headers)


def here(request: ApiRequest) -> str:
    """The address of a page that can be asked for again; the front page where it cannot."""
    if request.method not in ("GET", "HEAD"):
        return "/"
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def permalink(request: ApiRequest, path: str) -> str:
    """The whole address of a path on this installation."""
    return str(request.base_url).rstrip("/") + path


def local_path(address: str) -> str:
    """``address`` if it is one of this site, otherwise the front page: a form must not send anyone elsewhere."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if safe else "/"


def query(asked: Mapping[str, str], **changes: object) -> str:
    """A query string: what was asked, with changes; empty values are left out."""
    return urlencode({name: value for name, value in {**asked, **changes}.items() if value not in (None, "")})


def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so browsers may keep it for good."""
    return f"/static/{name}?v={_DIGESTS[name]}"


def rows(table: Table) -> Markup:
    """The rows of a table, each cell with the name of its column; a filter, since a thousand cells take long."""
    named = [(f'<td data-label="{escape(name)}">', "</td>") for name in table.header]
    return Markup("".join(_row(row, named or _PAIR) for row in table.rows))  # noqa: S704 of escaped cells


def _row(row: Sequence[str], tags: Sequence[tuple[str, str]]) -> str:
    cells = (f"{start}{escape(text)}{end}" for text, (start, end) in zip(row, tags, strict=True))
    return f"<tr>{''.join(cells)}</tr>".replace("\n", "<br>")


_PAIR = (('<th scope="row">', "</th>"), ("<td>", "</td>"))
_DIGESTS = {
    str(path.relative_to(STATIC)): sha256(path.read_bytes()).hexdigest()[:12]
    for path in STATIC.rglob("*")
    if path.is_file()
}

_environment = Environment(
    loader=FileSystemLoader(WEB / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(asset=asset, query=query, CONSENT=CONSENT)
_environment.filters.update(
    kind_word=labels.KINDS.__getitem__,
    subject_word=labels.SUBJECTS.__getitem__,
    verdict_word=labels.VERDICTS.__getitem__,
    connective_word=labels.CONNECTIVES.__getitem__,
    confidence_word=labels.CONFIDENCE.__getitem__,
    confidence_meaning=labels.CONFIDENCE_MEANINGS.__getitem__,
    ledger_class=labels.LEDGER_CLASSES.__getitem__,
    day=labels.day,
    minute=labels.minute,
    headed=labels.headed,
    rows=rows,
)

templates = TemplateConfig(instance=JinjaTemplateEngine.from_environment(_environment))


def client_of(request: ApiRequest) -> str:
    """Who asks, for limits: the address, nothing of which is kept. Of IPv6 the /64, all of which one household has."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return host
    return str(address.ipv4_mapped or address.packed[:8].hex())
