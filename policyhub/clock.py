"""The only clocks of the house. Everything below takes time as an argument."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Jincheng."""
    return datetime.now(SHANGHAI).date()


def milliseconds() -> float:
    """A clock that only measures how long something took."""
    return time.perf_counter() * 1000
