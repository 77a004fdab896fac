"""OpenFisca-Core: every fact an input variable, every rule two formulas; one simulation a profile.

It has no unknown, no sets and no open lists: a fact has a companion "known", a choice is a number, a set is
one boolean for each value. Numbers are kept as float64 (the default float32 would round amounts).
"""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

from bench.export import All, Compare, Exported, In, Known, Meets, Not, Test, used_facts, variable
from bench.export import Any as AnyOf
from bench.peers import Context, Peer, Rules, contexts
from matcher.profile import Profile

_YEAR = 2023


class _Names:
    """Every word that a rule or a profile uses, as a whole number; 0 is no word."""

    def __init__(self) -> None:
        self.known: dict[bool | str, int] = {}

    def code(self, word: bool | str) -> int:
        return self.known.setdefault(word, len(self.known) + 1)


def peers(rules: Rules) -> list[Peer]:
    """The engine with all rules. Raises ImportError when it is not installed."""
    numpy: Any = import_module("numpy")
    core = {
        name: import_module(f"openfisca_core.{name}")
        for name in ("entities", "taxbenefitsystems", "simulations", "variables", "periods")
    }
    names = _Names()
    entity: Any = core["entities"].Entity("subject", "subjects", "An enterprise, a project or an asset", "")
    system: Any = core["taxbenefitsystems"].TaxBenefitSystem([entity])
    year: Any = core["periods"].DateUnit.YEAR

    def add(name: str, kind: type, formula: Callable[..., Any] | None = None) -> None:
        body = {"value_type": kind, "entity": entity, "definition_period": year, "label": name}
        system.add_variable(
            type(name, (core["variables"].Variable,), body | ({"formula": formula} if formula else {}))
        )
        if kind is float:
            system.variables[name].dtype = numpy.float64

    everything = [one for exported in rules.values() for one in exported]
    inputs = _inputs(everything)
    for name, value_type in inputs.items():
        add(name, value_type)
    outputs = {
        kind: [(f"true_{k}_{kind.value}", f"false_{k}_{kind.value}") for k in range(len(rules[kind]))]
        for kind in rules
    }
    for kind, exported in rules.items():
        for one, (true, false) in zip(exported, outputs[kind], strict=True):
            add(true, bool, _formula(one.true, names, numpy))
            add(false, bool, _formula(one.false, names, numpy))
    period = core["periods"].period(_YEAR)
    builder: Any = core["simulations"].SimulationBuilder

    def prepare(profile: Profile) -> Any:
        given = contexts(profile, rules)
        columns = _columns([facts for _, facts in given], inputs, names, numpy)
        return [kind for kind, _ in given], columns

    def run(prepared: Any) -> Any:
        kinds, columns = prepared
        simulation = builder().build_default_simulation(system, len(kinds))
        for name, column in columns.items():
            simulation.set_input(name, period, column)
        wanted = [pair for kind in dict.fromkeys(kinds) for pair in outputs[kind]]
        return kinds, {name: simulation.calculate(name, period) for pair in wanted for name in pair}

    def read(result: Any) -> list[int]:
        kinds, found = result
        return [
            int(found[true][row]) - int(found[false][row])
            for row, kind in enumerate(kinds)
            for true, false in outputs[kind]
        ]

    return [
        Peer(
            f"OpenFisca-Core {version('OpenFisca-Core')}",
            "one simulation of all subjects",
            prepare,
            run,
            read,
        )
    ]


def _inputs(everything: list[Exported]) -> dict[str, type]:
    """The input variables and their types: known, the number or word, and one for each value of a set."""
    found: dict[str, type] = {f"{variable(fact)}_known": bool for fact in used_facts(everything)}

    def visit(test: Test) -> None:
        if isinstance(test, In):
            found[variable(test.fact)] = int
        elif isinstance(test, Compare):
            found[variable(test.fact)] = float
        elif isinstance(test, Meets):
            found.update({f"{variable(test.fact)}_{value}": bool for value in test.values})
        elif isinstance(test, Not):
            visit(test.part)
        elif isinstance(test, All | AnyOf):
            for part in test.parts:
                visit(part)

    for one in everything:
        visit(one.true)
        visit(one.false)
    return found


def _formula(test: Test, names: _Names, numpy: Any) -> Callable[..., Any]:
    def formula(subject: Any, period: Any) -> Any:
        return _value(test, lambda name: subject(name, period), names, numpy) & numpy.ones(
            subject.count, dtype=bool
        )

    return formula


def _value(test: Test, ask: Callable[[str], Any], names: _Names, numpy: Any) -> Any:
    if isinstance(test, Known):
        return ask(f"{variable(test.fact)}_known")
    if isinstance(test, In):
        given = ask(variable(test.fact))
        return numpy.isin(given, [names.code(value) for value in test.values])
    if isinstance(test, Meets):
        return _reduce(
            [ask(f"{variable(test.fact)}_{value}") for value in test.values], numpy.logical_or, False
        )
    if isinstance(test, Compare):
        compare = {">=": numpy.greater_equal, ">": numpy.greater, "<=": numpy.less_equal, "<": numpy.less}[
            test.sign
        ]
        return compare(ask(variable(test.fact)), test.limit)
    if isinstance(test, Not):
        return numpy.logical_not(_value(test.part, ask, names, numpy))
    parts = [_value(part, ask, names, numpy) for part in test.parts]
    return _reduce(
        parts, numpy.logical_and if isinstance(test, All) else numpy.logical_or, isinstance(test, All)
    )


def _reduce(parts: list[Any], join: Callable[[Any, Any], Any], empty: bool) -> Any:
    total: Any = empty
    for part in parts:
        total = join(total, part)
    return total


def _columns(rows: list[Context], inputs: dict[str, type], names: _Names, numpy: Any) -> dict[str, Any]:
    """One array for each variable that some subject states."""
    columns: dict[str, Any] = {}

    def put(name: str, row: int, value: Any) -> None:
        if name in inputs:
            kind = {bool: bool, int: numpy.int32, float: numpy.float64}[inputs[name]]
            columns.setdefault(name, numpy.zeros(len(rows), dtype=kind))[row] = value

    for row, facts in enumerate(rows):
        for name, value in facts.items():
            put(f"{name}_known", row, True)
            if isinstance(value, list):
                for word in value:
                    put(f"{name}_{word}", row, True)
            else:
                put(name, row, names.code(value) if isinstance(value, bool | str) else value)
    return columns
