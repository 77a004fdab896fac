"""The house of docs: its folders, the direction of imports, its public faces."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "matcher", "policies", "policyhub", "search_index")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is_for(package: str) -> None:
    """Its docstring is the first line of the map."""
    assert (import_module(package).__doc__ or "").strip()


@pytest.mark.parametrize("package", [*PACKAGES, "policyhub.storage"])
def test_a_public_face_is_sorted_and_true(package: str) -> None:
    """Every name of ``__all__`` exists, once, in order."""
    module = import_module(package)
    names = getattr(module, "__all__", [])

    assert list(names) == sorted(set(names))
    assert [name for name in names if not hasattr(module, name)] == []


def test_imports_keep_the_contracts() -> None:
    """What ``lint-imports`` says, with the offending line."""
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr
