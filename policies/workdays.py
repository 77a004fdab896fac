"""The calendar of working days: a date is counted only through years that the calendar covers."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from policies.cursor import Cursor

_SATURDAY = 5


class WorkYear(Struct, frozen=True, kw_only=True):
    """One year's exceptions to Monday to Friday: weekdays off, and weekend days worked in their stead."""

    year: int
    off: frozenset[date]
    on: frozenset[date]


def workday_after(start: date, days: int, calendar: Iterable[WorkYear]) -> date | None:
    """The last of ``days`` working days that begin the day after ``start``; ``None`` beyond the calendar."""
    years = {one.year: one for one in calendar}
    day, left = start, days
    while left:
        day += timedelta(days=1)
        year = years.get(day.year)
        if year is None:
            return None
        left -= _worked(day, year)
    return day


def read_workdays(cursor: Cursor) -> Iterable[WorkYear]:
    """The years of the calendar file."""
    fields = cursor.fields(["来源", "年份"])
    for item in fields["年份"].items() if "年份" in fields else []:
        year = item.fields(["年", "放假", "上班"])
        if year.keys() >= {"年", "放假", "上班"}:
            number = year["年"].text()
            yield WorkYear(
                year=int(number) if number.isdecimal() else 0,
                off=_days(year["放假"], number),
                on=_days(year["上班"], number),
            )


def _worked(day: date, year: WorkYear) -> bool:
    return day in year.on or (day.weekday() < _SATURDAY and day not in year.off)


def _days(cursor: Cursor, year: str) -> frozenset[date]:
    found = set()
    for item in cursor.items():
        text = item.text()
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or str(day.year) != year:
            item.report(f"{year} 年的日期，如 {year}-10-01", f"「{text}」")
        else:
            found.add(day)
    return frozenset(found)
