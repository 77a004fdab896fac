"""Everything that can be proven about a library directory, in one report."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from policies.checks import check_library
from policies.document import Clause
from policies.library import Library
from policies.loader import read_library
from policies.problems import Problem
from policyhub.services.examples import run_examples
from policyhub.services.library import count
from policyhub.services.neutrality import Dependent, check_neutrality, dependents
from policyhub.services.views import Counts

_SHARED = ("facts/", "catalogues/")  # while these cannot be read, no example can be trusted


class Coverage(Struct, frozen=True, kw_only=True):
    """How much of one document is encoded; ``open`` are the clauses that are not, as printed."""

    document_id: str
    number: str | None
    clauses: int
    encoded: int
    open: tuple[str, ...]


class Report(Struct, frozen=True, kw_only=True):
    """Problems, and counts of what is there."""

    problems: tuple[Problem, ...]
    counts: Counts
    text: int  # characters of the encoded clauses
    ledger: int  # characters that their ledgers put into a class
    coverage: tuple[Coverage, ...]
    measures: Mapping[str, int]
    examples: Mapping[str, int]
    open_points: Mapping[str, int]
    ownership: tuple[Dependent, ...]


def check(directory: Path) -> Report:
    """Read, check, and run every example of the clause files that are sound themselves."""
    library, problems = read_library(directory)
    problems.extend(check_library(library, whole=not problems))
    if not any(problem.file.startswith(_SHARED) for problem in problems):
        faulty = {problem.file for problem in problems}
        rest = tuple(clause for clause in library.encoded if clause.file not in faulty)
        problems.extend(run_examples(replace(library, encoded=rest)))
    turning = () if problems else dependents(library)
    problems.extend(check_neutrality(library, turning))
    measures = library.measures.values()
    return Report(
        problems=tuple(sorted(problems)),
        counts=count(library),
        text=sum(_length(clause.text) for clause in library.encoded),
        ledger=sum(_length(entry.text) for clause in library.encoded for entry in clause.ledger),
        coverage=coverage(library),
        measures=_most_first(Counter(measure.kind.value for measure in measures)),
        examples=_most_first(Counter(e.verdict for measure in measures for e in measure.examples)),
        open_points=_most_first(
            Counter(chain.from_iterable((p.decided_by for p in measure.open_points) for measure in measures))
        ),
        ownership=turning,
    )


def coverage(library: Library) -> tuple[Coverage, ...]:
    """The documents of which something is encoded."""
    return tuple(
        Coverage(
            document_id=document.id,
            number=document.number,
            clauses=len(document.clauses),
            encoded=sum(clause.id in library.encoded_by_id for clause in document.clauses),
            open=tuple(
                _number(clause) for clause in document.clauses if clause.id not in library.encoded_by_id
            ),
        )
        for document in library.documents
        if any(clause.id in library.encoded_by_id for clause in document.clauses)
    )


def _number(clause: Clause) -> str:
    """As printed, where that is enough to find the clause; else what its id ends in."""
    name = clause.id.rpartition("/")[2]
    return name if name.startswith("s") else clause.number


def _length(text: str) -> int:
    return len(text.replace("\n", ""))


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(counts.most_common())
