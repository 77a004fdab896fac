"""Matching one profile: a request in, findings with questions and a receipt out."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Raw, Struct

from matcher import receipt
from matcher.intake import Fault, ProfileError, read_profile
from matcher.match import Summary, Wanted
from matcher.profile import Notice, Profile
from matcher.questions import Question
from policies.library import Library
from policyhub.services.errors import InputError
from policyhub.services.reading import check_day, check_known, read_fields
from policyhub.snapshot import Snapshot

Today = Callable[[], date]


class Verdict(Enum):
    """The three verdicts by which findings may be chosen."""

    ELIGIBLE = "eligible"
    UNDETERMINED = "undetermined"
    INELIGIBLE = "ineligible"


class Detail(Enum):
    """``brief`` leaves out conditions, benefit and everything else that explains."""

    FULL = "full"
    BRIEF = "brief"


class MatchRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked: a profile, for which day, and which findings to return."""

    profile: dict[str, Any]
    as_of: date | None = None
    measures: list[str] | None = None
    verdicts: list[Verdict] | None = None
    detail: Detail = Detail.FULL


class MatchAnswer(Struct, frozen=True, kw_only=True):
    """The findings as JSON, best first; ``not_applicable`` are measures for subjects the profile lacks."""

    receipt: receipt.Receipt
    as_of: date
    summary: Summary
    findings: Raw
    questions: tuple[Question, ...]
    not_applicable: tuple[str, ...]
    warnings: tuple[Notice, ...]
    library: str


class Order(Struct, frozen=True, kw_only=True):
    """A request that has been understood."""

    profile: Profile
    as_of: date
    wanted: Wanted


def match(snapshot: Snapshot, today: Today, given: object) -> MatchAnswer:
    """Answer a decoded request. Raises InputError with every fault of it."""
    return answer(snapshot, read_match(snapshot.library, today, given))


def answer(snapshot: Snapshot, order: Order) -> MatchAnswer:
    """Match and attest."""
    found = snapshot.matcher.match(order.profile, order.as_of, order.wanted)
    return MatchAnswer(
        receipt=receipt.issue(snapshot.library, snapshot.engine, order.profile, order.as_of, found),
        as_of=order.as_of,
        summary=found.summary,
        findings=found.findings,
        questions=found.questions,
        not_applicable=found.not_applicable,
        warnings=order.profile.notices,
        library=snapshot.short,
    )


def read_match(library: Library, today: Today, given: object) -> Order:
    """A decoded request, understood. Raises InputError with every fault of it."""
    faults: list[Fault] = []
    fields = read_fields(MatchRequest, given, faults)
    check_day(fields.get("as_of"), faults, "/as_of")
    check_known(library.measures, fields.get("measures"), faults, "/measures")
    profile = profile_of(library, fields.get("profile"), faults, "/profile")
    if faults or profile is None:
        raise InputError(faults)
    return Order(profile=profile, as_of=fields.get("as_of") or today(), wanted=_wanted(fields))


def profile_of(library: Library, stated: Any, faults: list[Fault], pointer: str) -> Profile | None:
    """The profile, or ``None`` with its faults added to the others."""
    if stated is None:
        return None
    try:
        return read_profile(stated, library, pointer)
    except ProfileError as error:
        faults.extend(error.faults)
        return None


def _wanted(fields: dict[str, Any]) -> Wanted:
    measures, verdicts = fields.get("measures"), fields.get("verdicts")
    return Wanted(
        measures=None if measures is None else frozenset(measures),
        verdicts=None if verdicts is None else frozenset(verdict.value for verdict in verdicts),
        detail=fields.get("detail", Detail.FULL).value,
    )
