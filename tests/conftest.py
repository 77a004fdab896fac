"""Fixtures of every test: real Redis, PostgreSQL and Chromium, started on first use, skipped when absent."""

import pytest

from policies import Library
from tests.packaged import packaged

pytest_plugins = ["tests.services.redis_server", "tests.services.postgres_server", "tests.services.browser"]


@pytest.fixture
def anyio_backend() -> str:
    """Tests marked ``anyio`` run on asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def packaged_library() -> Library:
    """The library that is published with the program."""
    return packaged()
