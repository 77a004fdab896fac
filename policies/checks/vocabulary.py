"""The fact vocabulary is closed: names are unique, inputs and containing places exist, every fact is used."""

from collections import Counter
from collections.abc import Iterator

from policies.library import Library
from policies.problems import Problem, nearest_word
from policies.rules import conditions

_FILE = "facts"


def check_vocabulary(library: Library) -> Iterator[Problem]:
    """Faults of facts and regions in themselves."""
    facts = library.vocabulary.facts
    for label, times in Counter(fact.label for fact in facts.values()).items():
        if times > 1:
            yield Problem(_FILE, 1, label, "每个名称只出现一次", f"出现 {times} 次")
    for fact in facts.values():
        for given in fact.derivation.inputs if fact.derivation else ():
            if given not in facts:
                yield Problem(
                    _FILE,
                    1,
                    f"{fact.label} 推得.由",
                    "词表里的编号",
                    f"「{given}」",
                    nearest_word(given, facts),
                )
        for word, times in Counter(
            word for choice in fact.choices for word in (choice.name, *choice.aliases)
        ).items():
            if times > 1:
                yield Problem(
                    _FILE, 1, f"{fact.label} 取值", "每个取值和别名只出现一次", f"「{word}」出现 {times} 次"
                )
    for region in library.vocabulary.regions.values():
        if region.parent is not None and region.parent not in library.vocabulary.regions:
            yield Problem(
                "catalogues/regions.yaml", 1, region.name, "词表里的上级代码", f"「{region.parent}」"
            )


def check_use(library: Library) -> Iterator[Problem]:
    """Facts that no rule, formula or derivation ever asks for."""
    facts = library.vocabulary.facts
    for name in sorted(set(facts) - _used(library)):
        yield Problem(_FILE, 1, facts[name].label, "有规则用到的事实", "没有规则用到")


def _used(library: Library) -> set[str]:
    used = {"enterprise.name", "project.name", "asset.name"}
    for measure in library.measures.values():
        used.update(condition.fact for condition in conditions(measure.rule))
        if measure.benefit.formula is not None:
            used.add(measure.benefit.formula.fact)
    for fact in library.vocabulary.facts.values():
        if fact.id in used and fact.derivation is not None:
            used.update(fact.derivation.inputs)
    return used
