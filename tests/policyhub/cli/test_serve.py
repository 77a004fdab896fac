"""``policyhub serve`` says in one line why it cannot start."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from policyhub.cli import main
from policyhub.cli.serve import listen
from tests.services.processes import free_port

ROOT = Path(__file__).parents[3]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_said_in_one_line(taken: int) -> None:
    """Address and way out, no traceback."""
    result = CliRunner().invoke(main, ["serve"], env={"HOST": "127.0.0.1", "PORT": str(taken)})

    assert result.exit_code == 1
    assert result.output.splitlines() == [result.output.strip()]
    assert f"127.0.0.1:{taken}" in result.output


def test_wrong_settings_are_said_without_a_traceback() -> None:
    """Every wrong variable has a line."""
    result = CliRunner().invoke(main, ["serve"], env={"PORT": "http", "WORKERS": "many"})

    assert result.exit_code == 1
    assert "PORT" in result.output
    assert "WORKERS" in result.output
    assert "Traceback" not in result.output


def test_a_free_address_is_taken() -> None:
    """Port 0 is chosen by the system."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


APPLICATION = """
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"served"})

def create_app():
    return app
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_serves_until_told_to_stop(workers: str, tmp_path: Path) -> None:
    """The address is printed, answers come, and a polite signal ends it."""
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "__init__.py").touch()
    (tmp_path / "api" / "app.py").write_text(APPLICATION)
    port = str(free_port())
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    environ = {**os.environ, "PYTHONPATH": path, "PORT": port, "WORKERS": workers, "LOG_LEVEL": "error"}
    command = [sys.executable, "-P", "-m", "policyhub", "serve"]
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            answer = httpx.get(f"http://127.0.0.1:{port}/", timeout=20, trust_env=False).text
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        finally:
            process.kill()

    assert f"http://127.0.0.1:{port}" in said
    assert answer == "served"
