"""The annexes that a text lists."""

import re
from collections.abc import Sequence

from policies.document import Annex

_HEAD = re.compile(r"^附件(?:\d{0,2}[:：])?")
_ITEM = re.compile(r"(?:(?<=\n)|(?<![0-9\uff0e.]))\d{1,2}[.\uff0e](?![0-9])")
_ONLINE = re.compile(r"[（(]?(?:见网络|详见网络|见网站|网络版)[^（）()]*[）)]?")


def read_annexes(lines: Sequence[str]) -> list[Annex]:
    """The listed annexes in order; their titles may be wrapped over lines."""
    text = "".join(f"\n{line}" if _ITEM.match(line) else line for line in lines)
    titles = _ITEM.split(_HEAD.sub("", text.strip()))
    return [
        Annex(title=_ONLINE.sub("", title).strip(" \n；;。"), online=bool(_ONLINE.search(title)))
        for title in titles
        if title.strip()
    ]
