"""差距 in plain words: 若…改为…，就符合条件."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from policies.vocabulary import SUBJECT_NAMES, Fact, FactType, Vocabulary

# How a value follows the name of a fact that has not been stated; bounds bring their own words (不低于…).
_JOINT: Mapping[FactType, str] = {
    FactType.NUMBER: "",
    FactType.DATE: "",
    FactType.REGION: "在",
    FactType.CHOICES: "包括",
}


class Change(Struct, frozen=True):
    """One fact of a flip set, as the matcher says it."""

    fact: str
    to: str
    value: bool | str | list[str]


def flip_words(
    changes: Sequence[Change], stated: Collection[str], vocabulary: Vocabulary, *, decided: bool
) -> str:
    """One smallest way to fit; ``decided``: even then somebody still has to make a determination."""
    wishes = [_wish(vocabulary.facts[one.fact], one, known=one.fact in stated) for one in changes]
    end = "就符合条件，但仍须认定" if decided else "就符合条件"
    return f"若{'，且'.join(wishes)}，{end}"


def _wish(fact: Fact, change: Change, *, known: bool) -> str:
    if fact.type is FactType.BOOLEAN:
        return fact.affirmed if change.value is True else fact.denied
    subject = SUBJECT_NAMES[fact.subject]
    name = fact.name if subject in fact.name else subject + fact.name
    return f"{name}{'改为' if known else _JOINT.get(fact.type, '为')}{change.to}"
