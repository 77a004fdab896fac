"""What to ask next: the missing facts that settle the most findings, the nearest to settled first."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from policies.rules import Subject
from policies.values import BOOLEANS
from policies.vocabulary import Fact, FactType, Vocabulary

Need = tuple[Subject, int, str]  # subject kind, index, fact id


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


def questions(needs: Sequence[frozenset[Need]], vocabulary: Vocabulary) -> tuple[Question, ...]:
    """Order the facts of ``needs``, where each set is all that one undetermined finding still lacks.

    A fact weighs the sum, over the findings that lack it, of one part in the number of facts they lack.
    """
    weight: dict[Need, float] = {}
    count: dict[Need, int] = {}
    for lacking in needs:
        for need in lacking:
            weight[need] = weight.get(need, 0.0) + 1 / len(lacking)
            count[need] = count.get(need, 0) + 1
    order = {name: place for place, name in enumerate(vocabulary.facts)}
    ranked = sorted(weight, key=lambda need: (-round(weight[need], 9), -count[need], order[need[2]], need[1]))
    settled = _settled_after(ranked, needs)
    return tuple(_question(need, vocabulary.facts[need[2]], count[need], settled[need]) for need in ranked)


def _settled_after(ranked: Sequence[Need], needs: Sequence[frozenset[Need]]) -> Mapping[Need, int]:
    place = {need: position for position, need in enumerate(ranked)}
    last = [max(place[need] for need in lacking) for lacking in needs if lacking]
    return {need: sum(at <= position for at in last) for need, position in place.items()}


def _question(need: Need, fact: Fact, findings: int, settles: int) -> Question:
    subject, index, _ = need
    names = (
        tuple(BOOLEANS) if fact.type is FactType.BOOLEAN else tuple(choice.name for choice in fact.choices)
    )
    return Question(
        fact=fact.id,
        subject=subject,
        index=index,
        name=fact.name,
        question=fact.question,
        help=fact.help,
        type=fact.type,
        unit=fact.unit,
        choices=names,
        findings=findings,
        settles=settles,
    )
