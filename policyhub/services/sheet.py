"""What a person has filled in so far: a profile as any caller would send it, and the order in which it was said.

The sheet travels in the form of the page; the service keeps none of it. ``不知道`` is ``null`` in the profile,
which the matcher takes as not stated, so the same JSON can be saved, sent to the API or opened again.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.json import Encoder
from msgspec.structs import replace

from matcher import intake
from matcher.intake import MAX_SUBJECTS, Fault, read_profile
from matcher.profile import Profile
from policies.library import Library
from policies.rules import Subject
from policies.vocabulary import SUBJECT_NAMES, Fact, Vocabulary
from policyhub.services.errors import InputError
from policyhub.services.match import profile_of
from policyhub.services.profile_text import read_profile_text
from policyhub.services.reading import check_day

SECTIONS: Mapping[Subject, str] = {kind: words[0] for kind, words in intake.SECTIONS.items()}
_SPOKEN = {word: words[0] for words in intake.SECTIONS.values() for word in words}
_json = Encoder(decimal_format="number")


class Key(NamedTuple):
    """One fact of one subject; as text ``project.place@0``."""

    fact: str
    number: int

    def __str__(self) -> str:
        return f"{self.fact}@{self.number}"


class Sheet(Struct, frozen=True, kw_only=True):
    """The profile with Chinese fact names, the keys in the order answered, and the day asked for."""

    profile: dict[str, Any]
    trail: tuple[Key, ...] = ()
    as_of: date | None = None

    def section(self, kind: Subject) -> list[dict[str, Any]]:
        """The subjects of one kind."""
        stated = self.profile.get(SECTIONS[kind])
        return [] if stated is None else [stated] if isinstance(stated, dict) else stated

    @property
    def kinds(self) -> list[Subject]:
        """The kinds of subject that the profile has."""
        return [kind for kind in Subject if self.section(kind)]

    @property
    def said(self) -> int:
        """How many facts are answered, 不知道 among them."""
        return sum(len(one) for kind in Subject for one in self.section(kind))


def new_sheet(enterprise: bool, projects: int, assets: int) -> Sheet:
    """An empty sheet for what somebody has."""
    profile: dict[str, Any] = {"enterprise": {}} if enterprise else {}
    for name, number in (("projects", projects), ("assets", assets)):
        if number:
            profile[name] = [{} for _ in range(min(number, MAX_SUBJECTS))]
    return Sheet(profile=profile)


def read_key(vocabulary: Vocabulary, text: str) -> Key | None:
    """A key from its text; ``None`` where there is no such fact."""
    fact, _, number = text.partition("@")
    index = read_index(number)
    return Key(fact, index) if fact in vocabulary.facts and index is not None else None


def read_index(text: str) -> int | None:
    """The place of a subject among its kind; ``None`` for anything else than one or two digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None  # noqa: PLR2004 two digits do


def open_sheet(library: Library, given: Any, trail: str = "") -> Sheet:
    """A sheet from decoded JSON or YAML: a profile, or a request with a profile. Raises InputError."""
    asked = given if isinstance(given, Mapping) and "profile" in given else {"profile": given}
    faults: list[Fault] = []
    stated = {} if asked["profile"] is None else asked["profile"]
    profile_of(library, stated, faults, "")
    day = asked.get("as_of")
    as_of = _day(day, faults)
    if faults:
        raise InputError(faults)
    sheet = Sheet(profile=_named(library.vocabulary, stated), as_of=as_of)
    keys = [
        key
        for word in trail.split()
        if (key := read_key(library.vocabulary, word)) and holds(library, sheet, key)
    ]
    return replace(sheet, trail=tuple(dict.fromkeys(keys or _keys(library, sheet))))


def read_sheet(library: Library, text: bytes, trail: str = "") -> Sheet:
    """A sheet from the text of a file or a form. Raises InputError."""
    return open_sheet(library, read_profile_text(text, "所填的内容"), trail)


def write_profile(sheet: Sheet) -> str:
    """The profile as JSON on one line, for the form."""
    return _json.encode(sheet.profile).decode()


def write_file(sheet: Sheet, as_of: date) -> bytes:
    """The sheet as a file to keep: a match request as the API takes it."""
    return _json.encode({"profile": sheet.profile, "as_of": as_of.isoformat()})


def profile_in(library: Library, sheet: Sheet) -> Profile:
    """The profile, typed. A sheet has been read without fault."""
    return read_profile(sheet.profile, library)


def fact_of(library: Library, key: Key) -> Fact:
    """The fact that a key speaks of."""
    return library.vocabulary.facts[key.fact]


def holds(library: Library, sheet: Sheet, key: Key) -> bool:
    """Whether the sheet says something of this fact, be it 不知道."""
    return fact_of(library, key).name in _subject(library, sheet, key)


def value_at(library: Library, sheet: Sheet, key: Key) -> Any:
    """What the sheet says of this fact; ``None`` for 不知道 and for nothing."""
    return _subject(library, sheet, key).get(fact_of(library, key).name)


def unsure(library: Library, sheet: Sheet) -> frozenset[Key]:
    """The facts answered with 不知道."""
    return frozenset(key for key in _keys(library, sheet) if value_at(library, sheet, key) is None)


def has_subject(library: Library, sheet: Sheet, key: Key) -> bool:
    """Whether the sheet has the subject that a key speaks of.

    Rules on projects and assets ask for facts of their enterprise as well, so that may always be spoken of.
    """
    kind = fact_of(library, key).subject
    return key.number < (1 if kind is Subject.ENTERPRISE else len(sheet.section(kind)))


def put(library: Library, sheet: Sheet, key: Key, value: Any) -> Sheet:
    """The sheet with one answer; ``None`` is 不知道."""
    name = fact_of(library, key).name
    changed = _changed(library, sheet, key, lambda said: {**said, name: value})
    trail = sheet.trail if key in sheet.trail else (*sheet.trail, key)
    return replace(changed, trail=trail)


def forget(library: Library, sheet: Sheet, key: Key) -> Sheet:
    """The sheet without one answer."""
    name = fact_of(library, key).name
    changed = _changed(
        library, sheet, key, lambda said: {word: value for word, value in said.items() if word != name}
    )
    return replace(changed, trail=tuple(one for one in sheet.trail if one != key))


def add_subject(sheet: Sheet, kind: Subject) -> Sheet:
    """One subject more; as it is where there are as many as one may have."""
    if full(sheet, kind):
        return sheet
    if kind is Subject.ENTERPRISE:
        return replace(sheet, profile={"enterprise": {}, **sheet.profile})
    return replace(sheet, profile={**sheet.profile, SECTIONS[kind]: [*sheet.section(kind), {}]})


def full(sheet: Sheet, kind: Subject) -> bool:
    """Whether there are as many subjects of this kind as one may have."""
    if kind is Subject.ENTERPRISE:
        return "enterprise" in sheet.profile
    return len(sheet.section(kind)) >= MAX_SUBJECTS


def drop_subject(library: Library, sheet: Sheet, kind: Subject, index: int) -> Sheet:
    """One subject less; those after it move up."""
    left = [one for place, one in enumerate(sheet.section(kind)) if place != index]
    profile = {name: value for name, value in sheet.profile.items() if name != SECTIONS[kind]}
    if left:
        profile[SECTIONS[kind]] = left
    trail = []
    for key in sheet.trail:
        own = fact_of(library, key).subject is kind
        if not own or key.number < index:
            trail.append(key)
        elif key.number > index:
            trail.append(Key(key.fact, key.number - 1))
    return replace(sheet, profile=profile, trail=tuple(trail))


def subject_word(sheet: Sheet, kind: Subject, index: int) -> str:
    """企业; 项目; 项目 2 where there are several."""
    several = len(sheet.section(kind)) > 1
    return SUBJECT_NAMES[kind] + (f" {index + 1}" if several else "")


def _changed(library: Library, sheet: Sheet, key: Key, change: Any) -> Sheet:
    kind = fact_of(library, key).subject
    present = sheet.section(kind) or ([{}] if kind is Subject.ENTERPRISE else [])
    subjects = [change(one) if place == key.number else one for place, one in enumerate(present)]
    stated = subjects[0] if kind is Subject.ENTERPRISE and subjects else subjects
    return replace(sheet, profile={**sheet.profile, SECTIONS[kind]: stated})


def _subject(library: Library, sheet: Sheet, key: Key) -> dict[str, Any]:
    subjects = sheet.section(fact_of(library, key).subject)
    return subjects[key.number] if key.number < len(subjects) else {}


def _keys(library: Library, sheet: Sheet) -> Iterator[Key]:
    """Every fact of the sheet that something is said of, subject by subject."""
    for kind in Subject:
        ids = {fact.name: fact.id for fact in library.vocabulary.facts.values() if fact.subject is kind}
        for index, said in enumerate(sheet.section(kind)):
            yield from (Key(ids[name], index) for name in said)


def _named(vocabulary: Vocabulary, profile: Mapping[str, Any]) -> dict[str, Any]:
    """The profile with one name for each thing: English sections, Chinese facts."""
    stated = {_SPOKEN.get(name, name): section for name, section in profile.items() if section is not None}
    named: dict[str, Any] = {}
    for kind, name in SECTIONS.items():
        if name in stated:
            names = {fact.key: fact.name for fact in vocabulary.facts.values() if fact.subject is kind}
            listed = stated[name] if isinstance(stated[name], list) else [stated[name]]
            subjects = [{names.get(key, key): value for key, value in one.items()} for one in listed]
            named[name] = subjects[0] if kind is Subject.ENTERPRISE else subjects
    return {name: subjects for name, subjects in named.items() if subjects or name == "enterprise"}


def _day(text: object, faults: list[Fault]) -> date | None:
    if text in (None, ""):
        return None
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        faults.append(Fault(pointer="/as_of", detail=f"应为日期，如 2023-06-02，实为「{str(text)[:40]}」"))
        return None
    check_day(day, faults, "/as_of")
    return day
