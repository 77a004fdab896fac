"""The questions of the self-check: which come next, what 不知道 does to the counts, what an answer settles."""

from datetime import UTC, date, datetime

import pytest

from policies.library import Library
from policyhub.services.answering import Given, read_lines, take
from policyhub.services.errors import InputError
from policyhub.services.questionnaire import MOST_DOUBTS, hanging, result_of, step
from policyhub.services.sheet import Key, new_sheet, open_sheet, put, read_sheet, unsure, write_profile
from policyhub.snapshot import Snapshot, take_snapshot
from tests.sample import AS_OF

OWNERSHIP = Key("enterprise.ownership", 0)


def today() -> date:
    return AS_OF


@pytest.fixture(scope="module")
def snapshot(packaged_library: Library) -> Snapshot:
    """The published library."""
    return take_snapshot(packaged_library, datetime(2023, 6, 30, tzinfo=UTC))


def test_the_first_question_is_the_matchers(snapshot: Snapshot) -> None:
    """Nothing is settled yet; it says why it asks."""
    view = step(snapshot, today, new_sheet(enterprise=True, projects=0, assets=0))

    assert view.fields[0].key == OWNERSHIP
    assert view.fields[0].findings > 20
    assert view.fields[0].uses
    assert (view.settled, view.back) == (0, None)


def test_not_knowing_lowers_what_can_be_settled(snapshot: Snapshot) -> None:
    """What hangs on it is no longer counted as settled by others, and it is not asked again."""
    sheet = new_sheet(enterprise=True, projects=0, assets=0)
    doubtful = put(snapshot.library, sheet, OWNERSHIP, None)
    left = hanging(snapshot, today, doubtful, result_of(snapshot, today, doubtful).questions)

    assert unsure(snapshot.library, doubtful) == {OWNERSHIP}
    assert OWNERSHIP not in [field.key for field in step(snapshot, today, doubtful, several=True).fields]
    assert [one.key for one in left.unsure] == [OWNERSHIP]


def test_when_questions_settle_little_the_result_is_offered(snapshot: Snapshot) -> None:
    """Not at the start, where they settle much; after 不知道 again and again, whatever they would settle."""
    sheet = new_sheet(enterprise=True, projects=0, assets=0)
    first = step(snapshot, today, sheet)
    for _ in range(MOST_DOUBTS):
        sheet = put(snapshot.library, sheet, step(snapshot, today, sheet).fields[0].key, None)

    assert not first.enough
    assert step(snapshot, today, sheet).enough


def test_an_answer_tells_what_it_settled(snapshot: Snapshot) -> None:
    """Only what was open before."""
    before = new_sheet(enterprise=True, projects=0, assets=0)
    after = put(snapshot.library, before, OWNERSHIP, "民营企业")
    view = step(snapshot, today, after, before=before)

    assert len(view.newly) + view.newly_more == view.settled > 0
    assert step(snapshot, today, after, before=after).newly == ()


def test_a_project_may_speak_of_its_enterprise(snapshot: Snapshot) -> None:
    """Rules on projects ask for it, so an answer makes one."""
    sheet = put(snapshot.library, new_sheet(enterprise=False, projects=1, assets=0), OWNERSHIP, "民营企业")

    assert sheet.profile == {"projects": [{}], "enterprise": {"所有制": "民营企业"}}


def test_every_answer_of_a_form_is_read_at_once(snapshot: Snapshot) -> None:
    """Good ones are kept, faults are by key, near spellings are told."""
    sheet = new_sheet(enterprise=True, projects=1, assets=0)
    place, people = Key("project.place", 0), Key("enterprise.employees", 0)
    given = {
        OWNERSHIP: Given(text="民企"),
        place: Given(text="泽洲县"),
        people: Given(text="很多"),
        Key("project.name", 0): Given(),
    }
    taken = take(snapshot.library, sheet, given, needed=False)

    assert set(taken.faults) == {place, people}
    assert taken.faults[place].nearest[0] == "泽州县"
    assert taken.echoes == ("所有制：「民企」即「民营企业」",)
    assert taken.sheet.profile["enterprise"] == {"所有制": "民企"}


def test_a_sheet_survives_being_written(snapshot: Snapshot) -> None:
    """English or Chinese names, one or several; the trail keeps to what is there."""
    sheet = open_sheet(
        snapshot.library,
        {"企业": {"ownership": "民企"}, "项目": [{"工业项目": True, "place": None}]},
        "project.place@0 enterprise.ownership@0 nobody@0 project.place@7",
    )
    again = read_sheet(snapshot.library, write_profile(sheet).encode(), " ".join(map(str, sheet.trail)))

    assert sheet.trail == (Key("project.place", 0), OWNERSHIP)
    assert again == sheet


@pytest.mark.parametrize("text", ["{", "[1]", '{"profile": {}, "as_of": "x"}', '{"enterprise": {"胡说": 1}}'])
def test_what_is_no_sheet_is_refused(snapshot: Snapshot, text: str) -> None:
    """With its faults."""
    with pytest.raises(InputError):
        read_sheet(snapshot.library, text.encode())


def test_lines_say_what_is_wrong_with_each(snapshot: Snapshot) -> None:
    """All at once."""
    with pytest.raises(InputError) as caught:
        read_lines(snapshot.library, "所有制\n\n营业收入：60亩\n胡说：1")

    assert [fault.pointer for fault in caught.value.faults] == ["第 1 行", "第 3 行", "第 4 行"]
