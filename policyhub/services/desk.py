"""The desk's view of a question: the answers, what else was found, and approved standard answers beside them.

A standard answer (口径) never takes the place of the clause. Where the records cannot be read, the clause is
answered all the same and the view says that the standard answers are missing.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from matcher.force import Force, force_in
from policies.document import Clause, Unit
from policies.library import Library
from policies.rules import Period
from policyhub.services.answers import (
    AnswersQuery,
    AnswersView,
    AnswerView,
    FactToAsk,
    answer,
    facts_to_ask,
)
from policyhub.services.citing import words_for
from policyhub.services.desk_ticket import Moment, ticket_of, ticket_of_nothing
from policyhub.services.rules import measure_ref
from policyhub.services.search import LONGEST
from policyhub.services.standard_answers import Card, card, cards_of, targets_for
from policyhub.services.views import MeasureRef
from policyhub.snapshot import Snapshot
from policyhub.storage import AnswerStatus, AnswerStore, StorageError
from search_index.corpus import sentences
from search_index.normalise import normalise
from search_index.understand import cut_at

logger = logging.getLogger(__name__)

_RELATED = 3
_OTHER_LINE = re.compile("(?<!\\d)(?:119|120|122)(?!\\d)")
_NOT_FOUND = "收录的文件里没有查到这个问题的答案，我不能随口答复您。我先记下来，请有关单位核实。"


class Choice(Struct, frozen=True, kw_only=True):
    """One card of the desk. ``answers`` is false for what is only related: it has no ``spoken``.

    ``cards`` are approved standard answers, ``same`` the one to this very question; ``measures`` those of a
    clause that answers as a whole;
    ``ticket`` is what goes into the ticket when the card is copied.
    """

    number: int
    answers: bool
    title: str
    spoken: str
    quote: str
    clause_id: str
    measure_id: str | None
    cited: str
    heading: str
    units: tuple[Unit, ...]
    units_open: bool
    caution: tuple[str, ...]
    force: Force
    ask: tuple[FactToAsk, ...] = ()
    cards: tuple[Card, ...] = ()
    same: Card | None = None
    measures: tuple[MeasureRef, ...] = ()
    ticket: str = ""

    @property
    def target(self) -> str:
        """What is flagged when the card is."""
        return self.measure_id or self.clause_id


class DeskView(Struct, frozen=True, kw_only=True):
    """A question at the desk. ``cut`` as in ``cut_at``. ``records`` is false when the standard answers could not be read.

    ``said`` and ``ticket`` are for a question without an answer, ``same`` the standard answer that somebody has
    approved for it all the same, on what it stands is ``same_cited``; ``newest`` is the day of the youngest document.
    """

    found: AnswersView
    cut: int
    choices: tuple[Choice, ...]
    records: bool
    same: Card | None
    same_cited: str
    said: str
    ticket: str
    moment: Moment
    newest: date | None

    @property
    def alarm(self) -> str:
        """Where to with an urgent request, in a few words that nobody overlooks; else empty."""
        triage = self.found.triage
        if triage is None or not triage.urgent:
            return ""
        if triage.line == "110":
            return "紧急，转 110！"
        other = _OTHER_LINE.search(triage.reason)
        return f"紧急，联动 {other.group()}！" if other else "紧急求助，马上联动！"


def desk_view(
    snapshot: Snapshot, store: AnswerStore, query: str, as_of: date, at: datetime
) -> DeskView | None:
    """Everything the desk shows for a question; ``None`` where nothing was asked. ``at`` is when it was."""
    asked = query.strip()[:LONGEST]
    if not asked:
        return None
    found = answer(snapshot, AnswersQuery(q=asked), as_of)
    library, choices = snapshot.library, _choices(snapshot, found, as_of)
    try:
        choices, readable = _with_cards(library, store, choices, asked, as_of), True
        same = None if found.found else _same(_approved(store, as_of), asked)
    except StorageError as error:
        logger.warning("读不到口径，照原文答：%s", error)
        readable, same = False, None
    moment = Moment(at=at, as_of=as_of, library=snapshot.short)
    return DeskView(
        found=found,
        cut=cut_at(query),
        choices=tuple(replace(one, ticket=ticket_of(found, one, moment)) for one in choices),
        records=readable,
        same=same,
        same_cited="" if same is None else words_for(library, same.version.target),
        said="" if found.found else _NOT_FOUND,
        ticket="" if found.found else ticket_of_nothing(found, _NOT_FOUND, same, moment),
        moment=moment,
        newest=newest(snapshot.library),
    )


def newest(library: Library) -> date | None:
    """The day on which the youngest document was issued: nothing later is in the library."""
    return max((one.issued for one in library.documents if one.issued is not None), default=None)


def _choices(snapshot: Snapshot, found: AnswersView, as_of: date) -> list[Choice]:
    answers = [one for one in (found.answer, *found.alternatives) if one is not None]
    choices = [_answering(snapshot, one, found, as_of) for one in answers]
    taken = {one.clause_id for one in choices}
    others = [name for name in _further(snapshot, found) if name not in taken]
    choices += [_related(snapshot, name, found, as_of) for name in others[:_RELATED]]
    return [replace(one, number=number) for number, one in enumerate(choices, 1)]


def _further(snapshot: Snapshot, found: AnswersView) -> list[str]:
    """Clauses that the same words find; beside an urgent request nothing else is offered."""
    if not found.found:
        return [one.id for one in found.related]
    if found.triage is not None and found.triage.urgent:
        return []
    return [hit.clause_id for hit in snapshot.search.finder.find(found.query).hits]


def _answering(snapshot: Snapshot, one: AnswerView, found: AnswersView, as_of: date) -> Choice:
    first = one is found.answer
    clause = snapshot.library.clauses[one.clause_id]
    encoded = snapshot.library.encoded_by_id.get(one.clause_id)
    measures = encoded.measures if encoded is not None and one.measure_id is None else ()
    return Choice(
        number=0,
        answers=True,
        title=one.title or _title(clause),
        spoken=one.spoken,
        quote=_quote(clause, one, found),
        clause_id=one.clause_id,
        measure_id=one.measure_id,
        cited=one.cited,
        heading=clause.heading,
        units=one.units,
        units_open=one.units_open,
        caution=one.caution,
        force=one.force,
        ask=found.ask if first else facts_to_ask(snapshot, one.measure_id, as_of),
        measures=tuple(measure_ref(measure) for measure in measures),
    )


def _related(snapshot: Snapshot, name: str, found: AnswersView, as_of: date) -> Choice:
    library, clause = snapshot.library, snapshot.library.clauses[name]
    finder = snapshot.search.finder
    marked = finder.highlights(name, finder.understanding.read(found.query))
    best = max(marked, key=lambda one: sum(end - start for start, end in one.marks), default=None)
    words = next(iter(sentences(clause)), (0, clause.text))[1] if best is None else best.text
    return Choice(
        number=0,
        answers=False,
        title=_title(clause),
        spoken="",
        quote=words.strip(),
        clause_id=name,
        measure_id=None,
        cited=library.citations[clause.id],
        heading=clause.heading,
        units=clause.units,
        units_open=clause.units_open,
        caution=(),
        force=force_in(library, name, Period(), as_of),
    )


def _title(clause: Clause) -> str:
    return clause.heading or next(reversed(clause.path), "") or clause.number


def _quote(clause: Clause, one: AnswerView, found: AnswersView) -> str:
    """The words quoted: all of a clause that was asked for by number; of a line, the sentence it rests on."""
    triage = found.triage
    if clause.id in found.understood.cited and one.measure_id is None:
        return clause.text
    if triage is None or one.measure_id is not None or triage.clause_id != clause.id:
        return one.quote
    parts = (part.strip() for _, part in sentences(clause))
    return next((part for part in parts if triage.quote in part), triage.quote)


def _with_cards(
    library: Library, store: AnswerStore, choices: Iterable[Choice], asked: str, as_of: date
) -> list[Choice]:
    """The approved cards of every answer, by one question to the records."""
    choices = list(choices)
    own = {one.number: targets_for(library, one.target) for one in choices if one.answers}
    clause = {one.number: targets_for(library, one.clause_id) for one in choices if one.answers}
    wanted = dict.fromkeys(target for several in (*own.values(), *clause.values()) for target in several)
    cards = cards_of(store, wanted, as_of) if wanted else ()
    return [
        replace(
            one,
            cards=_cards(cards, own.get(one.number, [])),
            same=_same(_cards(cards, clause.get(one.number, [])), asked),
        )
        for one in choices
    ]


def _approved(store: AnswerStore, as_of: date) -> Iterable[Card]:
    return (card(version, as_of) for version in store.listed(AnswerStatus.APPROVED))


def _same(cards: Iterable[Card], asked: str) -> Card | None:
    wanted = _words(asked)
    return next((one for one in cards if not one.overdue and _words(one.version.question) == wanted), None)


def _words(question: str) -> str:
    return re.sub(r"\W", "", normalise(question))


def _cards(cards: Iterable[Card], targets: list[str]) -> tuple[Card, ...]:
    place: Mapping[str, int] = {target: number for number, target in enumerate(targets)}
    own = [card for card in cards if card.version.target in place]
    return tuple(sorted(own, key=lambda one: (one.overdue, place[one.version.target])))
