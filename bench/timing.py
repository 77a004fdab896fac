"""Times of single calls, taken in turn, and the machine they were taken on."""

import gc
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Any, NamedTuple


class Contender(NamedTuple):
    """What is timed. ``prepare`` is not timed; ``run`` is, once for each of the first ``share`` inputs of a round."""

    name: str
    prepare: Callable[[Any], Any]
    run: Callable[[Any], object]
    share: int


class Times(NamedTuple):
    """Microseconds for one call."""

    median: float
    p99: float
    least: float
    calls: int


def measure(contenders: Sequence[Contender], rounds: Sequence[Sequence[Any]]) -> Mapping[str, Times]:
    """Each round times every contender on the same inputs; who goes first changes from round to round."""
    taken: dict[str, list[int]] = {contender.name: [] for contender in contenders}
    for number, inputs in enumerate(rounds):
        first = number % len(contenders)
        for contender in (*contenders[first:], *contenders[:first]):
            prepared = [contender.prepare(one) for one in inputs[: contender.share]]
            gc.collect()
            run, found = contender.run, taken[contender.name]
            for one in prepared:
                start = perf_counter_ns()
                run(one)
                found.append(perf_counter_ns() - start)
    return {name: _times(nanoseconds) for name, nanoseconds in taken.items()}


def machine() -> dict[str, str]:
    """What the numbers depend on."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": platform.platform(),
        "python": f"{platform.python_implementation()} {sys.version.split()[0]}",
        "load": load,
    }


def method(machine: Mapping[str, str], versions: Mapping[str, str] | None = None) -> Iterator[str]:
    """How every report begins: what it was measured on, and with which versions."""
    yield "Method"
    for name, value in machine.items():
        yield f"  {name}: {value}"
    if versions:
        yield f"  versions: {', '.join(f'{name} {value}' for name, value in versions.items())}"


def _times(nanoseconds: list[int]) -> Times:
    ordered = sorted(nanoseconds)
    last = len(ordered) - 1
    return Times(
        median=ordered[last // 2] / 1000,
        p99=ordered[round(last * 0.99)] / 1000,
        least=ordered[0] / 1000,
        calls=len(ordered),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
