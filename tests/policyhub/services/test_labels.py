"""Days as people in Jincheng write them."""

from datetime import UTC, date, datetime

import pytest

from policyhub.services.labels import day


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (date(2023, 6, 2), "2023年6月2日"),
        (datetime(2023, 6, 30, 17, tzinfo=UTC), "2023年7月1日"),
        (datetime(2023, 6, 30, 15, 59, tzinfo=UTC), "2023年6月30日"),
        (None, "未载明"),
    ],
)
def test_a_moment_is_the_day_it_was_there(moment: date | datetime | None, words: str) -> None:
    """Whatever the clock of the machine says."""
    assert day(moment) == words
