"""The packaged library, served on this machine for a browser."""

from collections.abc import Iterator

import pytest

from policies.library import Library
from tests.api.conftest import services_over
from tests.services.application import served


@pytest.fixture(scope="session")
def site(packaged_library: Library) -> Iterator[str]:
    """The address of every page of ``pages_table``."""
    services = services_over(packaged_library, max_body_bytes=1 << 20)
    services.snapshot.search.warm()  # as bootstrap does, so that no page waits for the index
    with served(services) as address:
        yield address
