"""Responsible units: the bracket （责任单位：…）, 〔牵头单位：…；配合单位：…〕, or a line of its own."""

import re

from msgspec import Struct

from policies.document import Unit

_LABELS = (
    r"(?:责任|牵头|配合|主办|协办|承办|落实|实施|参与|参加|协同|主管|负责|督导|完成)"
    r"(?:责任|落实|实施)?(?:单位|部门|主体|机构)"
)
_OPEN = re.compile(rf"[（〔(\[\uff3b【](?={_LABELS}[:：])")
_LABEL = re.compile(rf"^({_LABELS})[:：]")
_LINE = re.compile(rf"(?:^|\n)({_LABELS}[:：][^\n]*)(?=\n|$)")
_GROUPS = re.compile(rf"[；;]|[ \u3000]+(?={_LABELS}[:：])")
_PAIRS = {
    "（": "）",
    "〔": "〕",
    "(": ")",
    "[": "]",
    "\uff3b": "\uff3d",
    "【": "】",
    "<": ">",
    "〈": "〉",
    "《": "》",
}
_CLOSERS = set(_PAIRS.values())
_ET_AL = re.compile(r"等(?:有关|相关)?(?:单位|部门)?(?:按(?:照)?职责(?:分工)?负责)?$")
_LEADING = ("责任", "牵头", "主办", "落实", "实施", "主管", "负责", "承办")


class Found(Struct, frozen=True):
    """The units of a text, whether the list is open, what else the bracket says, and where it stands."""

    units: tuple[Unit, ...]
    open: bool
    note: str
    places: tuple[tuple[int, int], ...]


def find_units(text: str) -> Found:
    """All units that ``text`` names as responsible, in order, each once."""
    named: list[Unit] = []
    notes: list[str] = []
    places: list[tuple[int, int]] = []
    still_open = False
    for start, end, inside in _stretches(text):
        listed, _, note = inside.replace("\n", "").partition("。")
        units, more = _listed(listed, leading=not named)
        still_open = still_open or more
        known = {unit.name for unit in named}
        named.extend(unit for unit in units if unit.name not in known)
        if note.strip():
            notes.append(note.strip())
        places.append((start, end))
    return Found(tuple(named), still_open, "".join(notes), tuple(places))


def _stretches(text: str) -> list[tuple[int, int, str]]:
    """Where brackets and lines of units stand, and what they hold."""
    found: list[tuple[int, int, str]] = []
    at = 0
    while opening := _OPEN.search(text, at):
        end = _closing(text, opening.start())
        if end is None:
            break
        found.append((opening.start(), end, text[opening.end() : end - 1]))
        at = end
    for line in _LINE.finditer(text):
        if not any(start <= line.start(1) < end for start, end, _ in found):
            found.append((line.start(1), line.end(1), line.group(1).rstrip("。")))
    return sorted(found)


def _closing(text: str, start: int) -> int | None:
    """Right after the bracket that closes the one at ``start``."""
    awaited: list[str] = []
    for at in range(start, len(text)):
        c = text[at]
        if c in _PAIRS:
            awaited.append(_PAIRS[c])
        elif c in _CLOSERS and awaited and c == awaited[-1]:
            awaited.pop()
            if not awaited:
                return at + 1
    return None


def _listed(text: str, *, leading: bool) -> tuple[list[Unit], bool]:
    """The names of one bracket: groups parted by ；, each perhaps with a label of its own."""
    units: list[Unit] = []
    still_open = False
    for group in _GROUPS.split(text):
        label = _LABEL.match(group.strip())
        names = group.strip()[label.end() :] if label else group.strip()
        shortened = _ET_AL.sub("", names)
        still_open = still_open or shortened != names
        by_label = label is not None and label.group(1).startswith("牵头")
        leads = label is None or label.group(1).startswith(_LEADING)
        for name in _names(shortened):
            units.append(Unit(name=name, lead=leads and (by_label or (leading and not units))))
        leading = leading and not units
    return units, still_open


def _names(text: str) -> list[str]:
    """Split at 、，, and ; but not inside brackets (各县（市、区）人民政府)."""
    names, depth, name = [], 0, ""
    for c in text:
        depth += (c in _PAIRS) - (c in _CLOSERS)
        if c in "、，," and depth <= 0:
            names.append(name)
            name = ""
        else:
            name += c
    return [n.strip() for n in [*names, name] if n.strip()]


def without(text: str, places: tuple[tuple[int, int], ...]) -> str:
    """``text`` without the stretches at ``places``."""
    kept, at = [], 0
    for start, end in places:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return re.sub(r"\n{2,}", "\n", "".join(kept)).strip(" \n")
