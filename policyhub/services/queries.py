"""What a caller may ask of the library, and reading it from a query string."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from matcher.intake import Fault
from policies.library import Library
from policies.rules import Kind, Subject
from policyhub.services.errors import InputError
from policyhub.services.pages import PageQuery
from policyhub.services.reading import check_day, escape, no_such, read_fields

Q = TypeVar("Q", bound=Struct)


class NoQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A read that takes no parameters."""


class DayQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A read that carries force."""

    as_of: date | None = None


class DocumentsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Documents, in the order printed."""

    as_of: date | None = None


class MeasuresQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Measures by where they stand, what they are and who is responsible."""

    document: str | None = None
    clause: str | None = None
    kind: Kind | None = None
    category: str | None = None
    unit: str | None = None
    subject: Subject | None = None
    as_of: date | None = None


class FactsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts of one subject, or of all."""

    subject: Subject | None = None


def read_query(shape: type[Q], library: Library, pairs: Iterable[tuple[str, str]]) -> Q:
    """The parameters of a query string as ``shape``. Raises InputError with every fault."""
    faults: list[Fault] = []
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given:
            faults.append(Fault(pointer=f"/query/{escape(name)}", detail="这个参数只能出现一次"))
        given[name] = value
    fields = read_fields(shape, given, faults, "/query", strict=False)
    check_day(fields.get("as_of"), faults, "/query/as_of")
    nothing = [name for name, value in fields.items() if value is None]  # the word null
    faults.extend(Fault(pointer=f"/query/{name}", detail="应有一个值，实为「null」") for name in nothing)
    faults.extend(_unknown_words(library, fields))
    if faults:
        raise InputError(faults)
    return shape(**fields)


def _unknown_words(library: Library, fields: Mapping[str, Any]) -> Iterable[Fault]:
    """Filters whose values the library closes: a word that it does not have."""
    closed = {
        "document": library.documents_by_id,
        "clause": library.clauses,
        "category": dict.fromkeys(measure.category for measure in library.measures.values()),
        "unit": dict.fromkeys(unit.name for clause in library.clauses.values() for unit in clause.units),
    }
    for name, known in closed.items():
        word = fields.get(name)
        if word is not None and word not in known:
            yield Fault(pointer=f"/query/{name}", detail=no_such(word, known))
