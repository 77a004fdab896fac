"""JSON Logic: datalogic-py (a Rust engine), or the pure Python panzi-json-logic where that is not installed."""

import json
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

from bench.export import All, Compare, Exported, In, Known, Meets, Not, Test, guarded, variable
from bench.peers import SHORT, TWICE, Peer, Rules, contexts, flat, paired
from matcher.profile import Profile


def write(test: Test) -> Any:
    """A test as a JSON Logic expression; a missing variable is null, which is in no list."""
    if isinstance(test, Known):
        return {"!==": [_var(test.fact), None]}
    if isinstance(test, In):
        only = len(test.values) == 1
        return (
            {"===": [_var(test.fact), test.values[0]]}
            if only
            else {"in": [_var(test.fact), list(test.values)]}
        )
    if isinstance(test, Meets):
        return _join("or", [{"in": [value, _var(test.fact)]} for value in test.values])
    if isinstance(test, Compare):
        return {test.sign: [_var(test.fact), test.limit]}
    if isinstance(test, Not):
        return {"!": [write(test.part)]}
    return _join("and" if isinstance(test, All) else "or", [write(part) for part in test.parts])


def verdict(one: Exported) -> Any:
    """1 definitely true, -1 definitely false, else 0."""
    return {"if": [write(one.true), 1, write(one.false), -1, 0]}


def twice(one: Exported) -> list[Any]:
    """Definitely true, definitely false."""
    return [write(guarded(one.true)), write(guarded(one.false))]


def peers(rules: Rules) -> list[Peer]:
    """The forms of the engine that is installed. Raises ImportError when none is."""
    try:
        module: Any = import_module("datalogic_py")
    except ImportError:
        return [_panzi(rules, import_module("json_logic"))]
    return _datalogic(rules, module)


def _datalogic(rules: Rules, module: Any) -> list[Peer]:
    name, engine = f"datalogic-py {version('datalogic-py')}", module.Engine()
    evaluate, evaluate_parsed = engine.session().evaluate, engine.session().evaluate_data
    short = {kind: engine.compile([verdict(one) for one in exported]) for kind, exported in rules.items()}
    double = {
        kind: engine.compile([test for one in exported for test in twice(one)])
        for kind, exported in rules.items()
    }

    def parsed(profile: Profile) -> list[tuple[Any, Any]]:
        return [
            (short[kind], module.DataHandle(json.dumps(facts, ensure_ascii=False)))
            for kind, facts in contexts(profile, rules)
        ]

    def values(compiled: Any) -> Callable[[Profile], list[tuple[Any, Any]]]:
        return lambda profile: [(compiled[kind], facts) for kind, facts in contexts(profile, rules)]

    def run(given: list[tuple[Any, Any]]) -> list[Any]:
        return [evaluate(rule, facts) for rule, facts in given]

    def run_parsed(given: list[tuple[Any, Any]]) -> list[Any]:
        return [evaluate_parsed(rule, facts) for rule, facts in given]

    return [
        Peer(name, f"{SHORT}; facts already in the engine's memory", parsed, run_parsed, flat),
        Peer(name, SHORT, values(short), run, flat),
        Peer(name, TWICE, values(double), run, paired),
    ]


def _panzi(rules: Rules, module: Any) -> Peer:
    written = {kind: [verdict(one) for one in exported] for kind, exported in rules.items()}

    def run(given: list[tuple[Any, Any]]) -> list[list[int]]:
        return [[module.jsonLogic(rule, facts) for rule in written[kind]] for kind, facts in given]

    name = f"panzi-json-logic {version('panzi-json-logic')}"
    return Peer(name, SHORT, lambda profile: contexts(profile, rules), run, flat)


def _var(fact: str) -> Any:
    return {"var": variable(fact)}


def _join(word: str, parts: list[Any]) -> Any:
    if len(parts) == 1:
        return parts[0]
    return {word: parts} if parts else word == "and"
