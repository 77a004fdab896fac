"""The result of a request as POST /v1/match takes it."""

from datetime import date
from typing import Any

from policyhub.services.match import read_match
from policyhub.services.result import Result, result
from policyhub.snapshot import Snapshot


def result_for(snapshot: Snapshot, day: date, given: dict[str, Any]) -> Result:
    """Raises InputError as the call does."""
    return result(snapshot, read_match(snapshot.library, lambda: day, given), given["profile"])
