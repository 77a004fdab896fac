"""The coverage map leaves no character of a document out."""

from datetime import UTC, datetime

import pytest

from policies.library import Library
from policyhub.services.coverage import NOT_ENCODED, CoverageView, show_coverage
from policyhub.services.errors import NotFoundError
from policyhub.snapshot import take_snapshot
from tests.sample import sample_library

DAY = datetime(2023, 6, 30, tzinfo=UTC)


def coverage_of(library: Library, name: str) -> CoverageView:
    """The map of one document of a library."""
    return show_coverage(take_snapshot(library, DAY), name)


def test_every_clause_is_told_word_for_word() -> None:
    """The texts of a clause, put together, are the clause."""
    library = sample_library()
    document = library.documents[0]
    view = coverage_of(library, document.id)

    for clause in document.clauses:
        told = "".join(text.text for text in view.texts if text.clause_id == clause.id)
        assert told == clause.text.replace("\n", "")


def test_every_measure_stands_at_its_words() -> None:
    """Each measure is named by at least one text of its own clause, and only by text of measures."""
    library = sample_library()
    view = coverage_of(library, library.documents[0].id)
    told = {(name, text.clause_id) for text in view.texts for name in text.measures}

    assert told == {(measure.id, measure.clause_id) for measure in library.measures.values()}
    assert {text.kind for text in view.texts if text.measures} == {"措施"}


def test_every_open_point_is_listed_under_its_unit() -> None:
    """No open point is lost in the grouping."""
    library = sample_library()
    view = coverage_of(library, library.documents[0].id)
    listed = sorted(point.question for office in view.open_points for point in office.points)

    assert listed == sorted(p.question for m in library.measures.values() for p in m.open_points)


def test_counts_add_up() -> None:
    """The characters of all classes are the characters of all texts."""
    library = sample_library()
    view = coverage_of(library, library.documents[0].id)

    assert sum(count.characters for count in view.counts) == sum(len(text.text) for text in view.texts)


def test_what_is_not_encoded_says_so(packaged_library: Library) -> None:
    """A document without clause files is all there, in the class of what is not encoded."""
    view = coverage_of(packaged_library, "jszb-2023-21")

    assert view.encoded == 0
    assert {text.kind for text in view.texts if text.clause_id} == {NOT_ENCODED}


def test_an_unknown_document_names_the_nearest() -> None:
    """A slip of the pen is answered with what may be meant."""
    with pytest.raises(NotFoundError):
        coverage_of(sample_library(), "yang-2023-2")
