"""Fixtures ``redis_url`` (one server for the whole run) and ``redis_server`` (one to kill)."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from redis import Redis, RedisError

from tests.services.processes import find_program, free_port, running, temporary_directory


class RedisServer:
    """A redis-server that a test may halt, let go on, or kill."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self._process = process

    def halt(self) -> None:
        """Connections stay open, answers stop."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def start_redis(port: int | None = None) -> Iterator[RedisServer]:
    """A redis-server that writes nothing to disk; skips the test when there is none to start."""
    program = find_program("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    port = port or free_port()
    url = f"redis://127.0.0.1:{port}/0"
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with (
        temporary_directory() as directory,
        running([program, *options], lambda: _answers(url), directory) as server,
    ):
        yield RedisServer(url, server)


def _answers(url: str) -> bool:
    with Redis.from_url(url, socket_timeout=1) as client:
        try:
            client.ping()
        except RedisError:
            return False
        return True


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a real Redis that all tests of this run share."""
    with start_redis() as server:
        yield server.url


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A real Redis of this test alone."""
    with start_redis() as server:
        yield server
