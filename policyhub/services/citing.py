"""Clauses by their citation, ready to be linked, and what an id stands for in words."""

from datetime import date

from msgspec import Struct

from policies.library import Library
from policyhub.services.labels import day


class CitedClause(Struct, frozen=True, kw_only=True):
    """A clause by its citation, ready to be linked."""

    id: str
    cited: str
    heading: str


def cited_clause(library: Library, name: str) -> CitedClause:
    """The citation of a clause of the library."""
    return CitedClause(id=name, cited=library.citations[name], heading=library.clauses[name].heading)


def ready_citation(cited: CitedClause, address: str, library: str, as_of: date) -> str:
    """A citation to be copied: the clause, where to read it, which library said so and when."""
    heading = f"“{cited.heading}”" if cited.heading else ""
    return f"{cited.cited}{heading}，{address}，政策库版本 {library}，{day(as_of)}查阅"


def words_for(library: Library, name: str) -> str:
    """What the id of a document, a clause or a measure stands for; the id itself for anything else."""
    if name in library.clauses:
        return f"{library.citations[name]} {library.clauses[name].heading}".strip()
    if name in library.measures:
        return library.measures[name].title
    return library.documents_by_id[name].title if name in library.documents_by_id else name
