"""The application over the sample library, and over the packaged one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import build_app
from policies.library import Library
from policyhub.bootstrap import Services
from policyhub.cache import MemoryCache
from policyhub.snapshot import take_snapshot
from tests.packaged import search_over
from tests.sample import AS_OF, sample_library

PUBLISHED = datetime(2023, 6, 30, 8, tzinfo=UTC)
MAX_BODY = 20_000


def services_over(library: Library, *, today: date = AS_OF, max_body_bytes: int = MAX_BODY) -> Services:
    """Services without a database or a clock."""
    return Services(
        snapshot=take_snapshot(library, PUBLISHED, search_over),
        today=lambda: today,
        max_body_bytes=max_body_bytes,
        cache=MemoryCache(),
        check=lambda: None,
        close=lambda: None,
    )


@pytest.fixture
def client() -> Iterator[TestClient[Litestar]]:
    """A caller of the sample library."""
    with TestClient(build_app(services_over(sample_library()))) as client:
        yield client


@pytest.fixture(scope="session")
def packaged(packaged_library: Library) -> Services:
    """The library that is published with the program."""
    return services_over(packaged_library, max_body_bytes=1 << 20)


@pytest.fixture
def packaged_client(packaged: Services) -> Iterator[TestClient[Litestar]]:
    """A caller of the packaged library."""
    with TestClient(build_app(packaged)) as client:
        yield client
