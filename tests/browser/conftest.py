"""The packaged library, served on this machine for a browser."""

import threading
from collections.abc import Iterator

import pytest
import uvicorn

from api.app import build_app
from policies.library import Library
from tests.api.conftest import services_over
from tests.services.processes import free_port


@pytest.fixture(scope="session")
def site(packaged_library: Library) -> Iterator[str]:
    """The address of every page of ``pages_table``."""
    port = free_port()
    services = services_over(packaged_library, max_body_bytes=1 << 20)
    services.snapshot.search.warm()  # as bootstrap does, so that no page waits for the index
    app = build_app(services)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
