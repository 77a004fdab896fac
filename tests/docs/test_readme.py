"""What the documents show is what the program does."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from api.app import build_app
from policies import load_library
from policies.library import Library
from policies.loader import PACKAGED
from policyhub.cli import _library, main
from tests.api.conftest import services_over
from tests.packaged import packaged, search_over

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "examples/projects/README.md", *sorted((ROOT / "docs").glob("*.md"))]
DIGEST = re.compile(r'"[0-9a-f]{12,64}"')
STANDS_FOR = ("serve", "公报.txt", "GAZETTE.txt")  # needs a free port, or a file of the reader's


def masked(text: str) -> str:
    """The text with digests, which change with every edit of the library, made alike."""
    return DIGEST.sub('"…"', text)


def commands(page: Path) -> list[list[str]]:
    """The policyhub commands that a page shows, as a shell would read them."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [
        line for block in blocks for line in block.splitlines() if line.startswith(".venv/bin/policyhub ")
    ]
    return [words for line in lines if not {*(words := shlex.split(line, comments=True)[1:])} & {*STANDS_FOR}]


def test_the_first_match_of_the_readme_gives_the_answer_shown() -> None:
    """The request in examples/ gives, digests apart, the JSON printed in README."""
    shown = re.search(r"```json\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    services = services_over(packaged(), max_body_bytes=1 << 20)
    request = (ROOT / "examples/first-match.json").read_bytes()
    with TestClient(build_app(services)) as client:
        answer = client.post("/v1/match", content=request, headers={"Content-Type": "application/json"})

    assert shown is not None
    assert json.loads(masked(shown[1])) == json.loads(masked(answer.text))


def _read_once(directory: Path) -> Library:
    """Each command reads the library, which is a test of its own; here it is read for all."""
    return packaged() if directory == PACKAGED else load_library(directory)


@pytest.mark.parametrize("words", [words for page in PAGES for words in commands(page)], ids=" ".join)
def test_every_command_shown_runs(words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command copied from the documents succeeds in a checkout."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(_library, "load_library", _read_once)
    monkeypatch.setattr(_library, "search_in", lambda *_: search_over)

    assert CliRunner().invoke(main, words).exit_code == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    """A relative link names a file that exists."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_worked_example_of_the_officers_guide_is_the_clause_file() -> None:
    """Each block shown stands, line by line, in the file that it explains."""
    guide = (ROOT / "docs/clause-files.zh.md").read_text(encoding="utf-8")
    clause = (PACKAGED / "documents/jszb-2023-19/clauses/15.yaml").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)

    assert shown
    assert [block for block in shown if block not in clause] == []
