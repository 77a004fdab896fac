"""Truths across the files of a library; each check yields every problem it finds."""

from collections.abc import Iterator
from itertools import chain

from policies.checks.coverage import check_coverage
from policies.checks.ledger import check_ledger
from policies.checks.quotes import check_quotes
from policies.checks.references import check_references
from policies.checks.speech import check_speech
from policies.checks.vocabulary import check_use, check_vocabulary
from policies.library import Library
from policies.problems import Problem

__all__ = ["check_library"]


def check_library(library: Library, *, whole: bool = True) -> Iterator[Problem]:
    """Everything that can be checked without evaluating a rule.

    ``whole``: every file could be read; else that no rule asks for a fact proves nothing.
    """
    yield from check_vocabulary(library)
    if whole:
        yield from check_use(library)
        yield from check_speech(library)
    for clause in library.encoded:
        checks = (check_ledger, check_quotes, check_coverage, check_references)
        yield from chain.from_iterable(check(library, clause) for check in checks)
