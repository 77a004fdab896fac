"""Several profiles side by side: only what differs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from matcher.intake import Fault
from matcher.match import Summary, Wanted
from matcher.profile import Notice, Profile
from matcher.receipt import Receipt
from policies.library import Library
from policies.vocabulary import SUBJECT_NAMES
from policyhub.services.errors import InputError
from policyhub.services.match import MatchAnswer, Order, Today, answer, profile_of
from policyhub.services.reading import check_day, check_known, read_fields
from policyhub.snapshot import Snapshot

Place = tuple[str, str, int]  # measure or fact id, subject kind, index


class CompareRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two to four profiles, and names for them."""

    profiles: Annotated[list[dict[str, Any]], Meta(min_length=2, max_length=4)]
    names: Annotated[list[str], Meta(max_length=4)] | None = None
    as_of: date | None = None
    measures: list[str] | None = None


class SubjectRef(Struct, frozen=True, kw_only=True):
    """One enterprise, project or asset of a profile."""

    kind: str
    index: int
    name: str | None


class Column(Struct, frozen=True, kw_only=True):
    """One of the profiles, in the order sent."""

    name: str
    summary: Summary
    receipt: Receipt
    warnings: tuple[Notice, ...]


class Cell(Struct, frozen=True, kw_only=True):
    """What one profile gets of one measure."""

    verdict: str
    label: str
    score: int


class MeasureRow(Struct, frozen=True, kw_only=True):
    """A measure on which the profiles differ; a cell is ``null`` where a profile has no such subject."""

    measure_id: str
    title: str
    subject_kind: str
    subject_index: int
    cells: tuple[Cell | None, ...]


class FactRow(Struct, frozen=True, kw_only=True):
    """A fact on which the profiles differ; a value is ``null`` where it is not known."""

    fact: str
    name: str
    subject_kind: str
    subject_index: int
    values: tuple[str | None, ...]


class Comparison(Struct, frozen=True, kw_only=True):
    """Profiles as columns, and as rows only what differs."""

    as_of: date
    columns: tuple[Column, ...]
    measures: tuple[MeasureRow, ...]
    facts: tuple[FactRow, ...]
    library: str


class _Told(Struct, frozen=True):
    """As much of a finding as a cell needs."""

    measure_id: str
    subject: SubjectRef
    verdict: str
    label: str
    score: int


_told = msgspec.json.Decoder(list[_Told])


def compare(snapshot: Snapshot, today: Today, given: object) -> Comparison:
    """Answer a decoded request. Raises InputError with every fault of it."""
    orders, names = _read(snapshot.library, today, given)
    answers = [answer(snapshot, order) for order in orders]
    profiles = [order.profile for order in orders]
    return Comparison(
        as_of=orders[0].as_of,
        columns=tuple(
            _column(place, names, profile, found)
            for place, (profile, found) in enumerate(zip(profiles, answers, strict=True))
        ),
        measures=tuple(_measure_rows(snapshot.library, answers)),
        facts=tuple(_fact_rows(snapshot.library, profiles)),
        library=snapshot.short,
    )


def _read(library: Library, today: Today, given: object) -> tuple[list[Order], list[str]]:
    faults: list[Fault] = []
    fields = read_fields(CompareRequest, given, faults)
    check_day(fields.get("as_of"), faults, "/as_of")
    check_known(library.measures, fields.get("measures"), faults, "/measures")
    stated = fields.get("profiles", [])
    profiles = [profile_of(library, one, faults, f"/profiles/{place}") for place, one in enumerate(stated)]
    if faults:
        raise InputError(faults)
    measures = fields.get("measures")
    wanted = Wanted(measures=None if measures is None else frozenset(measures), detail="brief")
    as_of = fields.get("as_of") or today()
    orders = [
        Order(profile=profile, as_of=as_of, wanted=wanted) for profile in profiles if profile is not None
    ]
    return orders, fields.get("names") or []


def _column(place: int, names: Sequence[str], profile: Profile, found: MatchAnswer) -> Column:
    own = next((subject.name for subject in profile.subjects() if subject.name), None)
    return Column(
        name=names[place] if place < len(names) else own or f"方案 {place + 1}",
        summary=found.summary,
        receipt=found.receipt,
        warnings=found.warnings,
    )


def _measure_rows(library: Library, answers: Sequence[MatchAnswer]) -> Iterable[MeasureRow]:
    columns = [{_place(told): _cell(told) for told in _told.decode(found.findings)} for found in answers]
    order = {name: place for place, name in enumerate(library.measures)}
    for place in sorted(_places(columns), key=lambda place: (order[place[0]], place[2])):
        cells = tuple(column.get(place) for column in columns)
        if len(set(cells)) > 1:
            name, kind, index = place
            title = library.measures[name].title
            yield MeasureRow(
                measure_id=name, title=title, subject_kind=kind, subject_index=index, cells=cells
            )


def _fact_rows(library: Library, profiles: Sequence[Profile]) -> Iterable[FactRow]:
    columns = [
        {
            (name, subject.kind.value, subject.index): stated.understood
            for subject in profile.subjects()
            for name, stated in subject.facts.items()
        }
        for profile in profiles
    ]
    order = {name: place for place, name in enumerate(library.vocabulary.facts)}
    for place in sorted(_places(columns), key=lambda place: (place[1:], order[place[0]])):
        values = tuple(column.get(place) for column in columns)
        if len(set(values)) > 1:
            name, kind, index = place
            fact = library.vocabulary.facts[name]
            shown = f"{SUBJECT_NAMES[fact.subject]}.{fact.name}"
            yield FactRow(fact=name, name=shown, subject_kind=kind, subject_index=index, values=values)


def _places(columns: Iterable[Mapping[Place, object]]) -> set[Place]:
    return {place for column in columns for place in column}


def _place(told: _Told) -> Place:
    return (told.measure_id, told.subject.kind, told.subject.index)


def _cell(told: _Told) -> Cell:
    return Cell(verdict=told.verdict, label=told.label, score=told.score)
