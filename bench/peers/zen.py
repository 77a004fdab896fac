"""zen-engine (GoRules): all rules of a subject kind as one compiled expression that gives a list."""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

from bench.export import All, Compare, Exported, In, Known, Meets, Not, Test, guarded, variable
from bench.peers import SHORT, TWICE, Peer, Rules, contexts, flat, paired
from matcher.profile import Profile


def write(test: Test) -> str:
    """A test as an expression; comparing null is an error in this engine, so sets are guarded too."""
    if isinstance(test, Known):
        return f"{variable(test.fact)} != null"
    if isinstance(test, In):
        name, values = variable(test.fact), [_literal(value) for value in test.values]
        return f"{name} == {values[0]}" if len(values) == 1 else f"{name} in [{', '.join(values)}]"
    if isinstance(test, Meets):
        name = variable(test.fact)
        listed = " or ".join(f"{_literal(value)} in {name}" for value in test.values) or "false"
        return f"({name} != null and ({listed}))"
    if isinstance(test, Compare):
        return f"{variable(test.fact)} {test.sign} {test.limit}"
    if isinstance(test, Not):
        return f"not ({write(test.part)})"
    word, empty = ("and", "true") if isinstance(test, All) else ("or", "false")
    return "(" + f" {word} ".join(write(part) for part in test.parts) + ")" if test.parts else empty


def verdict(one: Exported) -> str:
    """1 definitely true, -1 definitely false, else 0."""
    return f"(({write(one.true)}) ? 1 : (({write(one.false)}) ? -1 : 0))"


def peers(rules: Rules) -> list[Peer]:
    """Both forms of the export. Raises ImportError when the engine is not installed."""
    zen: Any = import_module("zen")
    name = f"zen-engine {version('zen-engine')}"

    def peer(form: str, listed: Callable[[Exported], list[str]], read: Callable[[Any], list[int]]) -> Peer:
        compiled = {
            kind: zen.compile_expression(f"[{', '.join(text for one in exported for text in listed(one))}]")
            for kind, exported in rules.items()
        }

        def prepare(profile: Profile) -> list[tuple[Any, Any]]:
            return [(compiled[kind].evaluate, facts) for kind, facts in contexts(profile, rules)]

        return Peer(name, form, prepare, lambda given: [run(facts) for run, facts in given], read)

    return [peer(SHORT, lambda one: [verdict(one)], flat), peer(TWICE, twice, paired)]


def twice(one: Exported) -> list[str]:
    """Definitely true, definitely false."""
    return [write(guarded(one.true)), write(guarded(one.false))]


def _literal(value: bool | str) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"
