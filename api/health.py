"""Whether the service lives, whether it can answer, and what it counts."""

import logging

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


class NotReadyError(HTTPException):
    """Something needed cannot be reached."""

    status_code = 503


logger = logging.getLogger(__name__)


@get("/health/live", sync_to_thread=False)
def get_live(services: Given) -> Health:
    return Health(status="ok", library=services.snapshot.short)


@get("/health/ready", sync_to_thread=True)
def get_ready(services: Given) -> Health:
    try:
        services.check()
    except (StorageError, OSError) as error:
        logger.warning("尚未就绪：%s", type(error).__name__)
        raise NotReadyError from error
    return Health(status="ok", library=services.snapshot.short)


@get("/metrics", sync_to_thread=False, media_type=MediaType.TEXT)
def get_metrics(services: Given, metrics: NamedDependency[Metrics]) -> Response[str]:
    page = metrics.text(services)
    return Response(page, media_type="text/plain; version=0.0.4; charset=utf-8")
