"""The application served on a free port of this machine, in a thread, as a browser needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import build_app
from policyhub.bootstrap import Services
from tests.services.processes import free_port


@contextmanager
def served(services: Services) -> Iterator[str]:
    """The address, until the block ends."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(build_app(services), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
