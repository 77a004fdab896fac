"""Reads a printed gazette into documents: text in, values out; every mend and every loss on record."""

from policies.gazette.model import (
    Gap,
    GapKind,
    Gazette,
    KeyProject,
    KeyProjects,
    Mend,
    MendKind,
    NotAGazette,
    Part,
    Programme,
    Remark,
    Role,
)
from policies.gazette.reader import parse_gazette

__all__ = [
    "Gap",
    "GapKind",
    "Gazette",
    "KeyProject",
    "KeyProjects",
    "Mend",
    "MendKind",
    "NotAGazette",
    "Part",
    "Programme",
    "Remark",
    "Role",
    "parse_gazette",
]
