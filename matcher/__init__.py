"""The pure engine: a library, a profile and a date in; findings out."""

from matcher.intake import Fault, ProfileError, read_profile
from matcher.match import Answer, Matcher, Wanted, match

__all__ = ["Answer", "Fault", "Matcher", "ProfileError", "Wanted", "match", "read_profile"]
