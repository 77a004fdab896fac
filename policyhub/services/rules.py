"""Measures as readers see them: the rule tree with its sentences, the read-back, the benefit."""

from datetime import date

from matcher.finding import contiguous
from matcher.force import force_in
from matcher.predicates import describe
from matcher.readback import readback
from policies.library import Library
from policies.quantity import show_number
from policies.rules import Benefit, Condition, Example, Formula, Measure, Rule, Share, Value
from policies.values import show_value
from policies.vocabulary import Vocabulary
from policyhub.services.views import (
    BenefitView,
    ConditionView,
    ExampleView,
    FormulaView,
    GroupView,
    MeasureItem,
    MeasureRef,
    RuleView,
    SourceRef,
)


def measure_item(library: Library, measure: Measure, as_of: date) -> MeasureItem:
    """Everything that the clause file says of a measure, with its force on a day."""
    clause, document = library.clauses[measure.clause_id], library.document_of(measure.clause_id)
    return MeasureItem(
        id=measure.id,
        clause_id=measure.clause_id,
        document_number=document.number,
        clause_number=clause.number,
        title=measure.title,
        quote=contiguous(clause.text, measure.quotes),
        quotes=measure.quotes,
        kind=measure.kind.value,
        category=measure.category,
        subject=measure.subject.value,
        rule=rule_view(measure.rule, library.vocabulary),
        readback=readback(measure, library.vocabulary),
        benefit=benefit_view(measure.benefit),
        units=clause.units,
        units_open=clause.units_open,
        open_points=measure.open_points,
        cites=measure.cites,
        sources=tuple(source_ref(library, name) for name in measure.sources if name in library.sources),
        force=force_in(library, measure.clause_id, measure.period, as_of),
        examples=tuple(_example(example) for example in measure.examples),
    )


def measure_ref(measure: Measure) -> MeasureRef:
    """A measure by name."""
    return MeasureRef(
        id=measure.id,
        title=measure.title,
        kind=measure.kind.value,
        category=measure.category,
        subject=measure.subject.value,
    )


def rule_view(rule: Rule, vocabulary: Vocabulary) -> RuleView:
    """The tree of a rule, each condition with its sentence and the words it models."""
    if isinstance(rule, Condition):
        return _condition(rule, vocabulary)
    parts = tuple(rule_view(part, vocabulary) for part in rule.parts)
    return GroupView(connective=rule.connective.value, parts=parts)


def benefit_view(benefit: Benefit) -> BenefitView:
    """The benefit; a factor as a decimal text, exact."""
    formula = benefit.formula
    return BenefitView(
        form=benefit.form,
        content=benefit.content,
        quotes=benefit.quotes,
        amount=benefit.amount,
        ratio=benefit.ratio,
        basis=benefit.basis,
        times=benefit.times,
        formula=None if formula is None else _formula(formula),
    )


def _formula(formula: Formula) -> FormulaView:
    if isinstance(formula, Share):
        factor = show_number(formula.factor)
        return FormulaView(fact=formula.fact, name=formula.name, factor=factor, unit=formula.unit)
    return FormulaView(fact=formula.fact, name=formula.name, workdays=formula.workdays)


def _condition(condition: Condition, vocabulary: Vocabulary) -> ConditionView:
    fact = vocabulary.facts[condition.fact]

    def shown(values: tuple[Value, ...]) -> tuple[str, ...]:
        return tuple(show_value(fact, value, vocabulary) for value in values)

    return ConditionView(
        sentence=describe(condition, vocabulary),
        fact=condition.fact,
        name=fact.name,
        operator=condition.operator.value,
        values=shown(condition.values),
        quotes=condition.quotes,
        decided_by=condition.decided_by,
        open_list=condition.open_list,
        excluded=shown(condition.excluded),
        silent=shown(condition.silent),
        ranking=condition.ranking,
        catalogue=condition.catalogue,
        weight=condition.weight,
    )


def source_ref(library: Library, name: str) -> SourceRef:
    """What is known of a source outside the gazette."""
    source = library.sources[name]
    return SourceRef(
        id=source.id,
        title=source.title,
        number=source.number,
        confidence=source.confidence,
        found=source.found,
        not_found=source.not_found,
    )


def _example(example: Example) -> ExampleView:
    return ExampleView(
        case=example.case,
        profile=example.profile,
        verdict=example.verdict,
        because=example.because,
        missing=example.missing,
        label=example.label,
        as_of=example.as_of,
    )
