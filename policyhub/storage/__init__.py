"""What an installation remembers. The only place that knows SQLModel, SQLAlchemy and Alembic."""

from policyhub.storage.errors import StorageError
from policyhub.storage.repository import Publication, Publications, Storage, open_storage

__all__ = ["Publication", "Publications", "Storage", "StorageError", "open_storage"]
