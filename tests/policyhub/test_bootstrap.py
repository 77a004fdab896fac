"""What serves is wired from settings alone."""

from datetime import date
from pathlib import Path

import pytest
from litestar.testing import TestClient

from api.app import build_app
from policyhub import clock
from policyhub.admin_keys import key_digest
from policyhub.bootstrap import Services, bootstrap
from policyhub.settings import read_settings
from policyhub.snapshot import engine_digest
from policyhub.storage import Change, StorageError
from search_index.answer import Selection
from tests.packaged import indexed
from tests.services.processes import free_port
from tests.services.redis_server import RedisServer


@pytest.fixture(autouse=True)
def warmed(monkeypatch: pytest.MonkeyPatch) -> list[Selection]:
    """What was warmed; nobody asks anything here, so it is not done."""
    found: list[Selection] = []

    def warm(search: Selection) -> None:
        found.append(search)

    monkeypatch.setattr(Selection, "warm", warm)
    return found


def test_a_library_is_remembered_from_its_first_day(tmp_path: Path, warmed: list[Selection]) -> None:
    """A restart does not change since when a library is served, and no first caller waits for search."""
    settings = read_settings({"DATA_DIR": str(indexed(tmp_path))})
    first, second = bootstrap(settings), bootstrap(settings)
    first.check()
    first.close()
    second.close()

    assert warmed == [first.snapshot.search, second.snapshot.search]
    assert first.snapshot.published_at == second.snapshot.published_at
    assert first.snapshot.library.digests == second.snapshot.library.digests


def served(tmp_path: Path, **environ: str) -> Services:
    return bootstrap(read_settings({"DATA_DIR": str(indexed(tmp_path)), **environ}))


@pytest.mark.anyio
async def test_the_desk_is_wired(tmp_path: Path) -> None:
    """Records in the database, administrators from the settings, codes that open."""
    services = served(tmp_path, ADMIN_KEYS=f"张三:{key_digest('a key')}")
    desk = services.desk
    change = Change(who="张三", what="试", subject="试", at=desk.now())
    code = await desk.codes.make(b"result", consent=True, client="caller")
    opened = await desk.codes.open(code.code, client="desk", agent="坐席")
    state = await services.state()
    desk.records.audit.append(change)
    services.close()

    assert opened is not None
    assert [entry.what for entry in desk.records.audit.entries()] == ["打开通话码", "试"]
    assert desk.administrators.who("a key") == "张三"
    assert state.cache == "ok"


@pytest.mark.anyio
async def test_a_dead_redis_is_seen_and_stops_nothing(tmp_path: Path, redis_server: RedisServer) -> None:
    """The state says so; the service is ready, and codes open."""
    services = served(tmp_path, REDIS_URL=redis_server.url)
    alive = await services.state()
    redis_server.kill()
    dead = await services.state()
    services.check()
    code = await services.desk.codes.make(b"result", consent=True, client="caller")
    opened = await services.desk.codes.open(code.code, client="desk", agent="坐席")
    await services.cache.aclose()
    services.close()

    assert (alive.cache, dead.cache) == ("ok", "resting")
    assert opened is not None


def test_readiness_shows_a_resting_cache(tmp_path: Path) -> None:
    """The service is ready all the same."""
    services = served(tmp_path, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    with TestClient(build_app(services)) as client:
        answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "library": services.snapshot.short, "cache": "resting"}


def test_services_without_a_desk_have_a_closed_one(tmp_path: Path) -> None:
    """Its records say that there is no database; nobody administers."""
    services = served(tmp_path)
    services.close()
    bare = Services(
        snapshot=services.snapshot,
        today=clock.today,
        max_body_bytes=1,
        cache=services.cache,
        check=lambda: None,
        close=lambda: None,
    )

    assert not bare.desk.administrators.open
    with pytest.raises(StorageError, match="数据库"):
        bare.desk.records.flags.listed()


def test_the_engine_has_a_digest() -> None:
    """Of its sources, the same on every call."""
    assert engine_digest() == engine_digest()
    assert len(engine_digest()) == 64


def test_today_is_the_day_in_jincheng() -> None:
    """Eight hours ahead of UTC."""
    assert clock.today() in (clock.now().date(), date.fromordinal(clock.now().date().toordinal() + 1))
