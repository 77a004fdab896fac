"""Other engines on the same rules. Each takes normalised facts and gives 1, 0 or -1 for each rule."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from bench.export import Exported, plain, used_facts, variable
from matcher.profile import Profile
from policies.rules import Subject

Rules: TypeAlias = Mapping[Subject, tuple[Exported, ...]]
Context: TypeAlias = dict[str, Any]


class Peer(NamedTuple):
    """An engine with the rules loaded. ``prepare`` is not timed; ``run`` is; ``read`` is not."""

    name: str
    form: str
    prepare: Callable[[Profile], Any]
    run: Callable[[Any], Any]
    read: Callable[[Any], list[int]]


def contexts(profile: Profile, rules: Rules) -> list[tuple[Subject, Context]]:
    """For each subject its facts and the enterprise's as plain values, as far as its rules ask for them."""
    wanted = {kind: set(used_facts(exported)) for kind, exported in rules.items()}
    return [
        (
            subject.kind,
            {
                variable(name): plain(stated.value)
                for name, stated in profile.known_to(subject).items()
                if name in wanted[subject.kind]
            },
        )
        for subject in profile.subjects()
    ]


SHORT = "one test a rule, false asked only when not true"
TWICE = "two tests a rule, every comparison guarded"


def flat(results: Sequence[Sequence[float]]) -> list[int]:
    """The verdicts of all subjects, one after the other."""
    return [int(value) for result in results for value in result]


def paired(results: Sequence[Sequence[bool]]) -> list[int]:
    """The verdicts of all subjects from lists of "definitely true" and "definitely false" in turn."""
    return [
        int(true) - int(false) for one in results for true, false in zip(one[::2], one[1::2], strict=True)
    ]
