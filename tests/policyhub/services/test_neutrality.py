"""No verdict turns on ownership unless the clause's own words do."""

from msgspec.structs import replace

from policies.library import Library
from policies.rules import Condition, EncodedClause, Group, Rule
from policyhub.services.neutrality import OWNERSHIP, check_neutrality, dependents
from tests.sample import sample_library


def test_every_verdict_that_turns_on_ownership_quotes_it(packaged_library: Library) -> None:
    """The metamorphic run over all examples of the published library."""
    found = dependents(packaged_library)

    assert found
    assert list(check_neutrality(packaged_library, found)) == []


def test_a_measure_without_ownership_never_turns_on_it() -> None:
    """Only measures that ask for ownership are listed."""
    library = sample_library()
    asking = {measure.id for measure in library.measures.values() if OWNERSHIP in repr(measure.rule)}

    assert {one.measure_id for one in dependents(library)} <= asking


def test_an_invented_ownership_condition_is_an_error() -> None:
    """The same rule with words that say nothing of ownership is reported with file and line."""
    library = sample_library()
    unsaid = replace(library, encoded=tuple(_unsaid(clause) for clause in library.encoded))
    problems = list(check_neutrality(unsaid, dependents(unsaid)))

    assert len(problems) == len(dependents(library)) > 0
    assert all(problem.file and problem.line for problem in problems)


def _unsaid(clause: EncodedClause) -> EncodedClause:
    return replace(clause, measures=tuple(replace(one, rule=_blank(one.rule)) for one in clause.measures))


def _blank(rule: Rule) -> Rule:
    if isinstance(rule, Condition):
        return replace(rule, quotes=("企业",)) if rule.fact == OWNERSHIP else rule
    return Group(connective=rule.connective, parts=tuple(map(_blank, rule.parts)))
