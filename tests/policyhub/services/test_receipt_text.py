"""A receipt as a line of text: read back as it was, and any one character altered is noticed."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from matcher.receipt import Receipt, number
from policyhub.services.errors import InputError
from policyhub.services.receipt_text import check_receipt, read_receipt_text, receipt_address, receipt_text
from policyhub.snapshot import Snapshot, take_snapshot
from tests.sample import sample_library


def receipt(snapshot: Snapshot) -> Receipt:
    digests = snapshot.library.digests
    bare = Receipt(
        id="", text=digests.text[:16], rules=digests.rules[:16], engine=snapshot.engine[:16],
        profile="0123456789abcdef", as_of=date(2026, 11, 23), verdicts="fedcba9876543210",
    )  # fmt: skip
    return replace(bare, id=number(bare))


@pytest.fixture
def snapshot() -> Snapshot:
    library = sample_library()
    digests = replace(library.digests, text="a" * 64, rules="b" * 64)
    return take_snapshot(replace(library, digests=digests), datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize("base", ["", "https://example.org", "http://127.0.0.1:8000/"])
def test_text_and_address_are_read_back(snapshot: Snapshot, base: str) -> None:
    """Also when a printer or a chat has broken the line."""
    given = receipt(snapshot)
    address = receipt_address(given, base)

    assert read_receipt_text(address) == given
    assert read_receipt_text(f"  {address[:40]}\n{address[40:]} ") == given
    assert address.startswith(f"{base.rstrip('/')}/verify?r=R1." if base else "R1.")
    assert len(address) < 200


def test_any_altered_character_is_caught(snapshot: Snapshot) -> None:
    """Every place, with several other characters: refused, or seen to be altered."""
    text = receipt_text(receipt(snapshot))
    for place, was in enumerate(text):
        for other in "0f1.Z":
            if other != was:
                altered = text[:place] + other + text[place + 1 :]
                try:
                    found = read_receipt_text(altered)
                except InputError:
                    continue
                assert check_receipt(snapshot, found).altered, altered


def test_an_unaltered_receipt_tells_what_has_changed_since(snapshot: Snapshot) -> None:
    """Text, rules and engine, each on its own."""
    given = receipt(snapshot)
    assert all(part.same for part in check_receipt(snapshot, given).parts)

    older = replace(given, rules="c" * 16)
    older = replace(older, id=number(older))
    checked = check_receipt(snapshot, older)

    assert not checked.altered
    assert [part.what for part in checked.parts if not part.same] == ["规则"]


@pytest.mark.parametrize("text", ["", "R1", "R2." + "a" * 16, "https://example.org/verify", "/verify?r=R1.x"])
def test_other_texts_are_refused(text: str) -> None:
    """With what a receipt looks like."""
    with pytest.raises(InputError, match="R1"):
        read_receipt_text(text)


def test_a_day_that_does_not_exist_is_refused(snapshot: Snapshot) -> None:
    """Eight digits are not yet a date."""
    with pytest.raises(InputError, match="日期"):
        read_receipt_text(receipt_text(receipt(snapshot)).replace("20261123", "20261323"))
