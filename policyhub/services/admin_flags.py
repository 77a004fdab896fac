"""Flags as administration works on them: by responsible unit, each beside the clause it is about."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from policies.library import Library
from policyhub.services.admin_answers import Beside, show_beside
from policyhub.services.errors import NotFoundError
from policyhub.services.flags import NO_UNIT
from policyhub.services.slices import Slice, slice_of
from policyhub.services.standard_answers import card_versions
from policyhub.storage import Flag, FlagStatus, Records, StandardAnswer

_ROWS = 30


class FlagView(Struct, frozen=True, kw_only=True):
    """A flag, the clause it is about, and the version of a card that was flagged where it was a card."""

    flag: Flag
    beside: Beside | None
    card: StandardAnswer | None


class FlagsPage(Struct, frozen=True, kw_only=True):
    """One page of flags; how many each status and each unit has within the other filter."""

    flags: Slice[FlagView]
    statuses: Mapping[FlagStatus, int]
    units: tuple[tuple[str, int], ...]


def show_flags(
    records: Records, library: Library, unit: str, status: FlagStatus | None, page: int
) -> FlagsPage:
    """The flags that fit, oldest first."""
    everything = records.flags.listed()
    of_unit = [flag for flag in everything if unit in ("", flag.unit)]
    of_status = [flag for flag in everything if status in (None, flag.status)]
    part = slice_of([flag for flag in of_unit if status in (None, flag.status)], page, _ROWS)
    statuses = Counter(flag.status for flag in of_unit)
    units = Counter({unit: 0} if unit else {})
    units.update(flag.unit for flag in of_status)
    return FlagsPage(
        flags=Slice(
            items=tuple(_view(records, library, flag) for flag in part.items),
            number=part.number,
            pages=part.pages,
            total=part.total,
        ),
        statuses={one: statuses[one] for one in FlagStatus},
        units=tuple(sorted(units.items(), key=lambda one: (one[0] == NO_UNIT, one[0]))),
    )


def show_flag(records: Records, library: Library, number: int) -> FlagView:
    """One flag. Raises NotFoundError."""
    flag = records.flags.get(number)
    if flag is None:
        raise NotFoundError("标记", str(number), ())
    return _view(records, library, flag)


def _view(records: Records, library: Library, flag: Flag) -> FlagView:
    beside = show_beside(library, flag.target)
    if beside is not None:
        return FlagView(flag=flag, beside=beside, card=None)
    versions = card_versions(records.answers, flag.target)
    seen = [one for one in versions if flag.version in (None, one.version)]
    card = seen[-1] if seen else None
    return FlagView(flag=flag, beside=show_beside(library, card.target) if card else None, card=card)
