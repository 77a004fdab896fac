"""Measures and their rules: what a clause gives, asks or forbids, and the conditions it names."""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct, field

Value: TypeAlias = bool | Fraction | date | str | frozenset[str]


class Subject(Enum):
    """What a rule speaks of."""

    ENTERPRISE = "enterprise"
    PROJECT = "project"
    ASSET = "asset"


class Kind(Enum):
    """What a measure does for its subject, or asks of it."""

    BENEFIT = "benefit"
    FACILITATION = "facilitation"
    PROTECTION = "protection"
    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"

    @property
    def asks(self) -> bool:
        """Whether the measure asks something of its subject rather than giving it something."""
        return self in (Kind.OBLIGATION, Kind.PROHIBITION)


class Operator(Enum):
    """The closed list of comparisons. Each has one Chinese key in the clause file."""

    IS = "is"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


class Connective(Enum):
    """How a group joins its parts: every one, at least one, not any."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Condition(Struct, frozen=True, kw_only=True, tag_field="type", tag="condition"):
    """One comparison of one fact, with the words of the clause that it models.

    ``decided_by`` names the authority of a determination (``未载明`` where the text names none).
    ``open_list``: the printed list ends in 等, so a value outside it is unknown unless in ``excluded``.
    ``silent``: values on which the clause says nothing; stating one gives unknown, not false.
    ``ranking``: one profile alone cannot decide it. ``catalogue``: an outside list that must be checked.
    """

    fact: str
    operator: Operator
    values: tuple[Value, ...]
    quotes: tuple[str, ...]
    decided_by: str | None = None
    open_list: bool = False
    excluded: tuple[Value, ...] = ()
    silent: tuple[Value, ...] = ()
    ranking: bool = False
    catalogue: str | None = None
    weight: int = 1


class Group(Struct, frozen=True, kw_only=True, tag_field="type", tag="group"):
    """Conditions joined by one connective."""

    connective: Connective
    parts: tuple["Rule", ...]


Rule: TypeAlias = Condition | Group


class Share(Struct, frozen=True, kw_only=True, tag_field="type", tag="share"):
    """An amount that the text lets us compute: ``factor`` of a number that the profile states."""

    fact: str
    factor: Fraction
    name: str
    unit: str


class Deadline(Struct, frozen=True, kw_only=True, tag_field="type", tag="deadline"):
    """A date that the text lets us compute: so many working days after a date that the profile states."""

    fact: str
    workdays: int
    name: str


Formula: TypeAlias = Share | Deadline


class Benefit(Struct, frozen=True, kw_only=True):
    """What the measure gives or asks: its form, its content, and the amount or ``未载明``."""

    form: str
    content: str
    quotes: tuple[str, ...]
    amount: str
    ratio: str | None = None
    basis: str | None = None
    times: str | None = None
    formula: Formula | None = None


class OpenPoint(Struct, frozen=True, kw_only=True):
    """What the clause leaves open: the words, the question, and who would settle it."""

    quotes: tuple[str, ...]
    question: str
    decided_by: str
    kind: str


class Period(Struct, frozen=True, kw_only=True):
    """From when and until when the words themselves say that a measure holds."""

    since: date | None = None
    until: date | None = None
    quotes: tuple[str, ...] = ()


class Example(Struct, frozen=True, kw_only=True):
    """A profile with the verdict a policy officer signed; the examples run as tests."""

    case: str
    profile: dict[str, str | list[str]]
    verdict: str
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    label: str | None = None
    as_of: date | None = None
    line: int = 0


class Measure(Struct, frozen=True, kw_only=True):
    """One thing that a clause gives, asks or forbids."""

    id: str
    clause_id: str
    title: str
    kind: Kind
    category: str
    subject: Subject
    quotes: tuple[str, ...]
    rule: Rule
    benefit: Benefit
    open_points: tuple[OpenPoint, ...] = ()
    cites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    period: Period = Period()
    examples: tuple[Example, ...] = ()
    line: int = 0


class LedgerEntry(Struct, frozen=True):
    """A run of the clause's text and the one class it belongs to."""

    kind: str
    text: str


class Repeal(Struct, frozen=True, kw_only=True):
    """From which day a clause no longer holds, and the id of the source that says so."""

    on: date
    source: str


class EncodedClause(Struct, frozen=True, kw_only=True):
    """A clause file: the clause's words, where each of them belongs, and the measures they make."""

    id: str
    file: str
    text: str
    ledger: tuple[LedgerEntry, ...]
    measures: tuple[Measure, ...] = field(default=())
    repeal: Repeal | None = None


def conditions(rule: Rule) -> tuple[Condition, ...]:
    """All conditions of a rule, in the order of the file."""
    if isinstance(rule, Condition):
        return (rule,)
    return tuple(found for part in rule.parts for found in conditions(part))
