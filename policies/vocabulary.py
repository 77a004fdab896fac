"""The closed list of facts that a rule may ask for and a profile may state."""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from policies.rules import Subject


class FactType(Enum):
    """How a fact is stated."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    REGION = "region"
    TEXT = "text"


class Choice(Struct, frozen=True):
    """An allowed value and what else people call it."""

    name: str
    aliases: tuple[str, ...] = ()


class Derivation(Struct, frozen=True, kw_only=True):
    """How a fact follows from stated ones, and on what source."""

    method: str
    inputs: tuple[str, ...]
    source: str


class Fact(Struct, frozen=True, kw_only=True):
    """One typed, named attribute of an enterprise, a project or an asset.

    ``id`` is ``<subject>.<key>``; ``unit`` is the unit that numbers are kept in. ``affirmed`` and
    ``denied`` are the half sentences a boolean reads as. ``changeable`` is false for what nobody can
    change to fit a measure (the past, the nature of a thing): such a fact is never in a flip set.
    """

    id: str
    subject: Subject
    key: str
    name: str
    type: FactType
    question: str
    help: str = ""
    unit: str | None = None
    choices: tuple[Choice, ...] = ()
    proof: str = ""
    affirmed: str = ""
    denied: str = ""
    changeable: bool = True
    derivation: Derivation | None = None

    @property
    def label(self) -> str:
        """``项目.工业项目``: the name that clause files use."""
        return f"{SUBJECT_NAMES[self.subject]}.{self.name}"


SUBJECT_NAMES: Mapping[Subject, str] = {
    Subject.ENTERPRISE: "企业",
    Subject.PROJECT: "项目",
    Subject.ASSET: "资产",
}


class Region(Struct, frozen=True, kw_only=True):
    """A place: code of GB/T 2260 where there is one, the place that contains it, other names."""

    code: str
    name: str
    parent: str | None
    aliases: tuple[str, ...] = ()


class Vocabulary(Struct, frozen=True, kw_only=True):
    """All facts by id, and the places that region facts speak of, by code."""

    facts: dict[str, Fact]
    regions: dict[str, Region]

    def by_label(self) -> dict[str, Fact]:
        """Facts by the name that clause files use."""
        return {fact.label: fact for fact in self.facts.values()}

    def region_named(self, name: str) -> Region | None:
        """The region of exactly this name or alias."""
        for region in self.regions.values():
            if name == region.name or name in region.aliases:
                return region
        return None

    def lineage(self, code: str) -> tuple[str, ...]:
        """The region and all that contain it, innermost first."""
        line: list[str] = []
        at: str | None = code
        while at is not None:
            line.append(at)
            at = self.regions[at].parent
        return tuple(line)
