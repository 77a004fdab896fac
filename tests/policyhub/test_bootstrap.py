"""What serves is wired from settings alone."""

from datetime import date
from pathlib import Path

from policyhub import clock
from policyhub.bootstrap import bootstrap
from policyhub.settings import read_settings
from policyhub.snapshot import engine_digest


def test_a_library_is_remembered_from_its_first_day(tmp_path: Path) -> None:
    """A restart does not change since when a library is served."""
    settings = read_settings({"DATA_DIR": str(tmp_path)})
    first, second = bootstrap(settings), bootstrap(settings)
    first.check()
    first.close()
    second.close()

    assert first.snapshot.published_at == second.snapshot.published_at
    assert first.snapshot.library.digests == second.snapshot.library.digests


def test_the_engine_has_a_digest() -> None:
    """Of its sources, the same on every call."""
    assert engine_digest() == engine_digest()
    assert len(engine_digest()) == 64


def test_today_is_the_day_in_jincheng() -> None:
    """Eight hours ahead of UTC."""
    assert clock.today() in (clock.now().date(), date.fromordinal(clock.now().date().toordinal() + 1))
