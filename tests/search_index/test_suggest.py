"""Completions by text and by sound."""

import pytest

from search_index.answer import Selection
from search_index.suggest import SuggestionKind


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("容积", "容积率"),
        ("huanp", "环评"),
        ("bzcf", "标准厂房"),
        ("市教", "市教育局"),
        ("特许经", "特许经营"),
    ],
)
def test_what_is_typed_is_completed(selection: Selection, typed: str, text: str) -> None:
    assert text in [one.text for one in selection.suggester.suggest(typed, 10)]


def test_a_number_gives_its_clause(selection: Selection) -> None:
    [first, *_] = selection.suggester.suggest("19号15条", 5)

    assert (first.kind, first.clause_id) == (SuggestionKind.CLAUSE, "jszb-2023-19/15")


def test_a_name_leads_to_its_clause(selection: Selection) -> None:
    [first, *_] = selection.suggester.suggest("强化用地", 5)

    assert first.clause_id == "jszb-2023-19/15"


@pytest.mark.parametrize("typed", ["", " ", "🙂", "'", "zzzzzz"])
def test_nothing_to_complete_is_no_fault(selection: Selection, typed: str) -> None:
    assert selection.suggester.suggest(typed, 5) == []


def test_no_more_than_asked_for_and_none_twice(selection: Selection) -> None:
    found = selection.suggester.suggest("民", 7)

    assert len(found) == len({one.text for one in found}) == 7
