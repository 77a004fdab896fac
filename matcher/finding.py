"""A finding: the verdict of one measure for one subject, with everything a person needs to check it."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from msgspec import Raw, Struct
from msgspec.json import Encoder

from matcher.evaluate import VERDICTS, fold, grounds, undecided, wishes
from matcher.flips import Flip, flip_sets
from matcher.force import Force, force_in
from matcher.predicates import REASONS, Ground, Outcome, describe
from matcher.profile import Origin, StatedFact, SubjectFacts
from matcher.truth import Truth
from policies.document import Unit
from policies.library import Library
from policies.rules import Condition, Measure, conditions

encode = Encoder().encode

NULL = Raw(b"null")
UNSETTLED = Outcome(Truth.UNKNOWN)

LABELS = {
    "eligible": "符合",
    "to_determine": "条件符合，须认定",
    "missing": "待补充信息",
    "open": "待责任单位明确",
    "ranking": "条件达到，名次待定",
    "ineligible": "按现有信息暂不符合",
    "not_applicable": "不涉及",
}


class StatedValue(Struct, frozen=True, kw_only=True):
    """A stated value for a reader: the value, the words understood, where it came from."""

    value: Any
    text: str
    origin: Origin


class ConditionFinding(Struct, frozen=True, kw_only=True):
    """One condition: its sentence, the words it models, what was stated and what came of it."""

    fact: str
    name: str
    sentence: str
    quotes: tuple[str, ...]
    result: str
    reason: str | None
    ground: Ground | None
    stated: Raw
    decided_by: str | None


class MissingFact(Struct, frozen=True, kw_only=True):
    """A fact not stated on which the verdict hangs."""

    fact: str
    name: str
    question: str


class Determination(Struct, frozen=True, kw_only=True):
    """A condition stated as met that an authority, not the applicant, decides."""

    sentence: str
    quotes: tuple[str, ...]
    decided_by: str


class BenefitFinding(Struct, frozen=True, kw_only=True):
    """What the measure gives; ``computed`` only from numbers of the text with every input known."""

    form: str
    content: str
    quotes: tuple[str, ...]
    amount: str
    ratio: str | None
    basis: str | None
    times: str | None
    computed: Raw


class Finding(Struct, frozen=True, kw_only=True):
    """The full answer for one measure and one subject (contract: POST /v1/match)."""

    measure_id: str
    clause_id: str
    document_number: str | None
    clause_number: str
    title: str
    quote: str
    quotes: tuple[str, ...]
    kind: str
    category: str
    subject: Raw
    verdict: str
    label: str
    score: Raw
    conditions: tuple[ConditionFinding, ...]
    missing: tuple[MissingFact, ...]
    determinations: tuple[Determination, ...]
    flips: tuple[tuple[Flip, ...], ...]
    benefit: BenefitFinding
    force: Force
    units: tuple[Unit, ...]
    units_open: bool


class BriefFinding(Struct, frozen=True, kw_only=True):
    """The same finding without its reasons."""

    measure_id: str
    clause_id: str
    document_number: str | None
    clause_number: str
    title: str
    quote: str
    kind: str
    category: str
    subject: Raw
    verdict: str
    label: str
    score: Raw
    force: Force


class Spoken(Struct, frozen=True, kw_only=True):
    """The parts of a finding that differ from profile to profile, already as JSON."""

    subject: Raw
    score: Raw
    computed: Raw
    stated: Mapping[str, Raw]


def explain(
    library: Library, measure: Measure, outcomes: Sequence[Outcome], as_of: date, spoken: Spoken
) -> Finding:
    """The finding of a measure whose conditions came out as ``outcomes``."""
    clause, document = library.clauses[measure.clause_id], library.document_of(measure.clause_id)
    truth = fold(measure.rule, outcomes)
    return Finding(
        measure_id=measure.id,
        clause_id=measure.clause_id,
        document_number=document.number,
        clause_number=clause.number,
        title=measure.title,
        quote=contiguous(clause.text, measure.quotes),
        quotes=measure.quotes,
        kind=measure.kind.value,
        category=measure.category,
        subject=spoken.subject,
        verdict=VERDICTS[truth],
        label=label(measure, outcomes, truth),
        score=spoken.score,
        conditions=_conditions(library, measure, outcomes, spoken.stated),
        missing=_missing(library, measure, outcomes, truth),
        determinations=tuple(_determinations(library, measure, outcomes)),
        flips=_flips(library, measure, outcomes, truth),
        benefit=_benefit(measure, spoken.computed),
        force=force_in(library, measure.clause_id, measure.period, as_of),
        units=clause.units,
        units_open=clause.units_open,
    )


def brief(finding: Finding) -> BriefFinding:
    """The finding without its reasons."""
    return BriefFinding(**{name: getattr(finding, name) for name in BriefFinding.__struct_fields__})


def label(measure: Measure, outcomes: Sequence[Outcome], truth: Truth) -> str:
    """What a person reads (semantics §3)."""
    if truth is Truth.FALSE:
        return LABELS["ineligible"]
    if truth is Truth.TRUE:
        return LABELS["to_determine" if _determined(measure, outcomes) else "eligible"]
    why = grounds(measure.rule, outcomes)
    if Ground.NOT_STATED in why:
        return LABELS["missing"]
    return LABELS["ranking" if why == {Ground.RANKING} else "open"]


def contiguous(text: str, quotes: Sequence[str]) -> str:
    """The stretch of the clause from the first quoted word to the last, verbatim."""
    spans = [(start, start + len(quote)) for quote in quotes if (start := text.find(quote)) >= 0]
    return text[min(start for start, _ in spans) : max(end for _, end in spans)] if spans else ""


def stated_json(stated: StatedFact) -> Raw:
    """A stated fact as the JSON of a StatedValue."""
    return Raw(encode(StatedValue(value=json_value(stated), text=stated.understood, origin=stated.origin)))


def json_value(stated: StatedFact) -> Any:
    """The value as JSON: numbers as numbers, sets as sorted lists, places by name."""
    if isinstance(stated.value, Fraction):
        return stated.value.numerator if stated.value.denominator == 1 else float(stated.value)
    if isinstance(stated.value, frozenset):
        return sorted(stated.value)
    return stated.value if isinstance(stated.value, bool | date) else stated.understood


def subject_json(subject: SubjectFacts) -> Raw:
    """``{"kind": "project", "index": 0, "name": "…"}``."""
    return Raw(encode({"kind": subject.kind.value, "index": subject.index, "name": subject.name}))


def _conditions(
    library: Library, measure: Measure, outcomes: Sequence[Outcome], stated: Mapping[str, Raw]
) -> tuple[ConditionFinding, ...]:
    return tuple(
        ConditionFinding(
            fact=condition.fact,
            name=library.vocabulary.facts[condition.fact].name,
            sentence=describe(condition, library.vocabulary),
            quotes=condition.quotes,
            result=outcome.truth.name.lower(),
            reason=None if outcome.ground is None else REASONS[outcome.ground],
            ground=outcome.ground,
            stated=stated.get(condition.fact, NULL),
            decided_by=condition.decided_by,
        )
        for condition, outcome in zip(conditions(measure.rule), outcomes, strict=True)
    )


def _missing(
    library: Library, measure: Measure, outcomes: Sequence[Outcome], truth: Truth
) -> tuple[MissingFact, ...]:
    if truth is not Truth.UNKNOWN:
        return ()
    leaves = conditions(measure.rule)
    names = dict.fromkeys(
        leaves[position].fact
        for position in undecided(measure.rule, outcomes)
        if outcomes[position].ground is Ground.NOT_STATED
    )
    facts = [library.vocabulary.facts[name] for name in names]
    return tuple(MissingFact(fact=fact.id, name=fact.name, question=fact.question) for fact in facts)


def _flips(
    library: Library, measure: Measure, outcomes: Sequence[Outcome], truth: Truth
) -> tuple[tuple[Flip, ...], ...]:
    """Nobody is told how to come under an obligation or a prohibition."""
    if truth is not Truth.FALSE or measure.kind.asks:
        return ()
    return flip_sets(measure.rule, outcomes, library.vocabulary)


def _determinations(library: Library, measure: Measure, outcomes: Sequence[Outcome]) -> list[Determination]:
    return [
        Determination(
            sentence=("并非" if wish is Truth.FALSE else "") + describe(condition, library.vocabulary),
            quotes=condition.quotes,
            decided_by=condition.decided_by or "",
        )
        for condition, wish in _determined(measure, outcomes)
    ]


def _determined(measure: Measure, outcomes: Sequence[Outcome]) -> list[tuple[Condition, Truth]]:
    """The conditions met only by statement, with what each is wished to be.

    None where the verdict does not hang on them, or is no.
    """
    leaves = list(zip(conditions(measure.rule), wishes(measure.rule), outcomes, strict=True))
    awaited = [leaf.decided_by is not None and outcome.truth is wish for leaf, wish, outcome in leaves]
    without = [UNSETTLED if wait else outcome for wait, outcome in zip(awaited, outcomes, strict=True)]
    if fold(measure.rule, without) is not Truth.UNKNOWN:
        return []
    return [(leaf, wish) for wait, (leaf, wish, _) in zip(awaited, leaves, strict=True) if wait]


def _benefit(measure: Measure, computed: Raw) -> BenefitFinding:
    benefit = measure.benefit
    return BenefitFinding(
        form=benefit.form,
        content=benefit.content,
        quotes=benefit.quotes,
        amount=benefit.amount,
        ratio=benefit.ratio,
        basis=benefit.basis,
        times=benefit.times,
        computed=computed,
    )
