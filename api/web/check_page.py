"""What the pages of the self-check share: what their forms carry, that nobody stores them, files to keep."""

from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Template

from policyhub.services.sheet import Sheet, write_profile

_STORE_NOTHING = "no-store"


def hidden(sheet: Sheet) -> dict[str, Any]:
    """What the form carries: the profile, the order of the answers, the day."""
    return {
        "carried": {
            "profile": write_profile(sheet),
            "trail": " ".join(str(key) for key in sheet.trail),
            "as_of": "" if sheet.as_of is None else sheet.as_of.isoformat(),
        }
    }


def carrying(page: Template) -> Template:
    """A page with facts on it: neither the browser nor anything on the way keeps it."""
    page.headers["Cache-Control"] = _STORE_NOTHING
    return page


def download(content: bytes, media_type: str, name: str) -> Response[bytes]:
    """A file to keep; its name in Chinese."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": _STORE_NOTHING,
    }
    return Response(content, media_type=media_type, headers=headers)
