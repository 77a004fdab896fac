"""Storage without a database, for the tests of use cases."""

from datetime import datetime

from policyhub.storage import Publication


class FakePublications:
    """``policyhub.storage.Publications`` in a dictionary."""

    def __init__(self) -> None:
        self._moments: dict[str, datetime] = {}

    def publish(self, digest: str, now: datetime) -> Publication:
        return Publication(digest=digest, published_at=self._moments.setdefault(digest, now))
