"""What a button of the questionnaire does to the sheet: answer, 不知道, back, change, forget, add, drop."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from policies.library import Library
from policies.rules import Subject
from policyhub.services.answering import FieldFault, Given, take
from policyhub.services.sheet import (
    Key,
    Sheet,
    add_subject,
    drop_subject,
    forget,
    has_subject,
    put,
    read_index,
    read_key,
)


class Asked(Struct, frozen=True, kw_only=True):
    """What came with the form: the button, the fields, and which question was open."""

    do: str
    given: Mapping[Key, Given]
    several: bool = False
    at: Key | None = None


class Moved(Struct, frozen=True, kw_only=True):
    """Where that leads: the sheet, the question to show (``None``: the next), what had a fault."""

    sheet: Sheet
    at: Key | None = None
    several: bool = False
    faults: Mapping[Key, FieldFault] = {}
    given: Mapping[Key, Given] = {}
    echoes: tuple[str, ...] = ()


def move(library: Library, sheet: Sheet, asked: Asked) -> Moved:
    """Do what the button says. A button that is not known leaves everything as it is."""
    name, _, rest = asked.do.partition(":")
    return _MOVES.get(name, _stay)(library, sheet, asked, rest)


def _answer(library: Library, sheet: Sheet, asked: Asked, _rest: str) -> Moved:
    taken = take(library, sheet, asked.given, needed=not asked.several)
    kept = asked.given if taken.faults else {}
    return Moved(
        sheet=taken.sheet,
        several=asked.several,
        at=asked.at if taken.faults else None,
        faults=taken.faults,
        given=kept,
        echoes=taken.echoes,
    )


def _nearest(library: Library, sheet: Sheet, asked: Asked, rest: str) -> Moved:
    """One of the nearest values instead of the words that were not understood; what else was filled in counts."""
    word, _, value = rest.partition(":")
    key = read_key(library.vocabulary, word)
    if key is None:
        return _stay(library, sheet, asked, rest)
    given = {**asked.given, key: Given(values=(value,))}
    return _answer(library, sheet, Asked(do="", given=given, several=asked.several, at=asked.at), "")


def _unsure(library: Library, sheet: Sheet, asked: Asked, _rest: str) -> Moved:
    for key in asked.given:
        if has_subject(library, sheet, key):
            sheet = put(library, sheet, key, None)
    return Moved(sheet=sheet, several=asked.several)


def _ask(library: Library, sheet: Sheet, asked: Asked, rest: str) -> Moved:
    key = read_key(library.vocabulary, rest)
    known = key is not None and has_subject(library, sheet, key)
    return Moved(sheet=sheet, at=key if known else None, several=asked.several and not known)


def _forget(library: Library, sheet: Sheet, asked: Asked, rest: str) -> Moved:
    key = read_key(library.vocabulary, rest)
    left = sheet if key is None else forget(library, sheet, key)
    return Moved(sheet=left, several=asked.several)


def _view(_library: Library, sheet: Sheet, _asked: Asked, rest: str) -> Moved:
    return Moved(sheet=sheet, several=rest == "several")


def _add(_library: Library, sheet: Sheet, asked: Asked, rest: str) -> Moved:
    kind = _kind(rest)
    return Moved(sheet=sheet if kind is None else add_subject(sheet, kind), several=asked.several)


def _drop(library: Library, sheet: Sheet, asked: Asked, rest: str) -> Moved:
    word, _, number = rest.partition(":")
    kind = _kind(word)
    whole = len(sheet.profile) == 1 and kind is not None and len(sheet.section(kind)) == 1
    index = read_index(number)
    if kind is None or whole or index is None:
        return _stay(library, sheet, asked, rest)
    return Moved(sheet=drop_subject(library, sheet, kind, index), several=asked.several)


def _stay(_library: Library, sheet: Sheet, asked: Asked, _rest: str) -> Moved:
    return Moved(sheet=sheet, at=asked.at, several=asked.several, given=asked.given)


def _kind(word: str) -> Subject | None:
    return next((kind for kind in Subject if kind.value == word), None)


_MOVES: Mapping[str, Callable[[Library, Sheet, Asked, str], Moved]] = {
    "answer": _answer,
    "near": _nearest,
    "unsure": _unsure,
    "ask": _ask,
    "forget": _forget,
    "view": _view,
    "add": _add,
    "drop": _drop,
}
