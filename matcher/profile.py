"""The stated facts of one enterprise with its projects and assets, typed against the vocabulary."""

from collections.abc import Mapping

from msgspec import Struct, field

from policies.rules import Subject, Value


class Origin(Struct, frozen=True, kw_only=True):
    """Where a value comes from: ``stated``, ``resolved`` from free text, or ``derived`` from other facts."""

    kind: str
    source: str = ""
    similarity: float = 1.0


STATED = Origin(kind="stated")


class StatedFact(Struct, frozen=True):
    """A fact's value, the words it was understood from and where it comes from."""

    value: Value
    understood: str
    origin: Origin = STATED


class SubjectFacts(Struct, frozen=True, kw_only=True):
    """One enterprise, project or asset of a profile. Unknown is absence from ``facts``."""

    kind: Subject
    index: int
    name: str | None
    facts: Mapping[str, StatedFact]


class Notice(Struct, frozen=True, kw_only=True):
    """Something a person should look at that is not an error: the verdicts are computed all the same."""

    pointer: str
    detail: str
    nearest: tuple[str, ...] = ()


class Profile(Struct, frozen=True, kw_only=True):
    """What a match speaks of. A subject kind that is absent makes its measures 不涉及."""

    enterprise: SubjectFacts | None = None
    projects: tuple[SubjectFacts, ...] = ()
    assets: tuple[SubjectFacts, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def subjects(self) -> tuple[SubjectFacts, ...]:
        """Every subject: the enterprise first, then projects, then assets."""
        first = () if self.enterprise is None else (self.enterprise,)
        return (*first, *self.projects, *self.assets)

    def known_to(self, subject: SubjectFacts) -> dict[str, StatedFact]:
        """The facts a rule on ``subject`` may use: its own and the enterprise's."""
        shared = {} if self.enterprise is None else self.enterprise.facts
        return {**shared, **subject.facts}
