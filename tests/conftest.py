"""Fixtures of every test: real Redis, PostgreSQL and Chromium, started on first use, skipped when absent."""

import os
import shutil
from tempfile import mkdtemp

import pytest

from policies import Library
from tests.packaged import INDEX, packaged

pytest_plugins = ["tests.services.redis_server", "tests.services.postgres_server", "tests.services.browser"]


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the index of the packaged library; processes that the run starts find it."""
    if not hasattr(config, "workerinput"):
        os.environ[INDEX] = mkdtemp(prefix="policyhub-test-index-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """It goes with the run."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(INDEX), ignore_errors=True)


@pytest.fixture
def anyio_backend() -> str:
    """Tests marked ``anyio`` run on asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def packaged_library() -> Library:
    """The library that is published with the program."""
    return packaged()
