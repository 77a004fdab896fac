"""Stable names: ``jszb-2023-19`` for 晋市政办〔2023〕19号, ``jszb-2023-19/s3.2`` for what stands in it."""

import re
from collections.abc import Sequence

from policies.gazette.markers import Rank
from policies.gazette.outline import Node

# The first characters of each pinyin initial in GB 2312, whose first level is sorted by pinyin.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_INITIALS = "abcdefghjklmnopqrstwxyz"
_LAST = "座"


def initials(text: str) -> str:
    """Pinyin initials; a character outside the first level of GB 2312 gives its code point."""
    return "".join(_initial(c) for c in text)


def _initial(c: str) -> str:
    if c.isascii():
        return c.lower() if c.isalnum() else "-"
    try:
        code = c.encode("gb2312")
    except UnicodeEncodeError:
        return f"u{ord(c):x}"
    if not _FIRST[0].encode("gb2312") <= code <= _LAST.encode("gb2312"):
        return f"u{ord(c):x}"
    place = sum(first.encode("gb2312") <= code for first in _FIRST) - 1
    return _INITIALS[place]


def document_id(abbreviation: str, year: int, serial: int) -> str:
    """The id of a document that prints a 文号."""
    return f"{initials(abbreviation)}-{year}-{serial}"


def source_id(source: str, used: Sequence[str]) -> str:
    """An id from the file name, for a text without 文号."""
    stem = re.sub(r"\.[A-Za-z]{1,5}$", "", source.replace("\\", "/").rsplit("/", 1)[-1])
    base = re.sub(r"-+", "-", initials(stem)).strip("-") or "text"
    return unique(base, used)


def unique(base: str, used: Sequence[str]) -> str:
    """``base``, or ``base-2`` and so on when it is taken."""
    name, count = base, 1
    while name in used:
        count += 1
        name = f"{base}-{count}"
    return name


def running_rank(root: Node) -> Rank | None:
    """The innermost way of numbering that runs through the whole text, if one does."""
    for rank in (Rank.ITEM, Rank.PART, Rank.ARTICLE):
        nodes = [node for node in root.walk() if node.rank is rank]
        whole = [node.value for node in nodes] == list(range(1, len(nodes) + 1))
        parents = {id(node.above) for node in nodes}
        if len(nodes) > 1 and whole and (len(parents) > 1 or nodes[0].above is root):
            return rank
    return None


def local_id(node: Node, running: Rank | None) -> str:
    """``15`` or ``s3.2``: the name of a node within its plan."""
    steps: list[str] = []
    at: Node | None = node
    while at is not None and at.rank is not None:
        steps.append(str(at.value))
        if at.rank is running:
            return ".".join(reversed(steps))
        at = at.above
    return "s" + ".".join(reversed(steps))
