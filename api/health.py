"""Whether the service lives, whether it can answer, and what it counts."""

import logging
from asyncio import to_thread

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from msgspec import Struct

from api.doc import Given
from api.metrics import Metrics
from policyhub.storage import StorageError


class Health(Struct, frozen=True, kw_only=True):
    """``status`` is ``ok`` or there is no such answer."""

    status: str
    library: str


class Readiness(Struct, frozen=True, kw_only=True):
    """``status`` as in Health. ``cache`` is ``resting`` while Redis is dead or slow: that stops nothing."""

    status: str
    library: str
    cache: str


class NotReadyError(HTTPException):
    """Something needed cannot be reached."""

    status_code = 503


logger = logging.getLogger(__name__)


@get("/health/live", sync_to_thread=False)
def get_live(services: Given) -> Health:
    return Health(status="ok", library=services.snapshot.short)


@get("/health/ready")
async def get_ready(services: Given) -> Readiness:
    try:
        await to_thread(services.check)
    except (StorageError, OSError) as error:
        logger.warning("尚未就绪：%s", type(error).__name__)
        raise NotReadyError from error
    state = await services.state()
    return Readiness(status="ok", library=services.snapshot.short, cache=state.cache)


@get("/metrics", sync_to_thread=False, media_type=MediaType.TEXT)
def get_metrics(services: Given, metrics: NamedDependency[Metrics]) -> Response[str]:
    page = metrics.text(services)
    return Response(page, media_type="text/plain; version=0.0.4; charset=utf-8")
