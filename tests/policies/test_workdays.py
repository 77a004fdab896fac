"""Working days: weekends and holidays out, make-up days in, and no date beyond the calendar."""

from datetime import date

import pytest

from policies.cursor import open_file
from policies.library import Library
from policies.problems import Problem
from policies.workdays import read_workdays, workday_after


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2023, 6, 2), 1, date(2023, 6, 5)),  # over a weekend
        (date(2023, 6, 21), 1, date(2023, 6, 25)),  # over 端午, to a Sunday worked in its stead
        (date(2023, 6, 2), 24, date(2023, 7, 7)),
        (date(2023, 9, 28), 5, date(2023, 10, 11)),  # over 中秋 and 国庆 with two make-up days
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # into the next year
    ],
)
def test_days_are_counted_from_the_day_after(
    packaged_library: Library, start: date, days: int, end: date
) -> None:
    """The last of the working days, by the published calendar."""
    assert workday_after(start, days, packaged_library.workdays) == end


def test_a_count_that_leaves_the_calendar_gives_no_date(packaged_library: Library) -> None:
    """No answer is better than a guess about holidays nobody has announced."""
    last = max(year.year for year in packaged_library.workdays)

    assert workday_after(date(last, 12, 20), 24, packaged_library.workdays) is None
    assert workday_after(date(2019, 1, 1), 1, packaged_library.workdays) is None


def test_a_day_of_another_year_is_reported() -> None:
    """A slip in the calendar is found with its line, and the rest is read."""
    problems: list[Problem] = []
    text = '来源: 通知\n年份:\n  - 年: "2023"\n    放假: [2022-01-01, 2023-01-02]\n    上班: [元旦]\n'
    years = list(read_workdays(open_file(text, "workdays.yaml", problems)))

    assert [problem.line for problem in problems] == [4, 5]
    assert years[0].off == {date(2023, 1, 2)}
