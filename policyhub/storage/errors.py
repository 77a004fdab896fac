"""What can go wrong with the database.

StorageError: it cannot be reached, or is newer than this program.
"""


class StorageError(Exception):
    """The database cannot be used; the message tells an operator why."""
