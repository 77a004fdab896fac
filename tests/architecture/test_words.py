"""No file of the project names a place it was made or fetched from."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AS_RECEIVED = "policies/library/gazettes/"
# Written in pieces, so that this file does not name them either.
HOSTS = (
    ("py", "pi.org"),
    ("python", "hosted.org"),
    ("registry.", "npmjs"),
    ("deb.", "debian.org"),
    ("crates", ".io"),
    ("cdn.", "jsdelivr"),
    ("un", "pkg.com"),
)
PLACES = (("/wo", "rk/"), ("/ro", "ot/"), (".py", "env"), ("/ho", "me/"))
FORBIDDEN = re.compile("|".join(re.escape("".join(pieces)) for pieces in (*HOSTS, *PLACES)), re.IGNORECASE)


def project_files() -> list[Path]:
    """Tracked files, and new ones that are not ignored."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return []
    command = [git, "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and not name.startswith(AS_RECEIVED)]


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Line and word, for every finding at once."""
    files = [path for path in project_files() if path.is_file()]
    if not files:
        pytest.skip("not a git checkout")
    findings = [
        f"{path.relative_to(ROOT)}:{number}: {found.group()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for found in FORBIDDEN.finditer(line)
    ]

    assert findings == []


def test_the_pattern_finds_them() -> None:
    """The check can fail."""
    assert all(FORBIDDEN.search(f"see https://{''.join(pieces)}/x") for pieces in (*HOSTS, *PLACES))
