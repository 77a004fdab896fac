"""Ownership neutrality (19号第4条): which verdicts turn on ownership, and the words of the clause that say so.

Every example is matched again under every ownership. A measure whose verdict changes must quote words that
name ownership; any other is an error of the encoding.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from matcher.evaluate import evaluate
from matcher.intake import read_profile
from policies.library import Library
from policies.problems import Problem
from policies.rules import Measure, Value, conditions
from policyhub.services.examples import stated_by

OWNERSHIP = "enterprise.ownership"

_NAMES_OWNERSHIP = re.compile("民营|民间|民企|社会资本|国有|国资|混合所有制|所有制|外商|外资|集体")


class Dependent(Struct, frozen=True, kw_only=True):
    """A measure whose verdict turns on ownership, and its quoted words that name ownership."""

    measure_id: str
    quotes: tuple[str, ...]


def dependents(library: Library) -> tuple[Dependent, ...]:
    """Every measure of which some example changes its verdict with nothing but ownership."""
    return tuple(
        Dependent(measure_id=measure.id, quotes=_words(measure))
        for measure in library.measures.values()
        if _turns(library, measure)
    )


def check_neutrality(library: Library, found: Iterable[Dependent]) -> Iterator[Problem]:
    """A verdict that turns on ownership (``dependents``) without a word of the clause for it."""
    for dependent in found:
        if not dependent.quotes:
            measure = library.measures[dependent.measure_id]
            file = library.encoded_by_id[measure.clause_id].file
            expected, actual = "结论不因所有制而变，除非条文写明所有制", "只改所有制，例的结论就变了"
            yield Problem(file, measure.line, f"{measure.id} 条件", expected, actual)


def _turns(library: Library, measure: Measure) -> bool:
    fact = library.vocabulary.facts.get(OWNERSHIP)
    owners = () if fact is None else tuple(choice.name for choice in fact.choices)
    return any(
        len({_verdict(library, measure, {**stated, OWNERSHIP: owner}) for owner in owners}) > 1
        for stated in _examples(library, measure)
    )


def _examples(library: Library, measure: Measure) -> Iterator[dict[str, Value]]:
    for example in measure.examples:
        profile = read_profile(stated_by(library.vocabulary, measure.subject, example), library)
        for subject in profile.subjects():
            if subject.kind is measure.subject:
                yield {name: stated.value for name, stated in profile.known_to(subject).items()}


def _verdict(library: Library, measure: Measure, values: dict[str, Value]) -> int:
    return evaluate(measure.rule, values, library.vocabulary).truth


def _words(measure: Measure) -> tuple[str, ...]:
    quotes = (quote for leaf in conditions(measure.rule) if leaf.fact == OWNERSHIP for quote in leaf.quotes)
    return tuple(quote for quote in dict.fromkeys(quotes) if _NAMES_OWNERSHIP.search(quote))
