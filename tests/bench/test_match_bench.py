"""The rules exported to other engines mean what ours mean, so that the comparison cannot rot."""

from importlib.util import find_spec
from typing import Any

import pytest

from bench.export import All, Compare, Exported, In, Known, Meets, Not, Test, export, variable
from bench.peers import Peer, contexts, jsonlogic
from bench.profiles import HAND_WRITTEN, examples, generate
from matcher import Matcher, read_profile
from matcher.profile import Profile
from policies import load_library
from policies.library import Library
from policies.problems import LibraryError

SEED, COUNT = 7, 60


@pytest.fixture(scope="module")
def library() -> Library:
    try:
        return load_library()
    except LibraryError as error:
        pytest.skip(f"the packaged library is not whole: {error}")


@pytest.fixture(scope="module")
def profiles(library: Library) -> list[Profile]:
    stated = (*HAND_WRITTEN, *examples(library), *generate(library, COUNT, SEED))
    return [read_profile(one, library) for one in stated]


def test_every_measure_is_exported_once_in_document_order(library: Library) -> None:
    exported = {one.measure.id for listed in export(library).values() for one in listed}

    assert exported == set(library.measures)


def test_exported_rules_agree_with_our_verdicts(library: Library, profiles: list[Profile]) -> None:
    rules, matcher = export(library), Matcher(library)

    for profile in profiles:
        theirs = [_verdict(one, facts) for kind, facts in contexts(profile, rules) for one in rules[kind]]

        assert theirs == [int(truth) for _, _, truth in matcher.verdicts(profile)]


@pytest.mark.skipif(
    not (find_spec("datalogic_py") or find_spec("json_logic")),
    reason="no JSON Logic engine here: it is installed for the bench only",
)
def test_json_logic_agrees_with_our_verdicts(library: Library, profiles: list[Profile]) -> None:
    matcher = Matcher(library)
    peers: list[Peer] = jsonlogic.peers(export(library))

    for peer in peers:
        for profile in profiles:
            ours = [int(truth) for _, _, truth in matcher.verdicts(profile)]

            assert peer.read(peer.run(peer.prepare(profile))) == ours, peer.form


def test_json_logic_text_guards_what_a_missing_fact_would_answer(library: Library) -> None:
    """A missing number is null, and null is below any limit in JSON Logic."""
    for one in (one for listed in export(library).values() for one in listed):
        for test in (one.true, one.false):
            for guards, part in _comparisons(test, frozenset()):
                assert part.fact in guards, one.measure.id


def _verdict(one: Exported, facts: dict[str, Any]) -> int:
    return int(_holds(one.true, facts)) - int(_holds(one.false, facts))


def _holds(test: Test, facts: dict[str, Any]) -> bool:
    """The exported tests read in two-valued logic, as the other engines read them."""
    if isinstance(test, Not):
        return not _holds(test.part, facts)
    if isinstance(test, All):
        return all(_holds(part, facts) for part in test.parts)
    if not isinstance(test, Known | In | Meets | Compare):
        return any(_holds(part, facts) for part in test.parts)
    given: Any = facts.get(variable(test.fact))
    if isinstance(test, Known):
        return given is not None
    if isinstance(test, In):
        return given in test.values
    if isinstance(test, Meets):
        return given is not None and bool(set(given) & set(test.values))
    order = {
        ">=": given >= test.limit,
        ">": given > test.limit,
        "<=": given <= test.limit,
        "<": given < test.limit,
    }
    return bool(order[test.sign])


def _comparisons(test: Test, guards: frozenset[str]) -> list[tuple[frozenset[str], Compare]]:
    if isinstance(test, Compare):
        return [(guards, test)]
    if isinstance(test, Not):
        return _comparisons(test.part, guards)
    if isinstance(test, Known | In | Meets):
        return []
    if isinstance(test, All):
        guards |= {part.fact for part in test.parts if isinstance(part, Known)}
    return [found for part in test.parts for found in _comparisons(part, guards)]
