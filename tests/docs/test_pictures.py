"""The pictures of the guides: each is made by the command, shown by a guide, and small."""

import re
from pathlib import Path

from tests.docs.pictures import PICTURES, SHOTS

GUIDES = sorted(Path(__file__).parents[2].glob("docs/guide-*.zh.md"))
MOST_BYTES, MOST_BYTES_IN_ALL = 150_000, 1_000_000


def test_what_is_made_is_what_is_kept_and_shown() -> None:
    """No picture without a command that makes it, none that no guide shows."""
    made = {shot.name for shot in SHOTS}
    shown = {
        name
        for guide in GUIDES
        for name in re.findall(r"\(pictures/([\w-]+)\.png\)", guide.read_text("utf-8"))
    }

    assert len(GUIDES) == 3
    assert {path.stem for path in PICTURES.iterdir()} == made == shown


def test_every_picture_is_described() -> None:
    """In words, for whoever does not see it."""
    described = [words for guide in GUIDES for words in re.findall(r"!\[(.*)\]\(", guide.read_text("utf-8"))]

    assert len(described) == len(SHOTS)
    assert [words for words in described if len(words) < 10] == []


def test_pictures_are_small() -> None:
    """They are kept in the repository, so they stay few and light."""
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}

    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) < MOST_BYTES_IN_ALL
