"""Running the examples of the clause files: what the officer signed against what the matcher says."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from matcher.evaluate import evaluate, fold
from matcher.intake import ProfileError, read_profile
from matcher.match import Matcher, Wanted
from matcher.predicates import Outcome
from matcher.profile import Profile, SubjectFacts
from matcher.truth import Truth
from policies.clause_words import VERDICTS
from policies.library import Library
from policies.problems import Problem
from policies.rules import Condition, Connective, Example, Measure, Rule, Subject, conditions
from policies.values import UnreadableValueError, exact_value
from policies.vocabulary import Vocabulary

_WORDS = {verdict: word for word, verdict in VERDICTS.items()}
_UNDATED = date(2023, 7, 1)


class _Missing(Struct, frozen=True):
    fact: str


class _Told(Struct, frozen=True):
    """As much of a finding as an example speaks of."""

    verdict: str
    label: str
    missing: tuple[_Missing, ...]


_told = msgspec.json.Decoder(list[_Told])


def run_examples(library: Library) -> Iterator[Problem]:
    """Every example whose verdict, label, missing facts or reasons are not what the matcher finds."""
    matcher = Matcher(library)
    for clause in library.encoded:
        for measure in clause.measures:
            for example in measure.examples:
                for path, expected, found in _run(library, matcher, measure, example):
                    where = f"{measure.id} 例「{example.case}」{path}"
                    yield Problem(clause.file, example.line, where, expected, found)


Mismatch = tuple[str, str, str]


def _run(library: Library, matcher: Matcher, measure: Measure, example: Example) -> Iterator[Mismatch]:
    yield from _inexact(library.vocabulary, example)
    try:
        profile = read_profile(stated_by(library.vocabulary, measure.subject, example), library, "")
    except ProfileError as error:
        yield from (("画像", "可用的画像", fault.detail) for fault in error.faults)
        return
    wanted = Wanted(measures=frozenset([measure.id]))
    told = _told.decode(matcher.match(profile, example.as_of or _UNDATED, wanted).findings)[0]
    yield from _differences(library.vocabulary, example, told)
    if example.because:
        [subject, *_] = [one for one in profile.subjects() if one.kind is measure.subject]
        yield from _reasons(measure, example, _outcomes(library, measure, profile, subject))


def stated_by(vocabulary: Vocabulary, subject: Subject, example: Example) -> dict[str, Any]:
    """The example's flat 画像 as a profile; the measure's subject is there even if nothing is said of it."""
    facts = vocabulary.by_label()
    stated: dict[Subject, dict[str, Any]] = {subject: {}}
    for label, value in example.profile.items():
        if label in facts:
            stated.setdefault(facts[label].subject, {})[facts[label].key] = value
    lists = {Subject.PROJECT: "projects", Subject.ASSET: "assets"}
    return {lists.get(kind, kind.value): [one] if kind in lists else one for kind, one in stated.items()}


def _inexact(vocabulary: Vocabulary, example: Example) -> Iterator[Mismatch]:
    """Values that the vocabulary does not spell: an example must not lean on resolution from text."""
    facts = vocabulary.by_label()
    for label, value in example.profile.items():
        for text in value if isinstance(value, list) else [value]:
            try:
                exact_value(facts[label], text, vocabulary)
            except UnreadableValueError as error:
                yield f"画像.{label}", error.expected, f"「{text}」"
            except KeyError:
                yield f"画像.{label}", "事实词表里的事实", f"「{label}」"


def _differences(vocabulary: Vocabulary, example: Example, told: _Told) -> Iterator[Mismatch]:
    if told.verdict != example.verdict:
        yield "结论", f"「{_WORDS[example.verdict]}」（文件所写）", f"「{_WORDS[told.verdict]}」（判定所得）"
    if example.label is not None and told.label != example.label:
        yield "标签", f"「{example.label}」（文件所写）", f"「{told.label}」（判定所得）"
    missing = {vocabulary.facts[lack.fact].label for lack in told.missing}
    if example.missing and missing != set(example.missing):
        yield "缺少", _listed(example.missing), _listed(sorted(missing))


def _outcomes(
    library: Library, measure: Measure, profile: Profile, subject: SubjectFacts
) -> Sequence[Outcome]:
    values = {name: stated.value for name, stated in profile.known_to(subject).items()}
    return evaluate(measure.rule, values, library.vocabulary).outcomes


def _reasons(measure: Measure, example: Example, outcomes: Sequence[Outcome]) -> Iterator[Mismatch]:
    """因为 names the words of every condition that makes the verdict a no, and of no other."""
    blamed = list(_blamed(measure.rule, list(zip(conditions(measure.rule), outcomes, strict=True))))
    words = {quote for condition in blamed for quote in condition.quotes}
    foreign = [quote for quote in example.because if quote not in words]
    silent = [condition.quotes[0] for condition in blamed if not set(condition.quotes) & set(example.because)]
    if foreign:
        yield "因为", f"不满足的条件所依据的原话（{_listed(sorted(words))}）", _listed(foreign)
    if silent:
        yield "因为", "每个不满足的条件都写出一句", f"没有写{_listed(silent)}"


def _blamed(rule: Rule, leaves: list[tuple[Condition, Outcome]]) -> Iterator[Condition]:
    """The conditions that make a rule false."""
    if isinstance(rule, Condition):
        yield rule
        return
    start = 0
    for part in rule.parts:
        own = leaves[start : start + len(conditions(part))]
        start += len(own)
        truth = fold(part, [outcome for _, outcome in own])
        if rule.connective is Connective.NONE and truth is Truth.TRUE:
            yield from (condition for condition, outcome in own if outcome.truth is Truth.TRUE)
        elif rule.connective is not Connective.NONE and truth is Truth.FALSE:
            yield from _blamed(part, own)


def _listed(words: Sequence[str]) -> str:
    return "、".join(f"「{word}」" for word in words) or "没有"
