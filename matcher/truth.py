"""Strong Kleene logic: false < unknown < true; 全部 is the least, 任一 the greatest, 均不 the least complement."""

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """The value of a condition. The order of the numbers is the order of truth."""

    FALSE = -1
    UNKNOWN = 0
    TRUE = 1


def all_of(parts: Iterable[Truth]) -> Truth:
    """True when every part is; false when one is false, whatever is unknown."""
    return min(parts, default=Truth.TRUE)


def any_of(parts: Iterable[Truth]) -> Truth:
    """True when one part is, whatever is unknown; false only when every part is false."""
    return max(parts, default=Truth.FALSE)


def none_of(parts: Iterable[Truth]) -> Truth:
    """True when every part is false; an unknown part leaves it unknown unless another is true."""
    return Truth(-any_of(parts))
