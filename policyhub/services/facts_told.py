"""The facts of a profile as stated and as understood, side by side."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from matcher.intake import SECTIONS
from matcher.profile import Origin, Profile, SubjectFacts
from policies.rules import Subject
from policies.vocabulary import Fact, Vocabulary
from policyhub.services.labels import SUBJECTS
from policyhub.services.reasons import origin

NOT_USED = "没有对上任何取值，按未说明处理"
NOT_SAID = "（没有填写）"


class FactLine(Struct, frozen=True, kw_only=True):
    """One fact: as stated, as understood, and where what was understood came from.

    ``note`` is that origin where it tells more than the stated words do; else empty.
    """

    subject: str
    fact: str
    name: str
    stated: str
    understood: str
    origin: str
    note: str
    used: bool


def tell_facts(stated: Mapping[str, Any], profile: Profile, vocabulary: Vocabulary) -> tuple[FactLine, ...]:
    """Every fact stated or derived, by subject."""
    return tuple(
        line
        for subject in profile.subjects()
        for line in _lines(subject, _said(stated, subject), profile, vocabulary)
    )


def subject_words(subject: SubjectFacts, profile: Profile) -> str:
    """企业; 项目“科源光伏”; 项目 2 where it has no name and is not the only one."""
    kind = SUBJECTS[subject.kind.value]
    if subject.name:
        return f"{kind}“{subject.name}”"
    alike = sum(other.kind is subject.kind for other in profile.subjects())
    return f"{kind} {subject.index + 1}" if alike > 1 else kind


def _said(stated: Mapping[str, Any], subject: SubjectFacts) -> Mapping[str, Any]:
    section = next(stated[word] for word in SECTIONS[subject.kind] if stated.get(word) is not None)
    found: Mapping[str, Any] = section if subject.kind is Subject.ENTERPRISE else section[subject.index]
    return found


def _lines(
    subject: SubjectFacts, said: Mapping[str, Any], profile: Profile, vocabulary: Vocabulary
) -> Iterator[FactLine]:
    """What was stated, in the order stated; then what follows from it."""
    words = subject_words(subject, profile)
    facts = [fact for fact in vocabulary.facts.values() if fact.subject is subject.kind]
    called = {word: fact for fact in facts for word in (fact.key, fact.name)}
    stated = {called[key].id: value for key, value in said.items() if value is not None}
    for name in (*stated, *(fact.id for fact in facts if fact.id in subject.facts.keys() - stated.keys())):
        fact, known = vocabulary.facts[name], subject.facts.get(name)
        shown = _shown(stated[name], fact) if name in stated else NOT_SAID
        yield FactLine(
            subject=words,
            fact=name,
            name=fact.name,
            stated=shown,
            understood=NOT_USED if known is None else known.understood.rpartition(" = ")[2],
            origin="" if known is None else origin(known.origin),
            note="" if known is None or _plain(known.origin, shown) else origin(known.origin),
            used=known is not None,
        )


def _plain(given: Origin, shown: str) -> bool:
    exact = given.kind == "resolved" and given.source == shown and given.similarity == 1
    return given.kind == "stated" or exact


def _shown(given: object, fact: Fact) -> str:
    if isinstance(given, bool):
        return "是" if given else "否"
    if isinstance(given, list):
        return "、".join(str(one) for one in given)
    if isinstance(given, int | float | Decimal):
        return f"{given}（{fact.unit}）" if fact.unit else str(given)
    return str(given)
