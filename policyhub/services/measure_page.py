"""Everything that the page of a measure shows: the measure, and its words marked in the clause."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from policies.rules import OpenPoint
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.library import show_measure
from policyhub.services.rules import measure_ref
from policyhub.services.views import MeasureRef, MeasureView
from policyhub.snapshot import Snapshot


class Run(Struct, frozen=True, kw_only=True):
    """A run of a clause's text; ``quoted`` where the measure rests on it."""

    text: str
    quoted: bool


class OpenPointsOf(Struct, frozen=True, kw_only=True):
    """What one office would have to settle for this measure."""

    decided_by: str
    points: tuple[OpenPoint, ...]


class MeasurePage(Struct, frozen=True, kw_only=True):
    """A measure as its page shows it."""

    measure: MeasureView
    clause: CitedClause
    runs: tuple[Run, ...]
    open_points: tuple[OpenPointsOf, ...]
    others: tuple[MeasureRef, ...]


def show_measure_page(snapshot: Snapshot, name: str, as_of: date) -> MeasurePage:
    """The page of a measure. Raises NotFoundError."""
    view, library = show_measure(snapshot, name, as_of), snapshot.library
    siblings = library.encoded_by_id[view.clause_id].measures
    return MeasurePage(
        measure=view,
        clause=cited_clause(library, view.clause_id),
        runs=tuple(runs(library.clauses[view.clause_id].text, view.quotes)),
        open_points=_by_unit(view.open_points),
        others=tuple(measure_ref(one) for one in siblings if one.id != name),
    )


def runs(text: str, quotes: Sequence[str]) -> Iterator[Run]:
    """The text cut at the edges of the quotes, nothing added or lost."""
    marked = bytearray(len(text))
    for quote in quotes:
        start = text.find(quote)
        if start >= 0:
            marked[start : start + len(quote)] = b"\1" * len(quote)
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marked[end] != marked[start]:
            yield Run(text=text[start:end], quoted=bool(marked[start]))
            start = end


def _by_unit(points: Sequence[OpenPoint]) -> tuple[OpenPointsOf, ...]:
    units = dict.fromkeys(point.decided_by for point in points)
    return tuple(
        OpenPointsOf(decided_by=unit, points=tuple(one for one in points if one.decided_by == unit))
        for unit in units
    )
