"""``match(library, profile, as_of)``: every measure for every subject of its kind, ordered and explained.

Two forms, one meaning: ``match`` is the definition and builds each finding anew; ``Matcher`` answers in
JSON bytes from remembered fragments, which the definition writes. Tests hold them byte for byte equal.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Raw, Struct

from matcher.benefits import computed_json
from matcher.compiled import CompiledRules
from matcher.evaluate import VERDICTS, evaluate
from matcher.finding import Finding, Spoken, explain, stated_json, subject_json
from matcher.force import Force, force_in
from matcher.fragments import Fragment, Pattern, Sayings, Speech, write_fragment
from matcher.profile import Profile, SubjectFacts
from matcher.questions import Lack, Need, Question, questions
from matcher.ranking import rank, score_points
from matcher.tallies import TRUTHS, Tallies
from matcher.truth import Truth
from policies.library import Library
from policies.rules import Measure, Subject, conditions

_REMEMBERED = 20_000


class Summary(Struct, frozen=True, kw_only=True):
    """How many findings of each verdict, and how many measures speak of a subject the profile lacks."""

    eligible: int
    undetermined: int
    ineligible: int
    not_applicable: int


class Answer(Struct, frozen=True, kw_only=True):
    """The result of a match; ``findings`` is a JSON array, ``patterns`` what the receipt attests."""

    summary: Summary
    findings: Raw
    questions: tuple[Question, ...]
    not_applicable: tuple[str, ...]
    patterns: bytes


class Wanted(Struct, frozen=True, kw_only=True):
    """Which findings to return; the summary and the questions always speak of the measures asked for."""

    measures: frozenset[str] | None = None
    verdicts: frozenset[str] | None = None
    detail: str = "full"


EVERYTHING = Wanted()


def match(library: Library, profile: Profile, as_of: date) -> tuple[Finding, ...]:
    """The definition: every finding, in the order of semantics §3."""
    found = []
    for place, measure in enumerate(library.measures.values()):
        for subject in subjects_of(profile, measure):
            known = profile.known_to(subject)
            values = {name: stated.value for name, stated in known.items()}
            evaluation = evaluate(measure.rule, values, library.vocabulary)
            similarity = {name: stated.origin.similarity for name, stated in known.items()}
            points = score_points(measure, evaluation.outcomes, similarity)
            spoken = Spoken(
                subject=subject_json(subject),
                score=Raw(str(points).encode()),
                computed=computed_json(library, measure, known),
                stated={name: stated_json(stated) for name, stated in known.items()},
            )
            finding = explain(library, measure, evaluation.outcomes, as_of, spoken)
            found.append((rank(evaluation.truth, points, measure), place, subject.index, finding))
    return tuple(finding for *_, finding in sorted(found, key=lambda one: one[:3]))


def subjects_of(profile: Profile, measure: Measure) -> tuple[SubjectFacts, ...]:
    """The subjects of a profile that a measure speaks of."""
    return tuple(subject for subject in profile.subjects() if subject.kind is measure.subject)


_Memories = dict[bytes | Pattern, Fragment]


class _Ordered(NamedTuple):
    """A measure in document order, where its condition codes lie, and the facts it asks for."""

    measure: Measure
    kind: str
    span: slice
    facts: frozenset[str]


class Matcher:
    """A library compiled once; safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        measures = list(library.measures.values())
        self._rules = CompiledRules(measures, library.vocabulary)
        self._tallies = Tallies(measures, library.vocabulary)
        self._names = {kind: [one.id for one in measures if one.subject is kind] for kind in Subject}
        spans = {measure.id: span for placed in self._rules.placed.values() for measure, span in placed}
        self._in_order = [
            _Ordered(
                measure=measure,
                kind=measure.subject.value,
                span=spans[measure.id],
                facts=frozenset(leaf.fact for leaf in conditions(measure.rule)),
            )
            for measure in measures
        ]
        self._sayings = Sayings(library.vocabulary, self._rules.lookups.keys())
        self._memories: dict[tuple[tuple[Force, ...], str], list[_Memories]] = {}
        self._days: dict[tuple[date, str], list[_Memories]] = {}
        self.remembered = 0
        self._needs: dict[tuple[frozenset[str], int], frozenset[Need]] = {}

    def bare_verdicts(self, profile: Profile) -> list[bytes]:
        """For each subject one byte for each measure of its kind, in document order (``tallies.TRUTHS``)."""
        return self._tallies.of(profile)

    def verdicts(self, profile: Profile) -> list[tuple[str, int, Truth]]:
        """Bare verdicts: measure id, subject index, truth; by subject, then in document order."""
        return [
            (name, subject.index, TRUTHS[byte])
            for subject, found in zip(profile.subjects(), self.bare_verdicts(profile), strict=True)
            for name, byte in zip(self._names[subject.kind], found, strict=True)
        ]

    def match(self, profile: Profile, as_of: date, wanted: Wanted = EVERYTHING) -> Answer:
        """The findings as JSON with summary and next questions."""
        patterns = self._rules.patterns(profile)
        memories = self._memories_of(as_of, wanted.detail)
        speeches = self._speeches(profile, patterns)
        ranked: defaultdict[int, list[bytes]] = defaultdict(list)
        truths: list[Truth] = []
        lacks: list[Lack] = []
        for (measure, kind, span, facts), memory in zip(self._in_order, memories, strict=True):
            if wanted.measures is not None and measure.id not in wanted.measures:
                continue
            for speech in speeches[kind]:
                codes = speech.pattern[span]
                doubts = speech.doubts(facts) if speech.doubtful else ()
                key = Pattern(codes, doubts) if doubts else codes
                fragment = memory.get(key)
                if fragment is None:
                    pattern = Pattern(codes, doubts)
                    fragment = write_fragment(self.library, measure, pattern, as_of, wanted.detail)
                    memory[key] = fragment
                    self.remembered += 1
                truths.append(fragment.truth)
                if fragment.lacking:
                    lacks.append(Lack(self._needs_of(fragment.lacking, speech.index), fragment.settles))
                if wanted.verdicts is None or VERDICTS[fragment.truth] in wanted.verdicts:
                    ranked[fragment.rank].append(speech.fill(fragment, self.library, measure))
        absent = self._not_applicable(profile, wanted)
        return Answer(
            summary=Summary(
                eligible=truths.count(Truth.TRUE),
                undetermined=truths.count(Truth.UNKNOWN),
                ineligible=truths.count(Truth.FALSE),
                not_applicable=len(absent),
            ),
            findings=Raw(b"[" + b",".join(text for place in sorted(ranked) for text in ranked[place]) + b"]"),
            questions=questions(lacks, self.library.vocabulary),
            not_applicable=absent,
            patterns=b"|".join(patterns),
        )

    def _speeches(self, profile: Profile, patterns: Sequence[bytes]) -> dict[str, list[Speech]]:
        found: dict[str, list[Speech]] = {kind.value: [] for kind in Subject}
        shared = {} if profile.enterprise is None else self._sayings.of(profile.enterprise.facts)
        for subject, pattern in zip(profile.subjects(), patterns, strict=True):
            own = {} if subject is profile.enterprise else self._sayings.of(subject.facts)
            words = {**shared, **own}
            found[subject.kind.value].append(Speech(subject, profile.known_to(subject), words, pattern))
        return found

    def _not_applicable(self, profile: Profile, wanted: Wanted) -> tuple[str, ...]:
        present = {subject.kind for subject in profile.subjects()}
        absent = [kind for kind in Subject if kind not in present]
        asked: Collection[str] = self.library.measures if wanted.measures is None else wanted.measures
        found = (one.measure for one in self._in_order if absent and one.measure.subject in absent)
        return tuple(measure.id for measure in found if measure.id in asked)

    def _memories_of(self, as_of: date, detail: str) -> list[_Memories]:
        """The fragments written so far, by measure; days on which all measures have one force share them."""
        if self.remembered >= _REMEMBERED or len(self._days) >= _REMEMBERED:
            self._memories, self._days, self.remembered = {}, {}, 0
        memories = self._days.get((as_of, detail))
        if memories is None:
            key = (self._forces(as_of), detail)
            memories = self._memories.setdefault(key, [{} for _ in self._in_order])
            self._days[as_of, detail] = memories
        return memories

    def _forces(self, as_of: date) -> tuple[Force, ...]:
        return tuple(
            force_in(self.library, one.measure.clause_id, one.measure.period, as_of) for one in self._in_order
        )

    def _needs_of(self, lacking: frozenset[str], index: int) -> frozenset[Need]:
        if len(self._needs) >= _REMEMBERED:
            self._needs.clear()
        needs = self._needs.get((lacking, index))
        if needs is None:
            needs = self._needs[lacking, index] = _needs(lacking, index, self.library)
        return needs


def _needs(lacking: frozenset[str], index: int, library: Library) -> frozenset[Need]:
    facts = (library.vocabulary.facts[name] for name in lacking)
    return frozenset((fact.id, 0 if fact.subject is Subject.ENTERPRISE else index) for fact in facts)
