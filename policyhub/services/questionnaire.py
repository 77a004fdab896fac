"""The questions of the self-check: which to ask next and why, what is settled, what the last answer settled.

Everything is computed from the sheet that came with the form; nothing is kept between two steps.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from matcher.evaluate import grounds
from matcher.finding import LABELS
from matcher.match import Summary, Wanted
from matcher.predicates import Ground, Outcome
from matcher.profile import Profile, StatedFact
from matcher.questions import Lack, Question, questions
from matcher.truth import Truth
from policies.rules import Subject, conditions
from policies.values import BOOLEANS
from policies.vocabulary import Fact, FactType, Vocabulary
from policyhub.services.answering import Given
from policyhub.services.match import Order, Today, answer
from policyhub.services.measure_text import texts_of
from policyhub.services.reasons import origin
from policyhub.services.result import ASKED_NEXT, Result, progress, result
from policyhub.services.sheet import (
    Key,
    Sheet,
    fact_of,
    full,
    holds,
    profile_in,
    subject_word,
    unsure,
    value_at,
)
from policyhub.snapshot import Snapshot

MOST_AT_ONCE = 8
MOST_DOUBTS = 3  # 不知道 in a row, after which the result is offered first
_TRUTHS = {truth.name.lower(): truth for truth in Truth}
_VERDICTS = {Truth.TRUE: "eligible", Truth.FALSE: "ineligible"}


class _Condition(Struct, frozen=True):
    result: str
    ground: Ground | None


class _Missing(Struct, frozen=True):
    fact: str


class _Subject(Struct, frozen=True):
    index: int


class _Finding(Struct, frozen=True):
    """As much of a finding as the next question needs."""

    measure_id: str
    subject: _Subject
    verdict: str
    label: str
    conditions: tuple[_Condition, ...]
    missing: tuple[_Missing, ...]


_findings = msgspec.json.Decoder(list[_Finding])


class Use(Struct, frozen=True, kw_only=True):
    """A measure that asks for a fact, and the clause it stands in."""

    title: str
    cited: str
    heading: str
    address: str


class Field(Struct, frozen=True, kw_only=True):
    """One question as a form field. ``findings`` still hang on it; ``uses`` are the measures that ask for it."""

    key: Key
    subject: str
    name: str
    question: str
    help: str
    proof: str
    type: str
    unit: str
    options: tuple[str, ...]
    ticked: tuple[str, ...]
    text: str
    unsure: bool
    findings: int
    uses: tuple[Use, ...]


class Row(Struct, frozen=True, kw_only=True):
    """One fact of the sheet: what was understood; ``unsure`` for 不知道, ``derived`` for what follows from others."""

    key: Key
    name: str
    value: str
    note: str
    unsure: bool
    derived: bool


class Told(Struct, frozen=True, kw_only=True):
    """One subject of the sheet with its facts."""

    kind: str
    index: int
    word: str
    rows: tuple[Row, ...]


class Settled(Struct, frozen=True, kw_only=True):
    """A measure that the last answer settled."""

    title: str
    verdict: str
    label: str
    address: str


class Step(Struct, frozen=True, kw_only=True):
    """What the page of a step shows. Without ``fields`` it has stopped by itself.

    ``enough``: the next questions settle next to nothing, or the last few answers were 不知道.
    """

    summary: Summary
    settled: int
    total: int
    progress: str
    enough: bool
    fields: tuple[Field, ...]
    newly: tuple[Settled, ...]
    newly_more: int
    told: tuple[Told, ...]
    may_add: tuple[str, ...]
    warnings: tuple[str, ...]
    back: Key | None


class _Open(NamedTuple):
    found: list[_Finding]
    questions: tuple[Question, ...]
    summary: Summary


def step(  # noqa: PLR0913 what was said, what to show, and what stood before
    snapshot: Snapshot,
    today: Today,
    sheet: Sheet,
    *,
    before: Sheet | None = None,
    at: Key | None = None,
    several: bool = False,
    given: Mapping[Key, Given] | None = None,
) -> Step:
    """The next step: the question ``at``, or the next one, or several. ``given`` refills fields that had a fault."""
    profile = profile_in(snapshot.library, sheet)
    state = _open(snapshot, today, sheet, profile)
    waiting = [Key(one.fact, one.index) for one in state.questions]
    if given:
        keys = list(given)
    elif at is not None:
        keys = [at]
    else:
        keys = waiting[: MOST_AT_ONCE if several else 1]
    counts = {Key(one.fact, one.index): one.findings for one in state.questions}
    newly = list(_newly(snapshot, state.found, profile, before)) if before is not None else []
    fields = [_field(snapshot, sheet, key, counts.get(key, 0), (given or {}).get(key)) for key in keys]
    if several:
        fields.sort(
            key=lambda field: [kind.value for kind in Subject].index(field.key.fact.partition(".")[0])
        )
    return Step(
        summary=state.summary,
        settled=state.summary.eligible + state.summary.ineligible,
        total=state.summary.eligible + state.summary.undetermined + state.summary.ineligible,
        progress=progress(state.questions),
        enough=_enough(sheet, unsure(snapshot.library, sheet), state.questions),
        fields=tuple(fields),
        newly=tuple(newly[:MOST_AT_ONCE]),
        newly_more=max(0, len(newly) - MOST_AT_ONCE),
        told=tuple(_told(snapshot, sheet, profile)),
        may_add=tuple(kind.value for kind in Subject if not full(sheet, kind)),
        warnings=tuple(
            f"{notice.detail}{'：' + '、'.join(notice.nearest) if notice.nearest else ''}"
            for notice in profile.notices
        ),
        back=_back(sheet, at if at is not None else (keys[0] if keys else None)),
    )


def _enough(sheet: Sheet, doubts: frozenset[Key], left: Sequence[Question]) -> bool:
    few = left[:ASKED_NEXT][-1].settles < ASKED_NEXT if left else True
    last = sheet.trail[-MOST_DOUBTS:]
    return few or (len(last) == MOST_DOUBTS and doubts.issuperset(last))


class Hanging(Struct, frozen=True, kw_only=True):
    """A fact answered with 不知道, and how many findings hang on it."""

    key: Key
    subject: str
    name: str
    question: str
    findings: int


class Left(Struct, frozen=True, kw_only=True):
    """What could still be asked: the next question, how far it leads, and what hangs on 不知道."""

    next: Question | None
    progress: str
    unsure: tuple[Hanging, ...]


def result_of(snapshot: Snapshot, today: Today, sheet: Sheet) -> Result:
    """The result of what is filled in, every card explained."""
    return result(snapshot, _order(snapshot, today, sheet), sheet.profile)


def hanging(snapshot: Snapshot, today: Today, sheet: Sheet, every: Sequence[Question]) -> Left:
    """What is left to ask, and what turns on 不知道; ``every`` are the questions of the result."""
    doubts = unsure(snapshot.library, sheet)
    left = _open(snapshot, today, sheet, profile_in(snapshot.library, sheet)).questions if doubts else every
    return Left(
        next=left[0] if left else None,
        progress=progress(left),
        unsure=tuple(
            Hanging(
                key=Key(one.fact, one.index),
                subject=subject_word(sheet, one.subject, one.index),
                name=one.name,
                question=one.question,
                findings=one.findings,
            )
            for one in every
            if Key(one.fact, one.index) in doubts
        ),
    )


def _order(snapshot: Snapshot, today: Today, sheet: Sheet) -> Order:
    return Order(profile=profile_in(snapshot.library, sheet), as_of=sheet.as_of or today(), wanted=Wanted())


def _open(snapshot: Snapshot, today: Today, sheet: Sheet, profile: Profile) -> _Open:
    """The findings, and the questions without those answered 不知道.

    A finding that hangs on one of those cannot be settled by the others alone, so it is not counted as such.
    """
    found = answer(snapshot, Order(profile=profile, as_of=sheet.as_of or today(), wanted=Wanted()))
    told = _findings.decode(found.findings)
    doubts = unsure(snapshot.library, sheet)
    if not doubts:
        return _Open(told, found.questions, found.summary)
    lacks = [_lack(snapshot, one, doubts) for one in told if one.missing]
    left = questions([lack for lack in lacks if lack.needs], snapshot.library.vocabulary)
    return _Open(told, left, found.summary)


def _lack(snapshot: Snapshot, finding: _Finding, doubts: frozenset[Key]) -> Lack:
    vocabulary = snapshot.library.vocabulary
    needs = {_need(vocabulary.facts[one.fact], finding.subject.index) for one in finding.missing}
    only_facts = finding.label == LABELS["missing"] and _only_facts(snapshot, finding)
    return Lack(frozenset(needs - doubts), only_facts and not needs & doubts)


def _only_facts(snapshot: Snapshot, finding: _Finding) -> bool:
    """Whether the verdict hangs on facts not stated and on nothing else."""
    if all(one.ground in (None, Ground.NOT_STATED) for one in finding.conditions):
        return True
    outcomes = [Outcome(_TRUTHS[one.result], one.ground) for one in finding.conditions]
    return grounds(snapshot.library.measures[finding.measure_id].rule, outcomes) == {Ground.NOT_STATED}


def _need(fact: Fact, index: int) -> Key:
    return Key(fact.id, 0 if fact.subject is Subject.ENTERPRISE else index)


def _newly(
    snapshot: Snapshot, found: Sequence[_Finding], profile: Profile, before: Sheet
) -> Iterator[Settled]:
    """What is settled now and was not before."""
    old = profile_in(snapshot.library, before)
    if [(one.kind, one.index) for one in old.subjects()] != [
        (one.kind, one.index) for one in profile.subjects()
    ]:
        return
    was = {(name, index): truth for name, index, truth in snapshot.matcher.verdicts(old)}
    texts = texts_of(snapshot.library)
    for one in found:
        if one.verdict in _VERDICTS.values() and was[one.measure_id, one.subject.index] is Truth.UNKNOWN:
            text = texts[one.measure_id].text
            yield Settled(title=text.title, verdict=one.verdict, label=one.label, address=text.address)


def _field(snapshot: Snapshot, sheet: Sheet, key: Key, findings: int, given: Given | None) -> Field:
    library = snapshot.library
    fact, value = fact_of(library, key), value_at(library, sheet, key)
    options = _options(fact, library.vocabulary)
    said = given or _given(fact, value, options, known=holds(library, sheet, key))
    return Field(
        key=key,
        subject=subject_word(sheet, fact.subject, key.number),
        name=fact.name,
        question=fact.question,
        help=fact.help,
        proof=fact.proof,
        type=fact.type.value,
        unit=fact.unit or "",
        options=options,
        ticked=said.values,
        text=said.text,
        unsure=said.unsure,
        findings=findings,
        uses=tuple(_uses(snapshot, sheet, fact)),
    )


def _options(fact: Fact, vocabulary: Vocabulary) -> tuple[str, ...]:
    if fact.type is FactType.BOOLEAN:
        return tuple(BOOLEANS)
    if fact.type is FactType.REGION:
        tops = {region.parent for region in vocabulary.regions.values() if region.parent is not None}
        listed = (
            one for one in vocabulary.regions.values() if one.parent is not None or one.code not in tops
        )
        return tuple(region.name for region in listed)
    return tuple(choice.name for choice in fact.choices)


def _given(fact: Fact, value: object, options: Sequence[str], *, known: bool) -> Given:
    """An answer of the sheet as the fields would have it."""
    if value is None:
        return Given(unsure=known)
    if isinstance(value, bool):
        return Given(values=("是" if value else "否",))
    if isinstance(value, list):
        ticked = tuple(str(one) for one in value if one in options)
        return Given(values=ticked, text="、".join(str(one) for one in value if one not in options))
    text = str(value)
    if fact.type in (FactType.CHOICE, FactType.REGION, FactType.BOOLEAN) and text in options:
        return Given(values=(text,))
    return Given(text=text)


def _uses(snapshot: Snapshot, sheet: Sheet, fact: Fact) -> Iterator[Use]:
    """Measures of the subjects at hand whose conditions ask for this fact, or for one that follows from it."""
    library, kinds = snapshot.library, sheet.kinds
    wanted = {fact.id} | {
        other.id
        for other in library.vocabulary.facts.values()
        if other.derivation and fact.id in other.derivation.inputs
    }
    texts = texts_of(library)
    for measure in library.measures.values():
        if measure.subject in kinds and any(one.fact in wanted for one in conditions(measure.rule)):
            text = texts[measure.id].text
            yield Use(title=text.title, cited=text.cited, heading=text.heading, address=text.clause_address)


def _told(snapshot: Snapshot, sheet: Sheet, profile: Profile) -> Iterator[Told]:
    for subject in profile.subjects():
        yield Told(
            kind=subject.kind.value,
            index=subject.index,
            word=subject.name or subject_word(sheet, subject.kind, subject.index),
            rows=tuple(_rows(snapshot, sheet, subject.kind, subject.index, subject.facts)),
        )


def _rows(
    snapshot: Snapshot, sheet: Sheet, kind: Subject, index: int, known: Mapping[str, StatedFact]
) -> Iterator[Row]:
    library = snapshot.library
    for fact in library.vocabulary.facts.values():
        key = Key(fact.id, index)
        if fact.subject is not kind or (fact.id not in known and not holds(library, sheet, key)):
            continue
        stated = known.get(fact.id)
        said = holds(library, sheet, key)
        yield Row(
            key=key,
            name=fact.name,
            value=stated.understood
            if stated
            else "不知道"
            if value_at(library, sheet, key) is None
            else "没有对上",
            note=origin(stated.origin) if stated and stated.origin.kind != "stated" else "",
            unsure=stated is None,
            derived=stated is not None and not (said and value_at(library, sheet, key) is not None),
        )


def _back(sheet: Sheet, at: Key | None) -> Key | None:
    """The answer before this one, or the last."""
    if at in sheet.trail:
        place = sheet.trail.index(at)
        return sheet.trail[place - 1] if place else None
    return sheet.trail[-1] if sheet.trail else None
