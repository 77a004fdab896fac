"""How a clause is cited: 晋市政办〔2023〕19号 第二部分第15条, as short as still tells it from its neighbours."""

import re

from msgspec import Struct

from policies.document import Clause, Document, Plan, Section
from policies.library import Library

_NUMERAL = "[一二三四五六七八九十百]+"
_PART = re.compile(f"^({_NUMERAL})、")
_STEP = re.compile(rf"^(（{_NUMERAL}）|\d+(?=[.．、])|第{_NUMERAL}[章节条])")


class CitedClause(Struct, frozen=True, kw_only=True):
    """A clause by its citation, ready to be linked."""

    id: str
    cited: str
    heading: str


def cited_clause(library: Library, name: str) -> CitedClause:
    """The citation of a clause of the library."""
    clause = library.clauses[name]
    return CitedClause(id=name, cited=cite(library, clause), heading=clause.heading)


def words_for(library: Library, name: str) -> str:
    """What the id of a document, a clause or a measure stands for; the id itself for anything else."""
    if name in library.clauses:
        cited = cited_clause(library, name)
        return f"{cited.cited} {cited.heading}".strip()
    if name in library.measures:
        return library.measures[name].title
    return library.documents_by_id[name].title if name in library.documents_by_id else name


def cite(library: Library, clause: Clause) -> str:
    """文号 and place: the part and the number, with the steps between only where those leave a doubt."""
    document = library.document_of(clause.id)
    return f"{document.number or f'《{document.title}》'} {_place(document, clause)}"


def _place(document: Document, clause: Clause) -> str:
    short = _short(clause)
    if sum(_short(other) == short for other in document.clauses) == 1:
        return short
    full = _full(clause)
    if sum(_full(other) == full for other in document.clauses) == 1:
        return full
    plan = _plan(document, clause.id)
    return full if plan is None else f"《{plan.title}》{full}"


def _short(clause: Clause) -> str:
    return _part(clause.path[:1]) + _number(clause)


def _full(clause: Clause) -> str:
    steps = [_step(heading) for heading in clause.path[1:]]
    return _part(clause.path[:1]) + "".join(steps) + _number(clause)


def _part(path: tuple[str, ...]) -> str:
    return "".join(f"第{found[1]}部分" if (found := _PART.match(heading)) else heading for heading in path)


def _step(heading: str) -> str:
    found = _STEP.match(heading)
    return found[1] if found else f"“{heading}”"


def _number(clause: Clause) -> str:
    return f"第{clause.number}条" if clause.number.isdigit() else clause.number


def _holds(sections: tuple[Section, ...], name: str) -> bool:
    return any(name in section.clauses or _holds(section.sections, name) for section in sections)


def _plan(document: Document, name: str) -> Plan | None:
    return next((plan for plan in document.plans if _holds(plan.sections, name)), None)
