"""Which line a request belongs to, by the rules of 晋市政办〔2023〕21号: the first that fires; emergencies stand first."""

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from policies.speech import TriageRule
from search_index.normalise import normalise


class Triage(Struct, frozen=True, dict=True):
    """Asks the rules in their order."""

    rules: Sequence[TriageRule]

    def of(self, said: str) -> TriageRule | None:
        """The rule that decides what somebody said; ``None`` where none speaks of it."""
        plain = normalise(said)
        return next((rule for rule, *words in self._spelled if _fires(plain, *words)), None)

    @cached_property
    def _spelled(self) -> list[tuple[TriageRule, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
        return [
            (rule, *(tuple(map(normalise, words)) for words in (rule.words, rule.also, rule.unless)))  # type: ignore[misc]
            for rule in self.rules
        ]


def _fires(said: str, words: Sequence[str], also: Sequence[str], unless: Sequence[str]) -> bool:
    return (
        any(word in said for word in words)
        and (not also or any(word in said for word in also))
        and not any(word in said for word in unless)
    )
