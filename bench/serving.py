"""A ``policyhub serve`` in a process of its own, asked over one kept connection."""

import gzip
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from typing import NamedTuple

from policyhub.settings import SETTINGS


class Reply(NamedTuple):
    """What came back; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def unpacked(self) -> bytes:
        """The body as it is read."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body


class Server(NamedTuple):
    """A running server and the connection to it."""

    connection: HTTPConnection
    pid: int

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Send a request and read the whole reply."""
        self.connection.request(method, path, body=body or None, headers=dict(headers))
        reply = self.connection.getresponse()
        return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())

    def cpu(self) -> float | None:
        """Seconds of the processor so far, in hundredths; ``None`` where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """Served with a temporary DATA_DIR, and nothing of this environment's settings, but what is given."""
    with TemporaryDirectory(prefix="policyhub-bench-") as directory:
        unset = dict.fromkeys((setting.name for setting in SETTINGS), "")
        ours = {"HOST": "127.0.0.1", "PORT": "0", "DATA_DIR": directory, "LOG_LEVEL": "warning"}
        environment = {**os.environ, **unset, **ours, **settings}
        command = [sys.executable, "-m", "policyhub", "serve"]
        with Popen(command, stdout=PIPE, text=True, env=environment) as process:  # noqa: S603 our own server
            try:
                address = _address(process.stdout or ())
                with closing(HTTPConnection(*address, timeout=60)) as connection:
                    yield Server(connection, process.pid)
            finally:
                process.terminate()


def _address(lines: Iterable[str]) -> tuple[str, int]:
    """Where it listens, which it says when it is ready."""
    for line in lines:
        found = re.search(r"http://([0-9.]+):(\d+)", line)
        if found:
            return found[1], int(found[2])
    raise RuntimeError("the server did not start")
