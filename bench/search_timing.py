"""Wall and CPU time of single calls, told as percentiles: on a busy machine only the CPU column can be compared."""

from collections.abc import Callable, Iterable, Sequence
from math import nan
from time import perf_counter_ns, process_time_ns
from typing import Any, NamedTuple, TypeVar

A = TypeVar("A")
R = TypeVar("R")

FIRST = 20  # calls that warm up
HEAD = f"{'p50':>8}{'p95':>8}{'p99':>8}{'CPU p50':>10}{'p95':>8}{'p99':>8}"


class Spread(NamedTuple):
    """Milliseconds for one call: half of the calls, 95 and 99 in a hundred took no longer."""

    p50: float
    p95: float
    p99: float

    def __str__(self) -> str:
        return f"{self.p50:>8.2f}{self.p95:>8.2f}{self.p99:>8.2f}"


class Taken(NamedTuple):
    """Nanoseconds by call: on the clock, and of the processor in all threads of this process."""

    wall: Sequence[int]
    cpu: Sequence[int]

    def apart(self) -> tuple["Taken", "Taken"]:
        """The first calls, and the others."""
        (first_wall, wall), (first_cpu, cpu) = apart(self.wall), apart(self.cpu)
        return Taken(first_wall, first_cpu), Taken(wall, cpu)

    def spreads(self) -> dict[str, Any]:
        """For printing and for JSON."""
        return {"calls": len(self.wall), "wall": spread(self.wall), "cpu": spread(self.cpu)}


def spread(nanoseconds: Iterable[int]) -> Spread:
    """Percentiles of calls, in milliseconds."""
    ordered = sorted(nanoseconds)
    if not ordered:
        return Spread(nan, nan, nan)
    last = len(ordered) - 1
    return Spread(*(ordered[round(last * share)] / 1e6 for share in (0.5, 0.95, 0.99)))


def timed(call: Callable[[A], R], inputs: Iterable[A]) -> tuple[list[R], Taken]:
    """What each call gave and how long it took, one after another."""
    given: list[R] = []
    wall: list[int] = []
    cpu: list[int] = []
    for one in inputs:
        start, busy = perf_counter_ns(), process_time_ns()
        result = call(one)
        cpu.append(process_time_ns() - busy)
        wall.append(perf_counter_ns() - start)
        given.append(result)
    return given, Taken(wall, cpu)


def timed_apart(call: Callable[[A], R], inputs: Sequence[A]) -> tuple[list[R], Taken, Taken]:
    """The first calls, when nothing is remembered yet, apart from the others; no input is given twice."""
    cold, warm = apart(inputs)
    first, taken_first = timed(call, cold)
    others, taken = timed(call, warm)
    return [*first, *others], taken_first, taken


def apart(inputs: Sequence[A]) -> tuple[Sequence[A], Sequence[A]]:
    """The first inputs, which warm up, and the others; of few at least half are left."""
    first = min(FIRST, len(inputs) // 2)
    return inputs[:first], inputs[first:]


def row(name: str, found: dict[str, Any], width: int) -> str:
    """A line of a table headed by ``HEAD``."""
    return f"{name:<{width}}{Spread(*found['wall'])}  {Spread(*found['cpu'])}"
