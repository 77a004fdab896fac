"""Documents and rules as data, and the only code that reads them."""

from policies.library import Library
from policies.loader import load_library
from policies.problems import LibraryError

__all__ = ["Library", "LibraryError", "load_library"]
