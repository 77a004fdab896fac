"""What an installation remembers. The only place that knows SQLModel, SQLAlchemy and Alembic."""

from policyhub.storage.errors import StorageError
from policyhub.storage.records import (
    AnswerStatus,
    AnswerStore,
    AuditEntry,
    AuditStore,
    Change,
    Flag,
    FlagStatus,
    FlagStore,
    Gap,
    GapStatus,
    GapStore,
    Records,
    StandardAnswer,
    digest,
    link,
    not_connected,
)
from policyhub.storage.repository import Publication, Publications, Storage, open_storage

__all__ = [
    "AnswerStatus",
    "AnswerStore",
    "AuditEntry",
    "AuditStore",
    "Change",
    "Flag",
    "FlagStatus",
    "FlagStore",
    "Gap",
    "GapStatus",
    "GapStore",
    "Publication",
    "Publications",
    "Records",
    "StandardAnswer",
    "Storage",
    "StorageError",
    "digest",
    "link",
    "not_connected",
    "open_storage",
]
