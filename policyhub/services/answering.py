"""From the fields of a form to facts: what each was understood as, or what is wrong with it, all at once."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from matcher.intake import Fault, ProfileError, read_profile
from matcher.profile import StatedFact
from matcher.resolve import plain
from policies.library import Library
from policies.problems import nearest_word
from policies.rules import Subject
from policies.vocabulary import SUBJECT_NAMES, Fact, FactType
from policyhub.services.errors import InputError
from policyhub.services.sheet import SECTIONS, Key, Sheet, fact_of, has_subject, put

MOST_LINES = 300
_CERTAIN = 1.0
_MARK = re.compile(r"\s*[:：=＝]\s*|\s+")  # between a name and its value


class Given(Struct, frozen=True, kw_only=True):
    """What stands in the fields of one question: ticked values, own words, or 不知道."""

    values: tuple[str, ...] = ()
    text: str = ""
    unsure: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was filled in."""
        return not (self.values or self.text.strip() or self.unsure)


class FieldFault(Struct, frozen=True, kw_only=True):
    """What is wrong with one field, with what was perhaps meant."""

    key: Key
    detail: str
    nearest: tuple[str, ...] = ()


class Taken(Struct, frozen=True, kw_only=True):
    """The sheet with every good answer; ``faults`` by key for the others; what was read as something alike."""

    sheet: Sheet
    faults: Mapping[Key, FieldFault]
    echoes: tuple[str, ...]


class Understood(Struct, frozen=True, kw_only=True):
    """One answer read on its own: the fact, or why not."""

    stated: StatedFact | None
    detail: str = ""
    nearest: tuple[str, ...] = ()


def take(library: Library, sheet: Sheet, given: Mapping[Key, Given], *, needed: bool) -> Taken:
    """Put the answers of a form into the sheet. ``needed`` makes an empty field a fault."""
    taken = Taken(sheet=sheet, faults={}, echoes=())
    for key, answer in given.items():
        if not has_subject(library, sheet, key) or (answer.empty and not needed):
            continue
        if answer.unsure:
            taken = replace(taken, sheet=put(library, taken.sheet, key, None))
        elif answer.empty:
            fault = FieldFault(key=key, detail=_empty(fact_of(library, key)))
            taken = replace(taken, faults={**taken.faults, key: fault})
        else:
            taken = _take_one(library, taken, key, answer)
    return taken


def understand(library: Library, fact: Fact, value: Any) -> Understood:
    """Read one value as the matcher would."""
    section = SECTIONS[fact.subject]
    stated = {fact.key: value}
    profile = {section: stated if fact.subject is Subject.ENTERPRISE else [stated]}
    try:
        read = read_profile(profile, library)
    except ProfileError as error:
        return Understood(stated=None, detail=error.faults[0].detail)
    [subject] = read.subjects()
    if fact.id in subject.facts:
        return Understood(stated=subject.facts[fact.id])
    [notice, *_] = read.notices
    return Understood(stated=None, detail=notice.detail.partition("，按未说明")[0], nearest=notice.nearest)


def echo(fact: Fact, stated: StatedFact, said: Any) -> str:
    """How words were understood, where that is more than the words: 2亿 = 2亿元; 民企 → 民营企业."""
    if fact.type is FactType.NUMBER:
        return stated.understood
    origin = stated.origin
    if origin.similarity < _CERTAIN:
        return f"「{origin.source}」按最相近的「{stated.understood}」理解，相似度 {origin.similarity:.0%}"
    if origin.kind == "resolved":
        return f"「{said}」即「{stated.understood}」"
    return ""


def read_lines(library: Library, text: str) -> Sheet:
    """Facts written one a line, ``名称：值``, as a sheet. Raises InputError with every line that cannot be read."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise InputError([Fault(pointer="", detail=f"一次最多写 {MOST_LINES} 行，实为 {len(lines)} 行")])
    faults: list[Fault] = []
    profile: dict[str, Any] = {}
    for number, line in lines:
        detail = _take_line(library, profile, line.strip())
        if detail:
            faults.append(Fault(pointer=f"第 {number} 行", detail=detail))
    if faults:
        raise InputError(faults)
    sheet = Sheet(profile=profile)
    for kind in sheet.kinds:
        for name in sheet.section(kind)[0]:
            key = next(
                f.id for f in library.vocabulary.facts.values() if f.subject is kind and f.name == name
            )
            sheet = put(library, sheet, Key(key, 0), sheet.section(kind)[0][name])
    return sheet


def _take_line(library: Library, profile: dict[str, Any], line: str) -> str:
    """Put one line into the profile; or what is wrong with it."""
    name, value = (*_MARK.split(line, maxsplit=1), "")[:2]
    fact, detail = fact_named(library, name)
    if fact is None or not value:
        return detail if value else "应写成“名称：值”，如 所有制：民营企业"
    section = _subject_in(profile, fact.subject)
    if fact.name in section:
        return f"「{fact.name}」前面已经写过"
    said = spoken_value(fact, value)
    read = understand(library, fact, said)
    if read.stated is None:
        return read.detail + (f"；最接近的是：{'、'.join(read.nearest)}" if read.nearest else "")
    section[fact.name] = said
    return ""


def spoken_value(fact: Fact, text: str) -> Any:
    """A text as the value of a fact: lists by 、 where several may be named."""
    if fact.type is FactType.CHOICES:
        exact = {plain(choice.name) for choice in fact.choices}
        return [text] if plain(text) in exact else [part for part in text.split("、") if part]
    return text


def _take_one(library: Library, taken: Taken, key: Key, answer: Given) -> Taken:
    fact = fact_of(library, key)
    value, text = _value(fact, answer), answer.text.strip()
    read = understand(library, fact, value)
    if read.stated is None:
        fault = FieldFault(key=key, detail=read.detail, nearest=read.nearest)
        return replace(taken, faults={**taken.faults, key: fault})
    said = echo(fact, read.stated, text) if text and read.stated.understood != text else ""
    echoes = (*taken.echoes, f"{fact.name}：{said}") if said else taken.echoes
    return replace(taken, sheet=put(library, taken.sheet, key, value), echoes=echoes)


def _value(fact: Fact, answer: Given) -> Any:
    """Own words come before a ticked value: they were typed on purpose."""
    text = answer.text.strip()
    if fact.type is FactType.CHOICES:
        own = spoken_value(fact, text) if text else []
        return list(dict.fromkeys([*answer.values, *own]))
    if text:
        return text
    [value, *_] = answer.values
    return {"是": True, "否": False}.get(value, value) if fact.type is FactType.BOOLEAN else value


def _empty(fact: Fact) -> str:
    if fact.type is FactType.CHOICES:
        return "请至少选一项；说不准的，选“不知道”"
    if fact.type in (FactType.NUMBER, FactType.DATE, FactType.TEXT):
        return "请填写；说不准的，选“不知道”"
    return "请选一项；说不准的，选“不知道”"


def fact_names(library: Library) -> Mapping[str, list[str]]:
    """What a line may begin with, by subject; a name that several subjects have is written with its subject."""
    labels = library.vocabulary.by_label()
    times = Counter(fact.name for fact in labels.values())
    return {
        word: [
            fact.name if times[fact.name] == 1 else label
            for label, fact in labels.items()
            if fact.subject is kind
        ]
        for kind, word in SUBJECT_NAMES.items()
    }


def fact_named(library: Library, name: str) -> tuple[Fact | None, str]:
    """The fact of this name, with or without its subject; otherwise what was perhaps meant."""
    labels = library.vocabulary.by_label()
    if name in labels:
        return labels[name], ""
    same = [fact for fact in labels.values() if fact.name == name]
    if len(same) == 1:
        return same[0], ""
    if same:
        words = "、".join(f"{SUBJECT_NAMES[fact.subject]}.{fact.name}" for fact in same)
        return None, f"「{name}」有几种，请写明是哪一种：{words}"
    near = nearest_word(name, [fact.name for fact in labels.values()])
    return None, f"没有名为「{name[:40]}」的事实" + (f"；是否应为「{near}」？" if near else "")


def _subject_in(profile: dict[str, Any], kind: Subject) -> dict[str, Any]:
    if kind is Subject.ENTERPRISE:
        found: dict[str, Any] = profile.setdefault("enterprise", {})
        return found
    listed: list[dict[str, Any]] = profile.setdefault(SECTIONS[kind], [{}])
    return listed[0]
