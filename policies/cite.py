"""How clauses are cited: 晋市政办〔2023〕19号 第二部分第15条, as short as still tells a clause from its neighbours."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from policies.document import Clause, Document, Section

_NUMERAL = "[一二三四五六七八九十百]+"
_PART = re.compile(f"^({_NUMERAL})、")
_STEP = re.compile(rf"^(（{_NUMERAL}）|\d+(?=[.．、])|第{_NUMERAL}[章节条])")


def citations(document: Document) -> Mapping[str, str]:
    """文号 and place of every clause: the part and the number, with the steps between only where those leave a doubt."""
    clauses = document.clauses
    shorts, fulls = Counter(map(_short, clauses)), Counter(map(_full, clauses))
    plans = {name: plan.title for plan in document.plans for name in _held(plan.sections)}
    cited = document.number or f"《{document.title}》"
    places = {}
    for clause in clauses:
        short, full = _short(clause), _full(clause)
        if shorts[short] == 1:
            place = short
        elif fulls[full] == 1 or clause.id not in plans:
            place = full
        else:
            place = f"《{plans[clause.id]}》{full}"
        places[clause.id] = f"{cited} {place}"
    return places


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


def _held(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from section.clauses
        yield from _held(section.sections)
