"""Hits joined with the library: facets with counts, pages, what was read; the same for every caller."""

from datetime import UTC, date, datetime

import pytest

from matcher.force import ForceStatus
from policies.rules import Kind, Subject
from policyhub.services.errors import InputError
from policyhub.services.search import FACETS, SearchQuery, SuggestQuery, search, suggest
from policyhub.snapshot import Snapshot, take_snapshot
from tests.packaged import packaged, search_over

DAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return take_snapshot(packaged(), datetime(2023, 6, 30, tzinfo=UTC), search_over)


def test_a_hit_carries_all_that_a_reader_needs(snapshot: Snapshot) -> None:
    [item, *_] = search(snapshot, SearchQuery(q="容积率提高不收钱"), DAY).items

    assert item.cited == "晋市政办〔2023〕19号 第二部分第15条"
    assert item.units[0].name == "市规划和自然资源局"
    assert item.units[0].lead
    assert item.measures[0].id == "jszb-2023-19/15/plot-ratio-no-surcharge"
    assert item.highlights
    assert item.force.status == "效力待确认"


def test_facets_count_what_they_leave(snapshot: Snapshot) -> None:
    whole = search(snapshot, SearchQuery(q="盘活存量资产", limit=100), DAY)
    for value in whole.facets["document"]:
        narrowed = search(snapshot, SearchQuery(q="盘活存量资产", document=value.value, limit=100), DAY)
        assert narrowed.total == value.count
        assert {item.document_id for item in narrowed.items} == {value.value}

    assert whole.facets.keys() == FACETS.keys()
    assert sum(value.count for value in whole.facets["document"]) == whole.total


@pytest.mark.parametrize(
    "facet",
    [
        {"unit": "市财政局"},
        {"category": "财政奖补"},
        {"kind": Kind.BENEFIT},
        {"subject": Subject.PROJECT},
        {"force": ForceStatus.UNCONFIRMED},
    ],
    ids=lambda facet: next(iter(facet)),
)
def test_a_facet_narrows(snapshot: Snapshot, facet: dict[str, object]) -> None:
    whole = search(snapshot, SearchQuery(q="补助 奖励 资金", limit=100), DAY)
    narrowed = search(snapshot, SearchQuery(q="补助 奖励 资金", limit=100, **facet), DAY)  # type: ignore[arg-type]

    assert 0 < narrowed.total <= whole.total
    assert [one.clause_id for one in narrowed.items] == [
        one.clause_id for one in whole.items if one.clause_id in {item.clause_id for item in narrowed.items}
    ]


def test_pages_follow_one_another_without_gap_or_double(snapshot: Snapshot) -> None:
    whole = [one.clause_id for one in search(snapshot, SearchQuery(q="民营企业", limit=100), DAY).items]
    paged: list[str] = []
    cursor = None
    while True:
        answer = search(snapshot, SearchQuery(q="民营企业", limit=7, next=cursor), DAY)
        paged += [one.clause_id for one in answer.items]
        cursor = answer.next
        if cursor is None:
            break

    assert paged == whole


def test_a_foreign_cursor_is_refused(snapshot: Snapshot) -> None:
    cursor = search(snapshot, SearchQuery(q="民营企业", limit=2), DAY).next

    with pytest.raises(InputError):
        search(snapshot, SearchQuery(q="用地", limit=2, next=cursor), DAY)


def test_what_was_read_is_told(snapshot: Snapshot) -> None:
    [reading] = search(snapshot, SearchQuery(q="特许精营"), DAY).understood.readings

    assert (reading.said, reading.meant, reading.how) == ("特许精营", ("特许经营",), "错别字")


def test_completions_name_what_they_are(snapshot: Snapshot) -> None:
    [first, *_] = suggest(snapshot, SuggestQuery(q="19号15")).items

    assert (first.kind, first.clause_id) == ("条款", "jszb-2023-19/15")
