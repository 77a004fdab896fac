"""The only clocks of the house. Everything below takes time as an argument."""

from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Jincheng."""
    return datetime.now(SHANGHAI).date()
