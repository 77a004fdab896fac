"""What reading pages show is what the library holds, nothing added and nothing lost."""

from datetime import UTC, date, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policies.library import Library
from policyhub.services.citing import ready_citation
from policyhub.services.clause_page import show_clause_page
from policyhub.services.labels import LEDGER_CLASSES, LEDGER_MEANINGS, day, headed
from policyhub.services.library_pages import KeyProjectsAsked, openings, show_key_projects, show_open_points
from policyhub.services.measure_page import runs, show_measure_page
from policyhub.snapshot import Snapshot, take_snapshot

TODAY = date(2026, 11, 26)


def snapshot_of(library: Library) -> Snapshot:
    return take_snapshot(library, datetime(2026, 11, 1, tzinfo=UTC))


@given(
    text=st.text("甲乙丙\n", max_size=30),
    quotes=st.lists(st.text("甲乙丙\n", min_size=1, max_size=5), max_size=4),
)
def test_runs_add_up_to_the_text(text: str, quotes: list[str]) -> None:
    """And every quote that is there is marked."""
    found = list(runs(text, quotes))
    marked = "".join(("■" if run.quoted else "□") * len(run.text) for run in found)

    assert "".join(run.text for run in found) == text
    assert all(one.quoted != other.quoted for one, other in pairwise(found))
    for quote in quotes:
        start = text.find(quote)
        assert start < 0 or set(marked[start : start + len(quote)]) == {"■"}


def test_a_clause_has_its_neighbours_and_siblings(packaged_library: Library) -> None:
    """Siblings stand in the other document and share something; a citation says where, which library and when."""
    page = show_clause_page(snapshot_of(packaged_library), "jszb-2023-19/16", TODAY)
    text = ready_citation(page.cited, "http://x/clauses/jszb-2023-19/16", "abc", TODAY)

    assert page.previous is not None
    assert page.next is not None
    assert (page.previous.id, page.next.id) == ("jszb-2023-19/15", "jszb-2023-19/17")
    assert page.siblings
    assert all(sibling.clause.id.startswith("jszb-2023-20/") for sibling in page.siblings)
    assert all(sibling.categories or sibling.units for sibling in page.siblings)
    assert text == (
        "晋市政办〔2023〕19号 第二部分第16条“强化融资服务”，http://x/clauses/jszb-2023-19/16，政策库版本 abc，2026年11月26日查阅"
    )


def test_the_first_and_the_last_clause_have_one_neighbour(packaged_library: Library) -> None:
    """The pages end where the document does."""
    snapshot = snapshot_of(packaged_library)
    names = [clause.id for clause in packaged_library.documents_by_id["jszb-2023-20"].clauses]

    assert show_clause_page(snapshot, names[0], TODAY).previous is None
    assert show_clause_page(snapshot, names[-1], TODAY).next is None


def test_a_cited_text_is_told_from_what_is_known_of_it(packaged_library: Library) -> None:
    """The library lacks the text; a source card says what was seen of it."""
    page = show_clause_page(snapshot_of(packaged_library), "jszb-2023-19/15", TODAY)
    [cited, *_] = page.cites

    assert cited.title == "山西省产业用地支持政策 23条"
    assert cited.document_id is None
    assert [source.number for source in cited.sources] == ["晋自然资发〔2022〕6号"]
    shown = [source.id for text in page.cites for source in text.sources]
    assert len(set(shown)) == len(shown)


def test_every_quote_of_every_measure_is_marked(packaged_library: Library) -> None:
    """In the text of its clause."""
    snapshot = snapshot_of(packaged_library)
    for name, measure in packaged_library.measures.items():
        page = show_measure_page(snapshot, name, TODAY)

        assert "".join(run.text for run in page.runs) == packaged_library.clauses[measure.clause_id].text
        assert any(run.quoted for run in page.runs)
        assert [
            point for group in page.open_points for point in group.points
        ] != [] or not measure.open_points


def test_open_points_add_up(packaged_library: Library) -> None:
    """Those of all units are all there are."""
    page = show_open_points(snapshot_of(packaged_library), None, 1)
    total = sum(len(measure.open_points) for measure in packaged_library.measures.values())

    assert page.points.total == sum(count for _, count in page.units) == total


def test_key_projects_are_found_by_every_word(packaged_library: Library) -> None:
    """Words of name, place and programme together narrow the list."""
    snapshot = snapshot_of(packaged_library)
    page = show_key_projects(snapshot, KeyProjectsAsked(words="光伏 阳城"), 1)

    assert 0 < page.rows.total < page.total
    assert all("光伏" in f"{row.name}{row.programme}{row.place}" for row in page.rows.items)


def test_every_class_of_the_ledger_has_a_meaning_and_a_style() -> None:
    """The two tables agree."""
    assert LEDGER_CLASSES.keys() == LEDGER_MEANINGS.keys()


def test_words_of_dates_and_headings() -> None:
    """As the print has them; what it does not carry is said to be missing."""
    assert (day(None), day(TODAY)) == ("未载明", "2026年11月26日")
    assert headed("二", "重点任务") == "二、重点任务"
    assert headed("（一）", "妇女与健康") == "（一）妇女与健康"
    assert headed("1", "目标") == "1.目标"
    assert headed("", "主要目标") == "主要目标"
    assert headed("三", "") == "三"


def test_a_clause_without_a_heading_is_listed_by_its_first_words(packaged_library: Library) -> None:
    """Word for word; cut only with a mark, and never for a clause that has a heading."""
    found = openings(snapshot_of(packaged_library), "jszf-2023-6")
    clauses = packaged_library.clauses
    owed = {
        clause.id for clause in packaged_library.documents_by_id["jszf-2023-6"].clauses if not clause.heading
    }

    assert found.keys() == owed
    assert all(words.removesuffix("…") in clauses[name].body for name, words in found.items())
    assert all(0 < len(words) <= 29 for words in found.values())
