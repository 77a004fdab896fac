"""Derived facts: computed from stated ones by rules with a source; a stated value always stands."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from matcher.profile import Origin, StatedFact
from matcher.resolve import resolve_name
from policies.library import Library
from policies.rules import Value
from policies.size_classes import SizeClass
from policies.values import show_value
from policies.vocabulary import Derivation, Fact

Facts = Mapping[str, StatedFact]
Found = tuple[Value, float, str] | None

_ZONE, _OUTSIDE_ZONES = "jincheng-etdz", "不在开发区"


def derive(facts: Facts, library: Library) -> dict[str, StatedFact]:
    """The stated facts of one subject, with those that follow from them."""
    known = dict(facts)
    for fact in library.vocabulary.facts.values():
        if fact.derivation is None or fact.id in known or not known.keys() & set(fact.derivation.inputs):
            continue
        found = _METHODS[fact.derivation.method](fact, known, library)
        if found is not None:
            known[fact.id] = _derived(fact, fact.derivation, found, library)
    return known


def contradictions(facts: Facts, library: Library) -> list[tuple[Fact, str]]:
    """Stated facts that differ from what the other stated facts give, with the derived value shown."""
    found = []
    for fact in library.vocabulary.facts.values():
        if fact.derivation is not None and fact.id in facts:
            result = _METHODS[fact.derivation.method](fact, facts, library)
            if result is not None and result[0] != facts[fact.id].value:
                found.append((fact, show_value(fact, result[0], library.vocabulary)))
    return found


def size_class(limits: SizeClass, measured: Mapping[str, Fraction]) -> str | None:
    """大型, 中型, 小型 or 微型 by the limits of the trade; ``None`` while what is known does not decide.

    中型 and 小型 are reached only with all their limits; below any the enterprise falls to the next class.
    """
    large = _all_reached(limits.small_or_medium, measured)
    if large is not False:
        return "大型" if large else None
    for name, floor in (("中型", limits.medium), ("小型", limits.small)):
        reached = _all_reached(floor, measured)
        if reached is not False:
            return name if reached else None
    return "微型"


def _all_reached(floor: Mapping[str, Fraction], measured: Mapping[str, Fraction]) -> bool | None:
    known = [measured[name] >= amount for name, amount in floor.items() if name in measured]
    if not all(known):
        return False
    return True if len(known) == len(floor) else None


def _derived(
    fact: Fact, derivation: Derivation, found: tuple[Value, float, str], library: Library
) -> StatedFact:
    value, similarity, how = found
    origin = Origin(kind="derived", source=f"{how}；{derivation.source}", similarity=similarity)
    return StatedFact(value, show_value(fact, value, library.vocabulary), origin)


def _ratio(fact: Fact, facts: Facts, library: Library) -> Found:
    inputs = [facts.get(name) for name in (fact.derivation.inputs if fact.derivation else ())]
    amounts = [given.value for given in inputs if given is not None and isinstance(given.value, Fraction)]
    if len(amounts) < len(inputs) or not amounts[-1]:
        return None
    part, whole = amounts
    quotient = part / whole * (100 if fact.unit == "%" else 1)
    names = [
        library.vocabulary.facts[name].name for name in (fact.derivation.inputs if fact.derivation else ())
    ]
    return quotient, 1.0, f"{names[0]}除以{names[1]}"


def _size(_fact: Fact, facts: Facts, library: Library) -> Found:
    trade = facts.get("enterprise.trade")
    if trade is None:
        return None
    limits = next((found for found in library.size_classes if found.trade == trade.value), None)
    measured = {
        key: given.value
        for key in ("employees", "revenue", "assets")
        if (given := facts.get(f"enterprise.{key}")) is not None and isinstance(given.value, Fraction)
    }
    name = None if limits is None else size_class(limits, measured)
    return None if name is None else (name, trade.origin.similarity, f"按{trade.value}的划型标准")


def _key_project(_fact: Fact, facts: Facts, library: Library) -> Found:
    name = facts.get("project.name")
    if name is None:
        return None
    found = resolve_name(str(name.value), (row.name for row in library.key_projects))
    if found.value is None:
        return None
    return True, found.similarity, f"名称对应名单中的“{found.value}”"


def _zone(_fact: Fact, facts: Facts, library: Library) -> Found:
    level, place = facts.get("project.zone_level"), facts.get("project.place")
    if level is not None:
        return level.value != _OUTSIDE_ZONES, level.origin.similarity, f"开发区级别为{level.understood}"
    if place is not None and _ZONE in library.vocabulary.lineage(str(place.value)):
        return True, place.origin.similarity, f"建设地点在{place.understood}"
    return None


_METHODS: Mapping[str, Callable[[Fact, Facts, Library], Found]] = {
    "ratio": _ratio,
    "size_class": _size,
    "key_project": _key_project,
    "zone": _zone,
}
