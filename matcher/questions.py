"""What to ask next: the missing facts that settle the most findings, the nearest to settled first."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct

from policies.rules import Subject
from policies.values import BOOLEANS
from policies.vocabulary import Fact, FactType, Vocabulary

Need = tuple[str, int]  # fact id, index of the subject


class Lack(NamedTuple):
    """What one undetermined finding lacks; ``settles`` is false when the answers alone cannot make it eligible."""

    needs: frozenset[Need]
    settles: bool


class Question(Struct, frozen=True, kw_only=True):
    """One fact to ask for. ``settles`` counts the findings that this and the questions before it settle."""

    fact: str
    subject: Subject
    index: int
    name: str
    question: str
    help: str
    type: FactType
    unit: str | None
    choices: tuple[str, ...]
    findings: int
    settles: int


def questions(lacks: Sequence[Lack], vocabulary: Vocabulary) -> tuple[Question, ...]:
    """Order the facts that undetermined findings still lack.

    A fact weighs the sum, over the findings that lack it, of one part in the number of things they lack;
    an open list, a silent text or an unchecked catalogue is one thing more, and such a finding is not
    counted as settled.
    """
    weight: dict[Need, float] = {}
    count: dict[Need, int] = {}
    for (needs, settles), times in Counter(lacks).items():
        for need in needs:
            weight[need] = weight.get(need, 0.0) + times / (len(needs) + (not settles))
            count[need] = count.get(need, 0) + times
    order = {name: place for place, name in enumerate(vocabulary.facts)}
    ranked = sorted(weight, key=lambda need: (-round(weight[need], 9), -count[need], order[need[0]], need[1]))
    settled = _settled_after(ranked, [needs for needs, settles in lacks if settles])
    return tuple(
        _question(need, vocabulary.facts[need[0]], count[need], settles)
        for need, settles in zip(ranked, settled, strict=True)
    )


def _settled_after(ranked: Sequence[Need], needs: Sequence[frozenset[Need]]) -> list[int]:
    """How many findings lack nothing more once the questions up to each one are answered."""
    place = {need: position for position, need in enumerate(ranked)}
    last = Counter(max(map(place.__getitem__, lacking)) for lacking in needs if lacking)
    return list(accumulate(last[position] for position in range(len(ranked))))


def _question(need: Need, fact: Fact, findings: int, settles: int) -> Question:
    names = (
        tuple(BOOLEANS) if fact.type is FactType.BOOLEAN else tuple(choice.name for choice in fact.choices)
    )
    return Question(
        fact=fact.id,
        subject=fact.subject,
        index=need[1],
        name=fact.name,
        question=fact.question,
        help=fact.help,
        type=fact.type,
        unit=fact.unit,
        choices=names,
        findings=findings,
        settles=settles,
    )
