"""What goes into the ticket: plain text, the same for the same answer, complete without the screen it came from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from matcher.force import Force
from policies.document import Unit
from policyhub.services.answers import AnswersView, TriageView
from policyhub.services.labels import day, minute, unit_list
from policyhub.services.standard_answers import Card


class Moment(Struct, frozen=True, kw_only=True):
    """When the question was answered, for which day, from which library."""

    at: datetime
    as_of: date
    library: str

    @property
    def clock(self) -> str:
        """The moment in words."""
        return minute(self.at)


class Told(Protocol):
    """As much of a card of the desk as a ticket tells."""

    @property
    def answers(self) -> bool: ...
    @property
    def spoken(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def cited(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def force(self) -> Force: ...
    @property
    def units(self) -> tuple[Unit, ...]: ...
    @property
    def units_open(self) -> bool: ...
    @property
    def caution(self) -> tuple[str, ...]: ...
    @property
    def cards(self) -> tuple[Card, ...]: ...
    @property
    def target(self) -> str: ...


def ticket_of(found: AnswersView, told: Told, moment: Moment) -> str:
    """The ticket of one card; of a clause that is only related it says that it is no answer."""
    lines = [f"问题：{_one_line(found.query)}", *_triage(found.triage)]
    beside = (
        "没有用查到的答复，只记下这一条相关条款，它不是答案"
        if found.found
        else "查不到。以下条款只是相关，不是答案"
    )
    lines.append(f"答复：{told.spoken if told.answers else beside}")
    lines += [
        f"原话：{_one_line(told.quote)}",
        f"依据：{told.cited} {told.heading}".rstrip() + f"（{told.force.status}）",
        f"责任单位：{unit_list(told.units, more=told.units_open)}",
        *_numbered("不能承诺", told.caution),
        *(_card(card) for card in _used(told)),
        _foot(moment),
    ]
    return "\n".join(lines)


def ticket_of_nothing(found: AnswersView, said: str, same: Card | None, moment: Moment) -> str:
    """The ticket of a question that the documents do not answer, with the standard answer that there is for it."""
    related = [f"{one.cited} {one.heading}".rstrip() for one in found.related]
    lines = [f"问题：{_one_line(found.query)}", *_triage(found.triage)]
    lines += [f"答复：查不到。{found.note or ''}"]
    lines += [f"告知来电人：{said}"] if same is None else [_card(same)]
    lines += _numbered("相关条款（不是答案）", related)
    return "\n".join([*lines, _foot(moment)])


def _triage(triage: TriageView | None) -> Iterator[str]:
    if triage is not None:
        urgent = "（紧急）" if triage.urgent else ""
        yield f"分流：{triage.line}{urgent} {triage.reason}依据：{triage.cited}"


def _used(told: Told) -> list[Card]:
    """The standard answers of the card's own target, or else of its clause; an overdue one is used by nobody."""
    held = [card for card in told.cards if not card.overdue]
    return [card for card in held if card.version.target == told.target] or held


def _card(card: Card) -> str:
    version = card.version
    return (
        f"口径：“{_one_line(version.question)}”{_one_line(version.answer)}"
        f"（{version.author}撰写，{version.approver}核准，{day(version.review_by)}前复核）"
    )


def _numbered(name: str, said: Sequence[str]) -> Iterable[str]:
    if len(said) == 1:
        return [f"{name}：{said[0]}"]
    return [f"{name}{number}：{one}" for number, one in enumerate(said, 1)]


def _foot(moment: Moment) -> str:
    return f"政策库版本：{moment.library}；按{day(moment.as_of)}的条文；答复时间：{moment.clock}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
