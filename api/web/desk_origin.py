"""Who led a browser to the desk: only what a person asked for is written down.

By what browsers say of themselves (Sec-Fetch-*), which no proxy rewrites. The Host may be rewritten on the way, and
our pages send their forms with ``Origin: null`` (``Referrer-Policy: no-referrer``), so neither is compared. Over
http browsers say nothing, and programs never do: what says nothing is let pass, and the limits hold for it.
"""

from litestar.exceptions import PermissionDeniedException

from api.doc import ApiRequest

_OURS = ("same-origin", "none")  # a page of ours, or the person: typed, a bookmark


async def refuse_foreign(request: ApiRequest) -> None:
    """A form was sent by a page of ours. Raises PermissionDeniedException."""
    if request.headers.get("sec-fetch-site", "none") not in _OURS:
        raise PermissionDeniedException


def asked_by_a_person(request: ApiRequest) -> bool:
    """Whether a page was asked for to be read: not by another site, not as a picture, not ahead of time."""
    headers = request.headers
    ahead = "prefetch" in f"{headers.get('sec-purpose', '')} {headers.get('purpose', '')}"
    return (
        not ahead
        and headers.get("sec-fetch-site", "none") in _OURS
        and headers.get("sec-fetch-dest", "document") in ("document", "empty")
    )
