"""The answer an agent gives on a call: what to say, the clause in hand, what not to promise, whom to turn to.

Nothing is generated: what is said comes from the measure, what is quoted from the clause. Where the
documents do not answer, that is the answer, and the nearest clauses are offered as related only.
"""

import re
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from matcher.finding import contiguous
from matcher.force import Force, force_in
from matcher.readback import readback
from policies.document import Clause, Unit
from policies.rules import Measure, Period, conditions
from policies.speech import TriageRule
from policyhub.services.caution import cautions
from policyhub.services.citing import CitedClause, cited_clause
from policyhub.services.match import match
from policyhub.services.search import LONGEST, UnderstoodView, understood_view
from policyhub.snapshot import Snapshot
from search_index.answer import Point, Selected
from search_index.corpus import sentences
from search_index.spoken import say_clause, say_measure
from search_index.understand import Understood

_ASKED = 3
_CONSULTATION = "consultation-line"  # the triage rule of whoever asks what a policy says
# A question about how calls are handled is no call for help.
_ABOUT_CALLS = re.compile("接到|来电|转办|转接|怎么转|如何转|派单|联动|热线")
_NOT_FOUND = "这些文件里查不到这个问题的答案。"


class AnswersQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question as the caller put it."""

    q: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    as_of: date | None = None


class AnswerView(Struct, frozen=True, kw_only=True):
    """One answer: ``spoken`` to be said, ``text`` to be read, ``quote`` verbatim; ``caution`` is not to be promised.

    ``standard_answer`` is the approved wording for this question, apart from the clause; ``null`` while
    nobody has approved one.
    """

    spoken: str
    text: str
    clause_id: str
    measure_id: str | None
    cited: str
    title: str
    quote: str
    units: tuple[Unit, ...]
    units_open: bool
    caution: tuple[str, ...]
    force: Force
    standard_answer: str | None


class FactToAsk(Struct, frozen=True, kw_only=True):
    """A fact to ask the caller for, and how."""

    fact: str
    name: str
    question: str


class TriageView(Struct, frozen=True, kw_only=True):
    """Which line the request belongs to, by which words of which clause."""

    line: str
    urgent: bool
    reason: str
    clause_id: str
    cited: str
    quote: str


class AnswersView(Struct, frozen=True, kw_only=True):
    """``found`` is false when the documents do not answer; ``related`` are then clauses to look at, no answer."""

    query: str
    found: bool
    answer: AnswerView | None
    alternatives: tuple[AnswerView, ...]
    ask: tuple[FactToAsk, ...]
    triage: TriageView | None
    related: tuple[CitedClause, ...]
    note: str | None
    understood: UnderstoodView
    library: str


def answer(snapshot: Snapshot, query: AnswersQuery, as_of: date) -> AnswersView:
    """What the documents say to a question, or that they do not."""
    selected = snapshot.search.select(query.q)
    rule = snapshot.search.triage.of(query.q)
    ways = (_emergency(rule), selected.answers)
    points = next(filter(None, reversed(ways) if _ABOUT_CALLS.search(query.q) else ways), ())
    views = tuple(_view(snapshot, point, selected.understood, rule, as_of) for point in points)
    first = points[0] if points else None
    return AnswersView(
        query=query.q,
        found=bool(views),
        answer=views[0] if views else None,
        alternatives=views[1:],
        ask=() if first is None else facts_to_ask(snapshot, first.measure_id, as_of),
        triage=_triage(snapshot, rule, found=bool(views)),
        related=() if views else tuple(cited_clause(snapshot.library, name) for name in selected.related),
        note=None if views else _note(selected),
        understood=understood_view(selected.understood),
        library=snapshot.short,
    )


def _emergency(rule: TriageRule | None) -> tuple[Point, ...]:
    """21号 answers an emergency with where it belongs, whatever else the words are like."""
    return (Point(clause_id=rule.clause_id, measure_id=None),) if rule is not None and rule.urgent else ()


def _triage(snapshot: Snapshot, rule: TriageRule | None, *, found: bool) -> TriageView | None:
    """The line that the rules of 21号 name; a question about these policies is a consultation for 12345."""
    if rule is None and found:
        rules = snapshot.library.speech.triage
        rule = next((one for one in rules if one.id == _CONSULTATION), None)
    return None if rule is None else _triage_view(snapshot, rule)


def _triage_view(snapshot: Snapshot, rule: TriageRule) -> TriageView:
    return TriageView(
        line=rule.line.value,
        urgent=rule.urgent,
        reason=rule.reason,
        clause_id=rule.clause_id,
        cited=snapshot.library.citations[rule.clause_id],
        quote=rule.quote,
    )


def _note(selected: Selected) -> str:
    """Why nothing was found, in words to say."""
    if absent := selected.understood.citation.absent:
        return f"{absent}。"
    if selected.outside is not None:
        return f"{_NOT_FOUND}问的像是“{selected.outside}”，不在这些文件里。"
    if selected.detail is not None:
        return f"{_NOT_FOUND}条文没有写“{selected.detail}”一类的内容。"
    return _NOT_FOUND


def _view(
    snapshot: Snapshot, point: Point, understood: Understood, rule: TriageRule | None, as_of: date
) -> AnswerView:
    library = snapshot.library
    clause = library.clauses[point.clause_id]
    measure = None if point.measure_id is None else library.measures[point.measure_id]
    quote = _said(snapshot, point, understood)
    return AnswerView(
        spoken=_spoken_clause(
            snapshot, clause, quote, rule, asked=bool(understood.text) and not understood.duties
        )
        if measure is None
        else say_measure(measure, assessed=_assessed(measure)),
        text=quote if measure is None else readback(measure, library.vocabulary),
        clause_id=clause.id,
        measure_id=point.measure_id,
        cited=library.citations[clause.id],
        title=clause.heading if measure is None else measure.title,
        quote=quote if measure is None else contiguous(clause.text, measure.quotes),
        units=clause.units,
        units_open=clause.units_open,
        caution=() if measure is None else cautions(measure),
        force=force_in(library, clause.id, Period() if measure is None else measure.period, as_of),
        standard_answer=None,
    )


def _spoken_clause(
    snapshot: Snapshot, clause: Clause, quote: str, rule: TriageRule | None, *, asked: bool
) -> str:
    """A clause to be said: as the triage rule that rests on it, as its own sentence, or what it is about.

    ``asked``: something was asked of it; a bare number only wants to know what stands there.
    """
    if rule is not None and rule.clause_id == clause.id:
        return rule.reason.replace(" ", "")
    number = snapshot.library.document_of(clause.id).number or ""
    serial = re.search(r"\d+号", number.rpartition("〕")[2])
    place = snapshot.library.citations[clause.id].rpartition(" ")[2]
    where = f"{serial.group()}文件{place}" if serial else place
    return say_clause(quote if asked else "", where=where, heading=clause.heading)


def _assessed(measure: Measure) -> bool:
    return any(condition.decided_by is not None for condition in conditions(measure.rule))


def _said(snapshot: Snapshot, point: Point, understood: Understood) -> str:
    """The sentence of a clause that has most of the question, verbatim; of none, the first after its heading."""
    clause = snapshot.library.clauses[point.clause_id]
    highlights = snapshot.search.finder.highlights(point.clause_id, understood)
    marked = [one for one in highlights if one.marks]
    if marked:
        return max(marked, key=lambda one: sum(end - start for start, end in one.marks)).text.strip()
    printed = [text.strip() for _, text in sentences(clause)]
    return next((text for text in printed if text in clause.body), clause.text)


def facts_to_ask(snapshot: Snapshot, measure_id: str | None, as_of: date) -> tuple[FactToAsk, ...]:
    """The first facts that the measure's rule lacks when nothing is known of the caller."""
    if measure_id is None:
        return ()
    measure = snapshot.library.measures[measure_id]
    subject = measure.subject.value
    profile: dict[str, object] = {"enterprise": {}} if subject == "enterprise" else {f"{subject}s": [{}]}
    request = {"profile": profile, "measures": [measure.id], "detail": "brief"}
    questions = match(snapshot, lambda: as_of, request).questions[:_ASKED]
    return tuple(FactToAsk(fact=one.fact, name=one.name, question=one.question) for one in questions)
