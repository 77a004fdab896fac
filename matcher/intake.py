"""From a decoded profile to typed facts: every fault of the input in one go, what is good is kept.

ProfileError        the input cannot be used; ``faults`` lists every reason
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from matcher.derive import contradictions, derive
from matcher.profile import STATED, Notice, Origin, Profile, StatedFact, SubjectFacts
from matcher.resolve import Resolved, resolve_choice, resolve_name, resolve_region
from policies.library import Library
from policies.problems import nearest_word
from policies.quantity import show_number, show_quantity
from policies.rules import Subject, Value
from policies.values import BOOLEANS, UnreadableValueError, exact_value, number_in_unit, show_value
from policies.vocabulary import SUBJECT_NAMES, Fact, FactType, Vocabulary

MAX_SUBJECTS = 50
MAX_TEXT = 200
MAX_DIGITS = 30
MAX_HINTS = 20  # unknown words for which the nearest known one is looked up; it takes a millisecond each
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

# What a profile calls its sections; the first word is the one that is written.
SECTIONS: Mapping[Subject, tuple[str, ...]] = {
    Subject.ENTERPRISE: ("enterprise", "企业"),
    Subject.PROJECT: ("projects", "项目"),
    Subject.ASSET: ("assets", "存量资产", "资产"),
}
_PLACES = {word: words[0] for words in SECTIONS.values() for word in words}


class Fault(Struct, frozen=True, kw_only=True):
    """One thing wrong with an input, at a JSON pointer."""

    pointer: str
    detail: str


class ProfileError(ValueError):
    """A profile that cannot be read; ``faults`` lists everything wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("；".join(f"{fault.pointer}：{fault.detail}" for fault in faults))
        self.faults = tuple(faults)


def read_profile(stated: Mapping[str, Any], library: Library, pointer: str = "/profile") -> Profile:
    """Type, resolve and derive the facts of a decoded JSON or YAML profile.

    Keys are fact keys or their Chinese names; ``null`` means unknown. Raises ProfileError.
    """
    intake = _Intake(library)
    sections = intake.sections(stated, pointer)
    enterprise = sections.get("enterprise")
    profile = Profile(
        enterprise=None if enterprise is None else intake.subject(Subject.ENTERPRISE, 0, *enterprise),
        projects=intake.subjects(Subject.PROJECT, sections.get("projects")),
        assets=intake.subjects(Subject.ASSET, sections.get("assets")),
        notices=tuple(intake.notices),
    )
    if intake.faults:
        raise ProfileError(intake.faults)
    return profile


class _Intake:
    """Gathers faults and notices while one profile is read."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.vocabulary = library.vocabulary
        self.known = {kind: _words(self.vocabulary, kind) for kind in Subject}
        self.faults: list[Fault] = []
        self.notices: list[Notice] = []

    def fault(self, pointer: str, detail: str) -> None:
        self.faults.append(Fault(pointer=pointer, detail=detail))

    def sections(self, stated: Any, pointer: str) -> dict[str, tuple[Any, str]]:
        if not isinstance(stated, Mapping):
            self.fault(pointer, f"应为一组「键: 值」，实为{_kind(stated)}")
            return {}
        found: dict[str, tuple[Any, str]] = {}
        for key, value in stated.items():
            place = f"{pointer}/{_escape(key)}"
            if key not in _PLACES:
                self.fault(place, self._unknown("对象", key, [words[0] for words in SECTIONS.values()]))
            elif _PLACES[key] in found:
                self.fault(place, f"「{key}」与另一个键说的是同一对象")
            elif value is not None:
                found[_PLACES[key]] = (value, place)
        return found

    def subjects(self, kind: Subject, section: tuple[Any, str] | None) -> tuple[SubjectFacts, ...]:
        if section is None:
            return ()
        stated, pointer = section
        if not isinstance(stated, list):
            self.fault(pointer, f"应为列表，实为{_kind(stated)}")
            return ()
        if len(stated) > MAX_SUBJECTS:
            self.fault(pointer, f"一次最多 {MAX_SUBJECTS} 个，实为 {len(stated)} 个")
            return ()
        return tuple(self.subject(kind, index, one, f"{pointer}/{index}") for index, one in enumerate(stated))

    def subject(self, kind: Subject, index: int, stated: Any, pointer: str) -> SubjectFacts:
        facts: dict[str, StatedFact] = {}
        if not isinstance(stated, Mapping):
            self.fault(pointer, f"应为一组「键: 值」，实为{_kind(stated)}")
            stated = {}
        for key, value in stated.items():
            place = f"{pointer}/{_escape(key)}"
            fact = self._fact(kind, key, place)
            if fact is None or value is None:
                continue
            if fact.id in facts:
                self.fault(place, f"「{fact.name}」说了两次（英文键和中文键只用一个）")
                continue
            understood = self._understand(fact, value, place)
            if understood is not None:
                facts[fact.id] = understood
        return self._complete(kind, index, facts, pointer)

    def _complete(
        self, kind: Subject, index: int, facts: dict[str, StatedFact], pointer: str
    ) -> SubjectFacts:
        for fact, derived in contradictions(facts, self.library):
            detail = (
                f"「{fact.name}」填的是{facts[fact.id].understood}，按其他各项推得{derived}；以填写的为准"
            )
            self.notices.append(Notice(pointer=f"{pointer}/{fact.key}", detail=detail))
        known = derive(facts, self.library)
        self._near_projects(facts, known, pointer)
        name = facts.get(f"{kind.value}.name")
        return SubjectFacts(
            kind=kind, index=index, name=None if name is None else str(name.value), facts=known
        )

    def _near_projects(
        self, facts: dict[str, StatedFact], known: dict[str, StatedFact], pointer: str
    ) -> None:
        name = facts.get("project.name")
        if name is None or "project.key_listed" in known:
            return
        near = resolve_name(str(name.value), (row.name for row in self.library.key_projects)).nearest
        if near:
            detail = "名称与省市重点工程项目名单都不一致，未据此判断是否列入；名单里相近的见 nearest"
            self.notices.append(Notice(pointer=f"{pointer}/name", detail=detail, nearest=near))

    def _fact(self, kind: Subject, key: str, place: str) -> Fact | None:
        known = self.known[kind]
        if key not in known:
            self.fault(place, self._unknown(f"{SUBJECT_NAMES[kind]}的事实", key, known))
        return known.get(key)

    def _unknown(self, what: str, key: object, known: Iterable[str]) -> str:
        return f"没有名为「{str(key)[:40]}」的{what}" + self._hint(str(key)[:MAX_TEXT], known)

    def _hint(self, word: str, known: Iterable[str]) -> str:
        near = nearest_word(word, known) if len(self.faults) < MAX_HINTS else ""
        return f"；是否应为「{near}」？" if near else ""

    def _understand(self, fact: Fact, value: Any, place: str) -> StatedFact | None:
        try:
            return self._read(fact, value, place)
        except UnreadableValueError as error:
            hint = self._hint(value, error.known) if isinstance(value, str) else ""
            self.fault(place, f"「{fact.name}」应为{error.expected}，实为{_kind(value)}{hint}")
            return None

    def _read(self, fact: Fact, value: Any, place: str) -> StatedFact | None:
        if isinstance(value, str) and (not value.strip() or len(value) > MAX_TEXT):
            raise UnreadableValueError(f"1 到 {MAX_TEXT} 字的文字")
        if fact.type is FactType.BOOLEAN:
            return self._shown(fact, _boolean(value))
        if fact.type is FactType.NUMBER:
            return self._number(fact, value)
        if fact.type is FactType.CHOICES:
            return self._choices(fact, value, place)
        if not isinstance(value, str):
            raise UnreadableValueError({FactType.DATE: "一个日期，如 2023-06-02"}.get(fact.type, "文字"))
        if fact.type is FactType.CHOICE:
            return self._resolved(fact, resolve_choice(fact, value), value, place)
        if fact.type is FactType.REGION:
            return self._resolved(fact, resolve_region(self.vocabulary, value), value, place)
        if fact.type is FactType.DATE:
            return self._date(fact, value)
        return StatedFact(value.strip(), value.strip())

    def _number(self, fact: Fact, value: Any) -> StatedFact:
        amount = _amount(fact, value)
        if amount < 0:
            raise UnreadableValueError("不小于 0 的数")
        kept = show_quantity(amount, fact.unit)
        said = str(value).strip()
        return StatedFact(amount, kept if said in (kept, show_number(amount)) else f"{said} = {kept}")

    def _date(self, fact: Fact, value: str) -> StatedFact:
        day = exact_value(fact, value, self.vocabulary)
        if not isinstance(day, date) or not EARLIEST <= day <= LATEST:
            raise UnreadableValueError(f"{EARLIEST} 到 {LATEST} 之间的日期")
        return self._shown(fact, day)

    def _choices(self, fact: Fact, value: Any, place: str) -> StatedFact | None:
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and 0 < len(item) <= MAX_TEXT for item in listed):
            raise UnreadableValueError("一个文字列表")
        found = [self._resolved(fact, resolve_choice(fact, item), item, place) for item in listed]
        known = [one for one in found if one is not None]
        if len(known) < len(listed):
            return None
        least = min(known, key=lambda one: one.origin.similarity, default=None)
        names = frozenset(str(one.value) for one in known)
        shown = show_value(fact, names, self.vocabulary)
        return StatedFact(names, shown, STATED if least is None else least.origin)

    def _resolved(self, fact: Fact, found: Resolved, text: str, place: str) -> StatedFact | None:
        if found.value is None:
            near = tuple(show_value(fact, value, self.vocabulary) for value in found.nearest)
            detail = f"「{text}」没有对上「{fact.name}」的任何取值，按未说明处理"
            self.notices.append(Notice(pointer=place, detail=detail, nearest=near))
            return None
        shown = show_value(fact, found.value, self.vocabulary)
        if text == shown:
            return StatedFact(found.value, shown)
        origin = Origin(kind="resolved", source=text, similarity=found.similarity)
        return StatedFact(found.value, shown, origin)

    def _shown(self, fact: Fact, value: Value) -> StatedFact:
        return StatedFact(value, show_value(fact, value, self.vocabulary))


def _words(vocabulary: Vocabulary, kind: Subject) -> dict[str, Fact]:
    """The facts of one subject by all that a profile may call them."""
    facts = [fact for fact in vocabulary.facts.values() if fact.subject is kind]
    return {word: fact for fact in facts for word in (fact.key, fact.name)}


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in BOOLEANS:
        return BOOLEANS[value]
    raise UnreadableValueError("是或否（true 或 false）", tuple(BOOLEANS))


def _amount(fact: Fact, value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise UnreadableValueError(f"一个数，如 {show_quantity(Fraction(3), fact.unit)}")
    if isinstance(value, str):
        return number_in_unit(fact, value)
    exact = (
        Decimal(str(value)) if not isinstance(value, int) or abs(value) < 10**MAX_DIGITS else Decimal("NaN")
    )
    if not exact.is_finite() or (exact and abs(exact.adjusted()) > MAX_DIGITS):
        raise UnreadableValueError(f"位数不超过 {MAX_DIGITS} 的数")
    return Fraction(exact)


def _escape(key: object) -> str:
    return str(key)[:MAX_TEXT].replace("~", "~0").replace("/", "~1")


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "是或否"
    if isinstance(value, str):
        return f"「{value[:40]}」"
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        return "数"
    if isinstance(value, int | float | Decimal):
        return f"数 {str(value)[:40]}"
    return {list: "列表", dict: "一组「键: 值」", type(None): "空"}.get(type(value), type(value).__name__)
