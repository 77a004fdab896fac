"""The result of a match as content for people: groups in reading order, each card with its reasons.

A pure function of a snapshot and a request. Everything shown is the matcher's finding in words; nothing
is decided here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from matcher.finding import LABELS
from matcher.force import Force, ForceStatus
from matcher.match import Summary
from matcher.profile import Notice
from matcher.questions import Question
from matcher.receipt import Receipt
from policyhub.services import reasons
from policyhub.services.facts_told import FactLine, subject_words, tell_facts
from policyhub.services.flip_words import Change, flip_words
from policyhub.services.labels import KINDS, day, decides
from policyhub.services.match import Order, answer
from policyhub.services.measure_text import MeasureText, Told, texts_of
from policyhub.services.reasons import ConditionLine
from policyhub.snapshot import Snapshot

ASKED_NEXT = 3

# In reading order: what each group is, for a person who has never seen one.
GROUPS: Mapping[str, str] = {
    "eligible": "所填情况满足条文写明的全部条件。",
    "to_determine": "所填情况满足条件，但其中有的须由有关单位认定，认定之前不能当作已经符合。",
    "ranking": "条件已经达到，能否享受还要与其他申报者比较名次。",
    "missing": "还缺一些情况；补充之后就能判断。",
    "open": "所填情况已经够了，是条文没有写明或须核对外部目录，要由责任单位答复。",
    "ineligible": "按现有信息还对不上条文写明的条件；情况有变或填得更全之后，可以再对照一次。",
    "not_applicable": "条文说的是没有填写的对象。",
}
SYMBOLS: Mapping[str, str] = {
    "eligible": "√",
    "to_determine": "√？",
    "ranking": "…",
    "missing": "？",
    "open": "？",
    "ineligible": "×",
    "not_applicable": "—",
}
_KEYS = {label: key for key, label in LABELS.items()}
_ELIGIBLE = ("eligible", "to_determine")  # the labels of the verdict
_KIND_PLACES = {word: place for place, word in enumerate(KINDS.values())}


class MissingLine(Struct, frozen=True):
    """A fact on which the verdict still hangs, and how it is asked for."""

    fact: str
    name: str
    question: str


class Decision(Struct, frozen=True, kw_only=True):
    """A condition met by statement that somebody else determines."""

    sentence: str
    quotes: tuple[str, ...]
    decided_by: str


class Computed(Struct, frozen=True):
    """An amount or a date worked out from numbers of the text."""

    name: str
    amount: str
    working: str


class Card(Struct, frozen=True, kw_only=True):
    """One measure for one subject; of one that has no such subject, no more than that."""

    anchor: str
    measure: MeasureText
    subject: str
    key: str
    label: str
    score: int
    because: tuple[str, ...]
    conditions: tuple[ConditionLine, ...] = ()
    missing: tuple[MissingLine, ...] = ()
    decisions: tuple[Decision, ...] = ()
    gaps: tuple[str, ...] = ()
    computed: Computed | None = None
    force: Force | None = None


class Group(Struct, frozen=True, kw_only=True):
    """The cards of one label, best first; ``note`` says what the label means."""

    key: str
    label: str
    symbol: str
    note: str
    cards: tuple[Card, ...]


class Result(Struct, frozen=True, kw_only=True):
    """A match as content. ``progress`` is 再答 3 题可定 11 项, or empty when no answer would settle anything."""

    as_of: date
    library: str
    receipt: Receipt
    subjects: tuple[str, ...]
    facts: tuple[FactLine, ...]
    groups: tuple[Group, ...]
    summary: Summary
    progress: str
    next_question: Question | None
    questions: tuple[Question, ...]
    warnings: tuple[Notice, ...]

    @property
    def within(self) -> tuple[str, ...]:
        """What has to be known of the number that is eligible: how many are to be determined, how many ask something."""
        cards = [card for group in self.groups if group.key in _ELIGIBLE for card in group.cards]
        decided, asks = (
            sum(card.key == "to_determine" for card in cards),
            sum(card.measure.asks for card in cards),
        )
        counted = ((decided, "须有关单位认定"), (asks, "是对您的要求"))
        return tuple(f"{number} 项{words}" for number, words in counted if number)

    @property
    def early(self) -> str:
        """That some of it was not in force yet on the day, in words; else empty."""
        forces = [
            card.force.status for group in self.groups for card in group.cards if card.force is not None
        ]
        number = forces.count(ForceStatus.NOT_YET.value)
        before = f"所问日期（{day(self.as_of)}）早于其中 {number} 项的印发日期或条文写明的起始日期"
        return f"{before}，那一天还不能照它们办。" if number else ""


class _Subject(Struct, frozen=True):
    kind: str
    index: int


class _Lack(Struct, frozen=True):
    sentence: str
    quotes: tuple[str, ...]
    decided_by: str


class _Benefit(Struct, frozen=True):
    computed: Computed | None


class _Condition(reasons.Result, frozen=True):
    fact: str


class _Finding(Struct, frozen=True):
    """As much of a finding as differs from profile to profile."""

    measure_id: str
    subject: _Subject
    label: str
    score: int
    conditions: tuple[_Condition, ...]
    missing: tuple[MissingLine, ...]
    determinations: tuple[_Lack, ...]
    flips: tuple[tuple[Change, ...], ...]
    benefit: _Benefit
    force: Force


_findings = msgspec.json.Decoder(list[_Finding])


def result(snapshot: Snapshot, order: Order, stated: Mapping[str, Any]) -> Result:
    """The result of a request that has been understood; ``stated`` is the profile as it was sent."""
    library, profile = snapshot.library, order.profile
    found = answer(snapshot, replace(order, wanted=replace(order.wanted, detail="full")))
    texts = texts_of(library)
    names = {(one.kind.value, one.index): subject_words(one, profile) for one in profile.subjects()}
    cards = _Cards(snapshot, texts, names)
    return Result(
        as_of=order.as_of,
        library=found.library,
        receipt=found.receipt,
        subjects=tuple(names.values()),
        facts=tell_facts(stated, profile, library.vocabulary),
        groups=tuple(
            _groups([*cards.found(_findings.decode(found.findings)), *cards.absent(found.not_applicable)])
        ),
        summary=found.summary,
        progress=progress(found.questions),
        next_question=found.questions[0] if found.questions else None,
        questions=found.questions,
        warnings=found.warnings,
    )


def progress(questions: Sequence[Question]) -> str:
    """再答 3 题可定 11 项: the fewest of the next three questions that settle as much as all three."""
    asked = questions[:ASKED_NEXT]
    settles = asked[-1].settles if asked else 0
    if not settles:
        return ""
    number = next(place for place, one in enumerate(asked, 1) if one.settles == settles)
    return f"再答 {number} 题可定 {settles} 项"


def _groups(cards: Sequence[Card]) -> Iterator[Group]:
    for key, note in GROUPS.items():
        own = sorted((card for card in cards if card.key == key), key=_place)
        if own:
            yield Group(key=key, label=LABELS[key], symbol=SYMBOLS[key], note=note, cards=tuple(own))


def _place(card: Card) -> tuple[int, int]:
    """By score; of the same score 优惠, 便利, 保障, then what is asked; else as the matcher has them."""
    return -card.score, _KIND_PLACES[card.measure.kind]


class _Cards:
    """Findings of one profile become cards."""

    def __init__(
        self,
        snapshot: Snapshot,
        texts: Mapping[str, Told],
        names: Mapping[tuple[str, int], str],
    ) -> None:
        self.vocabulary = snapshot.library.vocabulary
        self.texts, self.names = texts, names

    def found(self, findings: Sequence[_Finding]) -> Iterator[Card]:
        for finding in findings:
            told, key = self.texts[finding.measure_id], _KEYS[finding.label]
            stated = {one.fact for one in finding.conditions if one.stated is not None}
            card = Card(
                anchor=f"{finding.measure_id.replace('/', '-')}-{finding.subject.index + 1}",
                measure=told.text,
                subject=self.names[finding.subject.kind, finding.subject.index],
                key=key,
                label=finding.label,
                score=finding.score,
                because=tuple(dict.fromkeys(reasons.against(told.tree, finding.conditions))),
                gaps=tuple(
                    flip_words(flips, stated, self.vocabulary, decided=told.decided)
                    for flips in finding.flips
                ),
                force=finding.force,
            )
            yield self._explained(card, finding, told)

    def absent(self, measures: Sequence[str]) -> Iterator[Card]:
        for name in measures:
            text = self.texts[name].text
            yield Card(
                anchor=f"{name.replace('/', '-')}-0",
                measure=text,
                subject=text.subject,
                key="not_applicable",
                label=LABELS["not_applicable"],
                score=0,
                because=(f"没有填写{text.subject}",),
            )

    def _explained(self, card: Card, finding: _Finding, told: Told) -> Card:
        return replace(
            card,
            conditions=tuple(reasons.lines(told.tree, finding.conditions)),
            missing=finding.missing,
            decisions=tuple(
                Decision(sentence=one.sentence, quotes=one.quotes, decided_by=decides(one.decided_by))
                for one in finding.determinations
            ),
            computed=finding.benefit.computed,
        )


def unusual(force: Force | None) -> str:
    """The force of a measure in words where it is not merely to be confirmed; else nothing."""
    if force is None or force.status == ForceStatus.UNCONFIRMED.value:
        return ""
    return f"{force.status}：{force.note}"
