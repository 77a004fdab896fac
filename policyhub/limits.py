"""How often something may be done: so many times in a window of so many seconds.

Windows are fixed, so around the end of one twice as many can pass in a short while; the limits are chosen for that.
Who the client is, is kept as a digest and forgotten with the window.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from policyhub.services.errors import PolicyHubError
from policyhub.shelf import Shelf


class Limit(Struct, frozen=True, kw_only=True):
    """``name`` may be done ``most`` times in ``seconds``; for each client, or ``together`` for all of them."""

    name: str
    most: int
    seconds: int
    together: bool = False


class LimitedError(PolicyHubError):
    """Too often; ``retry_after`` says in how many seconds to come again."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"太频繁了，请在 {retry_after} 秒后再试")


class Limits:
    """Counts over a shelf."""

    def __init__(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self._shelf = shelf
        self._now = now

    async def spend(self, client: str, *limits: Limit) -> None:
        """Count one use against each limit. Raises LimitedError when one is passed; a refused use counts too.

        What a client's own limits refuse is not counted for all together: one client shuts out nobody else.
        """
        moment = int(self._now().timestamp())
        for together in (False, True):
            asked = (limit for limit in limits if limit.together is together)
            waits = [await self._wait(client, limit, moment) for limit in asked]
            if any(waits):
                raise LimitedError(max(waits))

    async def give_back(self, client: str, limit: Limit) -> None:
        """What was counted against a limit in this window came to nothing: it begins anew."""
        await self._shelf.forget(_key(client, limit, int(self._now().timestamp())))

    async def _wait(self, client: str, limit: Limit, moment: int) -> int:
        number = await self._shelf.count(_key(client, limit, moment), limit.seconds)
        return limit.seconds - moment % limit.seconds if number > limit.most else 0


def _key(client: str, limit: Limit, moment: int) -> str:
    whose = "" if limit.together else sha256(client.encode()).hexdigest()[:24]
    return f"limit:{limit.name}:{moment // limit.seconds}:{whose}"
