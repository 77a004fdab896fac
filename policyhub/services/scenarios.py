"""Scenarios to compare: what is filled in now, and the same with a few facts changed, or another profile."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from matcher.intake import Fault
from policies.library import Library
from policyhub.services.answering import fact_named, spoken_value, understand
from policyhub.services.compare import Comparison, MeasureRow, compare
from policyhub.services.errors import InputError
from policyhub.services.match import Today
from policyhub.services.sheet import Key, Sheet, has_subject, put, read_sheet
from policyhub.snapshot import Snapshot

PRESENT = "现在填的"
MOST = 3
ROWS = 4


class Scenario(Struct, frozen=True, kw_only=True):
    """One other case as it was filled in: changed facts by name, or a whole profile as text."""

    name: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    pasted: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was filled in."""
        return not self.pasted.strip() and not any(name or value for name, value in self.changes)


class Compared(Struct, frozen=True, kw_only=True):
    """The comparison, once there are two cases without fault; ``faults`` by the number of the scenario.

    ``measures`` are those that a person would be told otherwise about; a mere score is not listed.
    """

    comparison: Comparison | None
    measures: tuple[MeasureRow, ...]
    faults: dict[int, tuple[Fault, ...]]


def compare_scenarios(
    snapshot: Snapshot, today: Today, sheet: Sheet, scenarios: Sequence[Scenario]
) -> Compared:
    """What differs between the present facts and each scenario that was filled in."""
    cases: list[tuple[str, dict[str, Any]]] = [(PRESENT, sheet.profile)]
    faults: dict[int, tuple[Fault, ...]] = {}
    for number, scenario in enumerate(scenarios[:MOST], start=1):
        if scenario.empty:
            continue
        try:
            changed = _changed(snapshot.library, sheet, scenario)
        except InputError as error:
            faults[number] = error.faults
        else:
            cases.append((scenario.name or f"方案 {number}", changed.profile))
    found = _compare(snapshot, today, cases, sheet.as_of) if len(cases) > 1 else None
    rows = () if found is None else found.measures
    return Compared(comparison=found, measures=tuple(row for row in rows if _told_apart(row)), faults=faults)


def _told_apart(row: MeasureRow) -> bool:
    return len({cell and cell.label for cell in row.cells}) > 1


def _compare(
    snapshot: Snapshot, today: Today, cases: Sequence[tuple[str, dict[str, Any]]], as_of: date | None
) -> Comparison:
    given: dict[str, Any] = {"profiles": [one for _, one in cases], "names": [name for name, _ in cases]}
    if as_of is not None:
        given["as_of"] = as_of
    return compare(snapshot, today, given)


def _changed(library: Library, sheet: Sheet, scenario: Scenario) -> Sheet:
    """The sheet of a scenario. Raises InputError with every change that cannot be read."""
    if scenario.pasted.strip():
        if any(name or value for name, value in scenario.changes):
            raise InputError([Fault(pointer="", detail="改的几项和另一份所填的情况，只能用一样")])
        return read_sheet(library, scenario.pasted.encode())
    faults: list[Fault] = []
    for number, (name, value) in enumerate(scenario.changes, start=1):
        if name or value:
            sheet = _change(library, sheet, name, value, faults, pointer=f"第 {number} 项")
    if faults:
        raise InputError(faults)
    return sheet


def _change(  # noqa: PLR0913 one change, and where its fault goes
    library: Library, sheet: Sheet, name: str, value: str, faults: list[Fault], *, pointer: str
) -> Sheet:
    fact, detail = fact_named(library, name)
    if fact is None:
        faults.append(Fault(pointer=pointer, detail=detail))
        return sheet
    key = Key(fact.id, 0)
    if not has_subject(library, sheet, key):
        faults.append(Fault(pointer=pointer, detail=f"“{fact.label}”说的对象没有填，请先在自测里加上"))
        return sheet
    said = spoken_value(fact, value) if value else None
    if said is not None:
        read = understand(library, fact, said)
        if read.stated is None:
            near = f"；最接近的是：{'、'.join(read.nearest)}" if read.nearest else ""
            faults.append(Fault(pointer=pointer, detail=read.detail + near))
            return sheet
    return put(library, sheet, key, said)
