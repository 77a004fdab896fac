"""Clauses side by side: their words, units, measures and force, and what they have in common."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from policies.citation import find_cited
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.library import show_clause
from policyhub.services.reading import no_such
from policyhub.services.rules import measure_item
from policyhub.services.views import ClauseView, MeasureItem
from policyhub.snapshot import Snapshot

MOST = 4  # clauses that still fit beside each other


class Side(Struct, frozen=True, kw_only=True):
    """One clause of the comparison."""

    cited: CitedClause
    clause: ClauseView
    measures: tuple[MeasureItem, ...]


class SideBySide(Struct, frozen=True, kw_only=True):
    """Clauses to compare; ``units`` and ``categories`` are those of more than one of them."""

    sides: tuple[Side, ...]
    units: tuple[str, ...]
    categories: tuple[str, ...]
    faults: tuple[str, ...]


def side_by_side(snapshot: Snapshot, named: Iterable[str], as_of: date) -> SideBySide:
    """The clauses that are named by id or citation, each once; what names none is said."""
    library = snapshot.library
    names: list[str] = []
    faults: list[str] = []
    for text in dict.fromkeys(word.strip() for word in named if word.strip()):
        found = find_cited(text, library)
        name = library.measures[found].clause_id if found and found in library.measures else found
        if name is None:
            faults.append(f"{no_such(text, list(library.clauses))}；请写文号和条号，如 20号12条。")
        elif name not in names:
            names.append(name)
    if len(names) > MOST:
        faults.append(f"一次最多对照 {MOST} 条，只留下前 {MOST} 条。")
    sides = [_side(snapshot, name, as_of) for name in names[:MOST]]
    return SideBySide(
        sides=tuple(sides),
        units=_shared([[unit.name for unit in side.clause.units] for side in sides]),
        categories=_shared([[one.category for one in side.measures] for side in sides]),
        faults=tuple(faults),
    )


def _side(snapshot: Snapshot, name: str, as_of: date) -> Side:
    library = snapshot.library
    encoded = library.encoded_by_id.get(name)
    return Side(
        cited=cited_clause(library, name),
        clause=show_clause(snapshot, name, as_of),
        measures=tuple(measure_item(library, one, as_of) for one in encoded.measures) if encoded else (),
    )


def _shared(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The words that more than one of the lists has, the commonest first."""
    counted = Counter(word for words in lists for word in dict.fromkeys(words))
    return tuple(word for word, count in counted.most_common() if count > 1)
