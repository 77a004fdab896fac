"""The way to Redis: patient for a moment, then left alone for a while. Whoever asks learns at once that it rests.

Coroutines, since handlers run in the event loop and a slow Redis must not hold it up.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from redis import RedisError
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

logger = logging.getLogger(__name__)

PREFIX = "policyhub:"
PATIENCE = 0.2  # seconds for Redis to take a connection, and again to answer
REST = 5.0  # seconds for which a Redis that failed is left alone


class RestingError(Exception):
    """Redis did not answer, or failed a moment ago."""


class RedisLink:
    """One Redis, shared by everything in this process that uses it, so that an outage is waited for once."""

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),  # trying again is what REST is for
        )
        self._clock = clock
        self._resting_until = 0.0
        self._down = False

    async def ask(self, question: Callable[["Redis"], Awaitable[Any]]) -> Any:
        """The answer of Redis. Raises RestingError."""
        if self._clock() < self._resting_until:
            raise RestingError
        try:
            answer = await question(self._redis)
        except (RedisError, OSError) as error:
            self._rest(error)
            raise RestingError from error
        if self._down:
            logger.info("Redis 已恢复，重新使用")
            self._down = False
        return answer

    async def answers(self) -> bool:
        """Whether Redis can be used now; asks, unless it is resting."""
        try:
            await self.ask(lambda redis: redis.ping())
        except RestingError:
            return False
        return True

    async def aclose(self) -> None:
        await self._redis.aclose()

    def _rest(self, error: Exception) -> None:
        """Leave Redis alone for a while; say so once for each outage."""
        self._resting_until = self._clock() + REST
        if not self._down:
            logger.warning("Redis 暂不可用，各进程暂用自己的内存，答复不受影响：%s", type(error).__name__)
            self._down = True
