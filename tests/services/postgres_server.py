"""Fixtures ``postgres_url`` (one server for the whole run) and ``fresh_postgres_url`` (an empty database)."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest

from tests.services.processes import (
    become,
    find_program,
    free_port,
    running,
    temporary_directory,
    unprivileged_user,
)

DATABASES = count(1)


@contextmanager
def start_postgres() -> Iterator[str]:
    """A PostgreSQL whose data may be lost; skips the test when there is none to start."""
    initdb, postgres = find_program("initdb"), find_program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL (initdb, postgres) is not installed")
    user, port = unprivileged_user(), free_port()
    url = f"postgresql://policyhub@127.0.0.1:{port}/postgres"
    with temporary_directory(user) as directory:
        make = [
            initdb,
            "-D",
            "data",
            "-U",
            "policyhub",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run(make, cwd=directory, check=True, capture_output=True, **become(user))
        options = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "shared_buffers=16MB",
        ]
        command = [postgres, "-D", "data", "-p", str(port), *(part for o in options for part in ("-c", o))]
        with running(command, lambda: _answers(url), directory, user):
            yield url


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL that all tests of this run share."""
    with start_postgres() as url:
        yield url


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> str:
    """The address of a new, empty database."""
    name = f"test{next(DATABASES)}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_url.removesuffix("postgres") + name
