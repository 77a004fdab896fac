"""Who does something to a record, and when."""

from datetime import date, datetime

from msgspec import Struct


class Act(Struct, frozen=True, kw_only=True):
    """``who`` acts at ``now``; ``today`` is the day in Jincheng, against which days are judged."""

    who: str
    now: datetime
    today: date
