"""What holds for every rule and every profile, whatever the library says."""

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import decode
from msgspec.structs import replace

from matcher.evaluate import VERDICTS, evaluate, score
from matcher.finding import LABELS, brief, encode
from matcher.flips import flip_sets
from matcher.match import Matcher, Wanted, match
from matcher.predicates import Ground
from matcher.profile import Profile
from matcher.truth import Truth
from policies.library import Library
from policies.rules import Connective, Group, Measure, Rule, Subject, conditions
from policies.vocabulary import Fact
from tests.matcher.generated import (
    LIBRARIES,
    Stated,
    doubted,
    library_named,
    parts,
    profile_of,
    profiles,
    stated_facts,
    steady,
    subsets,
    values_of,
)
from tests.sample import AS_OF

each_library = pytest.mark.parametrize("name", LIBRARIES)
OWNERSHIP_WORDS = re.compile("民营|民间|国有|混合所有制|所有制|企业类型|外商|外资|集体")
LARGEST_RULE = 6


def settled(library: Library, profile: Profile) -> dict[tuple[str, int], Truth]:
    """The verdicts by the definition, without explanations."""
    found = {}
    for measure in library.measures.values():
        for one in profile.subjects():
            if one.kind is measure.subject:
                values = {key: fact.value for key, fact in profile.known_to(one).items()}
                found[measure.id, one.index] = evaluate(measure.rule, values, library.vocabulary).truth
    return found


def findings(library: Library, profile: Profile) -> list[Any]:
    found: list[Any] = decode(Matcher(library).match(profile, AS_OF).findings)
    return found


def turned(rule: Rule) -> Rule:
    """The same rule with the parts of every group in the opposite order."""
    if isinstance(rule, Group):
        return replace(rule, parts=tuple(turned(part) for part in reversed(rule.parts)))
    return rule


@each_library
def test_the_compiled_verdicts_are_those_of_the_tree_walk(name: str) -> None:
    library = library_named(name)
    matcher = Matcher(library)

    @steady(500)
    @given(parts(library))
    def agree(stated: Any) -> None:
        profile = profile_of(library, *stated)

        assert {(measure, index): truth for measure, index, truth in matcher.verdicts(profile)} == settled(
            library, profile
        )

    agree()


@each_library
def test_the_fast_answer_is_the_definition_byte_for_byte(name: str) -> None:
    library = library_named(name)
    matcher = Matcher(library)

    @steady(100)
    @given(profiles(library))
    def agree(profile: Profile) -> None:
        defined = match(library, profile, AS_OF)
        full = matcher.match(profile, AS_OF)
        short = matcher.match(profile, AS_OF, Wanted(detail="brief"))

        assert bytes(full.findings) == encode(defined)
        assert bytes(short.findings) == encode([brief(finding) for finding in defined])
        assert full.summary == short.summary

    agree()


@each_library
def test_asking_for_some_verdicts_or_measures_gives_those_of_the_whole_answer(name: str) -> None:
    library = library_named(name)
    matcher = Matcher(library)

    @steady(100)
    @given(
        profiles(library),
        st.sets(st.sampled_from(sorted(VERDICTS.values()))),
        st.sets(st.sampled_from(sorted(library.measures))),
    )
    def agree(profile: Profile, verdicts: set[str], measures: set[str]) -> None:
        wanted = Wanted(verdicts=frozenset(verdicts), measures=frozenset(measures))
        chosen = decode(matcher.match(profile, AS_OF, wanted).findings)

        whole = decode(matcher.match(profile, AS_OF).findings)
        assert chosen == [
            one for one in whole if one["verdict"] in verdicts and one["measure_id"] in measures
        ]

    agree()


@each_library
def test_a_fact_added_never_overturns_a_settled_verdict(name: str) -> None:
    library = library_named(name)

    @steady(250)
    @given(parts(library), parts(library))
    def hold(before: Any, more: Any) -> None:
        known = profile_of(library, *before)
        added = profile_of(library, *_merged(known, before, more))
        later = settled(library, added)

        for place, truth in settled(library, known).items():
            assert truth in (Truth.UNKNOWN, later[place]), place

    hold()


def _merged(known: Profile, before: Any, more: Any) -> Any:
    """``before`` with those facts of ``more`` that it neither states nor implies."""

    def merge(old: Stated, new: Stated, facts: Any) -> Stated:
        return {**{key: value for key, value in new.items() if key not in facts}, **old}

    enterprise, projects, assets = before
    more_enterprise, more_projects, more_assets = more
    return (
        more_enterprise
        if known.enterprise is None
        else merge(enterprise, more_enterprise or {}, known.enterprise.facts),
        [
            merge(old, new, one.facts)
            for old, new, one in zip(projects, [*more_projects, {}, {}], known.projects, strict=False)
        ],
        [
            merge(old, new, one.facts)
            for old, new, one in zip(assets, [*more_assets, {}, {}], known.assets, strict=False)
        ],
    )


@each_library
def test_the_order_of_keys_and_subjects_changes_nothing_but_the_index(name: str) -> None:
    library = library_named(name)

    @steady(40)
    @given(parts(library))
    def hold(stated: Any) -> None:
        enterprise, projects, assets = stated
        mirrored = (
            None if enterprise is None else dict(reversed(enterprise.items())),
            [dict(reversed(one.items())) for one in reversed(projects)],
            [dict(reversed(one.items())) for one in reversed(assets)],
        )
        size = {"project": len(projects), "asset": len(assets), "enterprise": 1}

        def keyed(found: list[Any], *, mirror: bool) -> dict[Any, Any]:
            for one in found:
                kind, index = one["subject"]["kind"], one["subject"]["index"]
                one["subject"]["index"] = size[kind] - 1 - index if mirror else index
            return {(one["measure_id"], one["subject"]["index"]): one for one in found}

        here = findings(library, profile_of(library, *stated))
        there = findings(library, profile_of(library, *mirrored))

        assert keyed(here, mirror=False) == keyed(there, mirror=True)

    hold()


@each_library
def test_the_order_of_conditions_and_measures_changes_no_verdict_label_or_score(name: str) -> None:
    library = library_named(name)
    mirrored = replace(
        library,
        encoded=tuple(
            replace(
                clause,
                measures=tuple(replace(one, rule=turned(one.rule)) for one in reversed(clause.measures)),
            )
            for clause in reversed(library.encoded)
        ),
    )

    @steady(40)
    @given(profiles(library))
    def hold(profile: Profile) -> None:
        def told(found: list[Any]) -> set[Any]:
            keys = ("measure_id", "verdict", "label", "score")
            return {(*(one[key] for key in keys), one["subject"]["index"]) for one in found}

        assert told(findings(library, profile)) == told(findings(mirrored, profile))

    hold()


@each_library
def test_only_a_yes_scores_100_and_it_does_unless_a_denied_group_is_half_met(name: str) -> None:
    library = library_named(name)

    @steady(100)
    @given(parts(library))
    def hold(stated: Any) -> None:
        for finding in match(library, profile_of(library, *stated), AS_OF):
            points = int(bytes(finding.score))

            assert 0 <= points <= 100
            assert (points == 100) <= (finding.verdict == "eligible")
            if not _denies_a_group(library.measures[finding.measure_id].rule):
                assert (points == 100) == (finding.verdict == "eligible")

    hold()


def _denies_a_group(rule: Rule) -> bool:
    if not isinstance(rule, Group):
        return False
    denied = rule.connective is Connective.NONE and any(isinstance(part, Group) for part in rule.parts)
    return denied or any(map(_denies_a_group, rule.parts))


@each_library
def test_findings_come_eligible_first_then_by_score_then_benefits_then_document_order(name: str) -> None:
    library = library_named(name)
    places = {measure: place for place, measure in enumerate(library.measures)}

    @steady(60)
    @given(profiles(library))
    def hold(profile: Profile) -> None:
        order = [
            (
                ["eligible", "undetermined", "ineligible"].index(one["verdict"]),
                -one["score"],
                one["kind"] in ("obligation", "prohibition"),
                places[one["measure_id"]],
                one["subject"]["index"],
            )
            for one in findings(library, profile)
        ]

        assert order == sorted(set(order))

    hold()


@each_library
def test_every_verdict_has_one_label_and_it_follows_from_the_grounds(name: str) -> None:
    library = library_named(name)

    @steady(100)
    @given(parts(library))
    def hold(stated: Any) -> None:
        for finding in match(library, profile_of(library, *stated), AS_OF):
            expected = {
                "eligible": LABELS["to_determine"] if finding.determinations else LABELS["eligible"],
                "ineligible": LABELS["ineligible"],
                "undetermined": _undetermined(library.measures[finding.measure_id], finding),
            }

            assert finding.label == expected[finding.verdict]
            assert bool(finding.missing) == (finding.label == LABELS["missing"])

    hold()


def _undetermined(measure: Measure, finding: Any) -> str:
    """By brute force: a ground matters when some truth of its condition, others left as they are or settled, does."""
    truths = {"true": Truth.TRUE, "false": Truth.FALSE, "unknown": Truth.UNKNOWN}
    results = [truths[one.result] for one in finding.conditions]
    open_places = [place for place, truth in enumerate(results) if truth is Truth.UNKNOWN]
    mattering = {
        finding.conditions[place].ground
        for place in open_places
        if _matters(measure.rule, results, open_places, place)
    }
    if Ground.NOT_STATED in mattering:
        return LABELS["missing"]
    return LABELS["ranking" if mattering == {Ground.RANKING} else "open"]


def _matters(rule: Rule, results: list[Truth], open_places: list[int], place: int) -> bool:
    others = [other for other in open_places if other != place]
    for settled_others in product((Truth.TRUE, Truth.FALSE), repeat=len(others)):
        trial = list(results)
        for other, truth in zip(others, settled_others, strict=True):
            trial[other] = truth
        outcomes = set()
        for truth in (Truth.TRUE, Truth.FALSE):
            trial[place] = truth
            outcomes.add(_fold(rule, iter(trial)))
        if len(outcomes) > 1:
            return True
    return False


def _fold(rule: Rule, truths: Any) -> Truth:
    if not isinstance(rule, Group):
        found: Truth = next(truths)
        return found
    inner: list[Truth] = [_fold(part, truths) for part in rule.parts]
    if rule.connective is Connective.ALL:
        return min(inner)
    return max(inner) if rule.connective is Connective.ANY else Truth(-max(inner))


@each_library
def test_flip_sets_are_all_the_smallest_changes_that_make_it_eligible(name: str) -> None:
    library = library_named(name)
    small = [
        one
        for one in library.measures.values()
        if len({leaf.fact for leaf in conditions(one.rule)}) <= LARGEST_RULE
    ]

    @steady(100)
    @given(st.data(), st.sampled_from(small))
    def hold(data: st.DataObject, measure: Measure) -> None:
        values: Stated = {
            **data.draw(stated_facts(library, Subject.ENTERPRISE)),
            **data.draw(stated_facts(library, measure.subject)),
        }
        evaluation = evaluate(measure.rule, values, library.vocabulary)
        if evaluation.truth is not Truth.FALSE:
            return
        listed = flip_sets(measure.rule, evaluation.outcomes, library.vocabulary)
        smallest = _smallest_changes(library, measure, values)

        assert len(listed) == min(3, len(smallest))
        assert {frozenset(flip.fact for flip in flips) for flips in listed} <= smallest

    hold()


def _smallest_changes(library: Library, measure: Measure, values: Stated) -> set[frozenset[str]]:
    facts = library.vocabulary.facts
    names = [
        name
        for name in dict.fromkeys(leaf.fact for leaf in conditions(measure.rule))
        if facts[name].changeable
    ]
    found: set[frozenset[str]] = set()
    for chosen in subsets(names):
        if found and len(chosen) > len(next(iter(found))):
            break
        trials = product(*(values_of(library, facts[name]) for name in chosen))
        if any(
            _holds(library, measure, {**values, **dict(zip(chosen, trial, strict=True))}) for trial in trials
        ):
            found.add(frozenset(chosen))
    return found


def _holds(library: Library, measure: Measure, values: Stated) -> bool:
    return evaluate(measure.rule, values, library.vocabulary).truth is Truth.TRUE


@each_library
def test_a_flip_set_said_back_as_a_profile_makes_the_finding_eligible(name: str) -> None:
    library = library_named(name)

    @steady(60)
    @given(parts(library))
    def hold(stated: Any) -> None:
        for finding in match(library, profile_of(library, *stated), AS_OF):
            assert finding.flips == () or finding.verdict == "ineligible"
            for flips in finding.flips:
                changed = _said_back(library, stated, decode(finding.subject), flips)

                assert (
                    settled(library, changed)[finding.measure_id, decode(finding.subject)["index"]]
                    is Truth.TRUE
                )
                assert all(library.vocabulary.facts[flip.fact].changeable for flip in flips)

    hold()


def _said_back(library: Library, stated: Any, subject: Any, flips: Any) -> Profile:
    from policies.values import exact_value

    enterprise, projects, assets = stated
    places = {"enterprise": enterprise, "project": projects, "asset": assets}
    copy = {
        kind: [dict(one) for one in place] if isinstance(place, list) else dict(place or {})
        for kind, place in places.items()
    }
    for flip in flips:
        fact: Fact = library.vocabulary.facts[flip.fact]
        value = flip.value
        if isinstance(value, list):
            value = frozenset(value)
        elif isinstance(value, str):
            value = exact_value(fact, value, library.vocabulary)
        target = copy[fact.subject.value]
        (target if isinstance(target, dict) else target[subject["index"]])[fact.id] = value
    made: Any = (
        copy["enterprise"] if enterprise is not None or copy["enterprise"] else None,
        copy["project"],
        copy["asset"],
    )
    return profile_of(library, *made)


@each_library
def test_ownership_changes_only_verdicts_of_measures_whose_own_words_name_it(name: str) -> None:
    library = library_named(name)
    ownership = library.vocabulary.facts["enterprise.ownership"]
    speaking = {
        one.id
        for one in library.measures.values()
        if OWNERSHIP_WORDS.search(
            "".join([*one.quotes, *(quote for leaf in conditions(one.rule) for quote in leaf.quotes)])
        )
    }

    @steady(100)
    @given(parts(library))
    def hold(stated: Any) -> None:
        enterprise, projects, assets = stated
        seen: dict[Any, set[Truth]] = {}
        for value in values_of(library, ownership):
            profile = profile_of(library, {**(enterprise or {}), ownership.id: value}, projects, assets)
            for place, truth in settled(library, profile).items():
                seen.setdefault(place, set()).add(truth)

        assert {measure for (measure, _), truths in seen.items() if len(truths) > 1} <= speaking

    hold()


@each_library
def test_turning_a_rule_around_leaves_its_score_to_the_last_bit(name: str) -> None:
    library = library_named(name)
    credits = st.sampled_from([0.0, 0.5, 1.0, 0.857, 0.8, 0.95])

    @steady(100)
    @given(st.data(), st.sampled_from(sorted(library.measures.values(), key=lambda one: one.id)))
    def hold(data: st.DataObject, measure: Measure) -> None:
        leaves = conditions(measure.rule)
        given_credits = data.draw(st.lists(credits, min_size=len(leaves), max_size=len(leaves)))

        assert score(measure.rule, given_credits) == score(turned(measure.rule), given_credits[::-1])

    hold()


def test_similarity_lowers_a_score_and_never_a_verdict() -> None:
    library = library_named("sample")
    sure = profile_of(library, None, [{"project.industrial": True, "project.orientation": "支持类"}], [])
    near = replace(sure, projects=(doubted(sure.projects[0], {"project.orientation": 0.9}),))
    told = [
        (one["verdict"], one["score"])
        for profile in (sure, near)
        for one in findings(library, profile)
        if one["measure_id"] == "yang-2023-1/1/land-floor-price"
    ]

    assert told == [("eligible", 100), ("eligible", 93)]
