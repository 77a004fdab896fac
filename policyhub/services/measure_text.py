"""What a result says of a measure whatever the profile: written once for each library and kept."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from matcher.finding import contiguous
from matcher.readback import readback
from policies.document import Unit
from policies.library import Library
from policies.rules import Measure, OpenPoint, conditions
from policyhub.services.labels import KINDS, SUBJECTS, amount, unit_list
from policyhub.services.reasons import Tree, grow


class MeasureText(Struct, frozen=True, kw_only=True):
    """One measure in words. ``amount`` is as printed, 金额未载明, or empty where money is not the point."""

    id: str
    title: str
    kind: str
    asks: bool
    category: str
    subject: str
    readback: str
    quote: str
    gives: str
    form: str
    amount: str
    terms: tuple[tuple[str, str], ...]
    benefit_quotes: tuple[str, ...]
    clause_id: str
    document_id: str
    cited: str
    heading: str
    address: str
    clause_address: str
    units: tuple[Unit, ...]
    units_text: str
    open_points: tuple[OpenPoint, ...]
    sources: tuple[str, ...]


class Told(Struct, frozen=True):
    """A measure in words with its rule as a tree; ``decided`` where any of its conditions is determined."""

    text: MeasureText
    tree: Tree
    decided: bool


def texts_of(library: Library) -> Mapping[str, Told]:
    """Every measure of a library, in document order."""
    return _texts(_Itself(library))


class _Itself:
    """A library told apart by being the same object: as long as it is kept, no other can be it."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.library is self.library

    def __hash__(self) -> int:
        return id(self.library)


@lru_cache(maxsize=2)  # the library served, and the next one while they change places
def _texts(held: _Itself) -> Mapping[str, Told]:
    library = held.library
    return {
        measure.id: Told(
            _text(library, measure, library.citations[measure.clause_id]),
            grow(measure.rule, library.vocabulary),
            any(condition.decided_by is not None for condition in conditions(measure.rule)),
        )
        for measure in library.measures.values()
    }


def _text(library: Library, measure: Measure, cited: str) -> MeasureText:
    clause, benefit = library.clauses[measure.clause_id], measure.benefit
    terms = (("比例", benefit.ratio), ("计算基数", benefit.basis), ("次数", benefit.times))
    return MeasureText(
        id=measure.id,
        title=measure.title,
        kind=KINDS[measure.kind.value],
        asks=measure.kind.asks,
        category=measure.category,
        subject=SUBJECTS[measure.subject.value],
        readback=readback(measure, library.vocabulary),
        quote=contiguous(clause.text, measure.quotes),
        gives=benefit.content,
        form=benefit.form,
        amount=amount(benefit.amount),
        terms=tuple((name, words) for name, words in terms if words),
        benefit_quotes=benefit.quotes,
        clause_id=clause.id,
        document_id=clause.id.partition("/")[0],
        cited=cited,
        heading=clause.heading,
        address=f"/measures/{measure.id}",
        clause_address=f"/clauses/{clause.id}",
        units=clause.units,
        units_text=unit_list(clause.units, more=clause.units_open),
        open_points=measure.open_points,
        sources=measure.sources,
    )
