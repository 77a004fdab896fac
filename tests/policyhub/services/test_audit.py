"""A log that was tampered with says where."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policyhub.services.audit import Head, verify_log
from policyhub.storage import Change, Records, link

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def log(records: Records) -> Records:
    """Records with five lines in their log."""
    for number in range(5):
        records.audit.append(Change(who="张三", what="新写口径", subject=f"口径/{number}", at=NOON))
    return records


def tamper(tmp_path: Path, statement: str) -> None:
    """What somebody with the database in hand can do."""
    with sqlite3.connect(tmp_path / "records.sqlite3") as connection:
        for event in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_kept_{event}")
        connection.execute(statement)
    connection.close()


def test_an_untouched_log_is_whole(log: Records) -> None:
    """With its length and the hash of its last line; an empty one too."""
    found = verify_log(log.audit)

    assert (found.count, found.broken) == (5, None)
    assert found.head == log.audit.entries()[-1].hash
    assert verify_log(log.audit, Head(5, found.head)) == found


def test_an_empty_log_is_whole(records: Records) -> None:
    """Nothing was written."""
    assert verify_log(records.audit).broken is None


@pytest.mark.parametrize("column", ["who", "what", "subject", "at", "before", "after", "previous", "hash"])
def test_a_changed_line_is_found(log: Records, tmp_path: Path, column: str) -> None:
    """Whatever of it was changed."""
    value = "2026-03-02 00:00:00.000000" if column == "at" else "x"
    tamper(tmp_path, f"UPDATE audit SET {column} = '{value}' WHERE number = 3")

    assert verify_log(log.audit).broken == 3


def test_a_line_that_was_forged_whole_breaks_the_next(log: Records, tmp_path: Path) -> None:
    """Its hash fits, but the line after remembers another."""
    third = log.audit.entries()[2]
    forged = type(third)(
        **{**{name: getattr(third, name) for name in third.__struct_fields__}, "who": "王五"}
    )
    tamper(tmp_path, f"UPDATE audit SET who = '王五', hash = '{link(forged)}' WHERE number = 3")

    assert (verify_log(log.audit).broken, verify_log(log.audit).why) == (4, "接不上前一行")


def test_a_missing_line_is_found(log: Records, tmp_path: Path) -> None:
    """In the middle or at the start."""
    tamper(tmp_path, "DELETE FROM audit WHERE number = 1")

    assert (verify_log(log.audit).broken, verify_log(log.audit).why) == (1, "缺一行")


def test_a_log_cut_short_is_found_by_what_was_noted(log: Records, tmp_path: Path) -> None:
    """By itself it looks whole."""
    whole = verify_log(log.audit)
    tamper(tmp_path, "DELETE FROM audit WHERE number > 3")

    assert verify_log(log.audit).broken is None
    assert verify_log(log.audit, Head(whole.count, whole.head)).broken == 4
    assert verify_log(log.audit, Head(3, "x")).broken == 3


def test_a_long_log_is_walked_to_its_end(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page."""
    monkeypatch.setattr("policyhub.services.audit._AT_ONCE", 2)
    for _ in range(5):
        records.audit.append(Change(who="张三", what="新写口径", subject="口径", at=NOON))

    assert verify_log(records.audit).count == 5
