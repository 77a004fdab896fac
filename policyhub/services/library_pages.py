"""What the pages about the library show beside ``show_library``: coverage by clause, open points, key projects, sources."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec import Struct

from policies.key_projects import KeyProjectRow
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.coverage import CoverageView, CoveredText, OpenPointRef, show_coverage
from policyhub.services.slices import Slice, slice_of
from policyhub.snapshot import Snapshot

_ROWS = 40
_POINTS = 40
_OPENING = 28  # characters
_STOP = re.compile("[，。；：\n]")


class CoveredClause(Struct, frozen=True, kw_only=True):
    """The texts of one clause on the coverage map; ``clause`` is ``None`` for titles and notices between clauses."""

    clause: CitedClause | None
    texts: tuple[CoveredText, ...]


class CoveragePage(Struct, frozen=True, kw_only=True):
    """The coverage map of a document, clause by clause."""

    title: str
    coverage: CoverageView
    clauses: tuple[CoveredClause, ...]


class OpenPointsPage(Struct, frozen=True, kw_only=True):
    """Open points: how many each office has, and one page of those asked for."""

    units: tuple[tuple[str, int], ...]
    unit: str | None
    points: Slice[OpenPointRef]


class KeyProjectsAsked(Struct, frozen=True, kw_only=True):
    """How the list of key projects is filtered; an empty word filters nothing."""

    words: str = ""
    section: str = ""
    level: str = ""


class KeyProjectsPage(Struct, frozen=True, kw_only=True):
    """Rows of the printed list that fit, and how many rows each section has."""

    sections: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]
    rows: Slice[KeyProjectRow]
    total: int


def mapped_documents(snapshot: Snapshot) -> tuple[str, ...]:
    """The documents that have a coverage map: those of which something is encoded."""
    return tuple(dict.fromkeys(clause.id.partition("/")[0] for clause in snapshot.library.encoded))


def openings(snapshot: Snapshot, name: str) -> Mapping[str, str]:
    """The first words of each clause of a document that has no heading, as printed, by clause id."""
    clauses = snapshot.library.documents_by_id[name].clauses
    return {clause.id: _opening(clause.body) for clause in clauses if not clause.heading}


def show_coverage_page(snapshot: Snapshot, name: str) -> CoveragePage:
    """The coverage map of one document. Raises NotFoundError."""
    coverage, library = show_coverage(snapshot, name), snapshot.library
    return CoveragePage(
        title=library.documents_by_id[name].title,
        coverage=coverage,
        clauses=tuple(
            CoveredClause(clause=cited_clause(library, key) if key else None, texts=tuple(texts))
            for key, texts in groupby(coverage.texts, lambda text: text.clause_id)
        ),
    )


def show_open_points(snapshot: Snapshot, unit: str | None, number: int) -> OpenPointsPage:
    """The open points of one office, or of all."""
    by_unit: dict[str, list[OpenPointRef]] = {}
    for name in mapped_documents(snapshot):
        for group in show_coverage(snapshot, name).open_points:
            by_unit.setdefault(group.unit, []).extend(group.points)
    chosen = by_unit.get(unit, []) if unit else [point for points in by_unit.values() for point in points]
    return OpenPointsPage(
        units=_counted({name: len(points) for name, points in by_unit.items()}),
        unit=unit,
        points=slice_of(chosen, number, _POINTS),
    )


def show_key_projects(snapshot: Snapshot, asked: KeyProjectsAsked, number: int) -> KeyProjectsPage:
    """The printed list, filtered; its own order is kept."""
    rows = snapshot.library.key_projects
    fitting = [row for row in rows if _fits(row, asked)]
    return KeyProjectsPage(
        sections=_kept(row.section for row in rows),
        levels=_kept(row.level for row in rows),
        rows=slice_of(fitting, number, _ROWS),
        total=len(rows),
    )


def _opening(text: str) -> str:
    """Up to the first stop; cut, and marked as cut, where that is far."""
    words = _STOP.split(text.strip(), maxsplit=1)[0]
    return words if len(words) <= _OPENING else f"{words[:_OPENING]}…"


def _fits(row: KeyProjectRow, asked: KeyProjectsAsked) -> bool:
    text = f"{row.name} {row.place} {row.programme}".casefold()
    return (
        asked.section in ("", row.section)
        and asked.level in ("", row.level)
        and all(word in text for word in asked.words.casefold().split())
    )


def _kept(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(words).items())


def _counted(numbers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(numbers.items(), key=lambda one: -one[1]))
