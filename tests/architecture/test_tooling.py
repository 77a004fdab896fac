"""Strictness is the default and every exception is argued beside itself."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


def table(*path: str) -> Any:
    found: Any = tomllib.loads(PYPROJECT)
    for name in path:
        found = found[name]
    return found


def ignored_rules() -> list[str]:
    rules = list(table("tool", "ruff", "lint", "ignore"))
    for some in table("tool", "ruff", "lint", "per-file-ignores").values():
        rules.extend(some)
    return rules


@pytest.mark.parametrize("rule", sorted(set(ignored_rules())))
def test_an_ignored_rule_has_its_reason(rule: str) -> None:
    """On the same line, in words."""
    lines = [line for line in PYPROJECT.splitlines() if f'"{rule}"' in line]

    assert lines
    assert all(re.search(r"#\s+\S+", line) for line in lines)


def test_mypy_is_strict_everywhere() -> None:
    """Every package is checked, and no override turns strictness off."""
    packages = {name.rstrip("*") for name in table("tool", "setuptools", "packages", "find", "include")}
    loosened = [
        key for one in table("tool", "mypy", "overrides") for key in one if key.startswith("disallow")
    ]

    assert table("tool", "mypy", "strict") is True
    assert set(table("tool", "mypy", "packages")) == packages
    assert loosened == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_address(lock: str) -> None:
    """Each requirement has one version and at least one hash."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = text.replace("\\\n", " ").splitlines()

    assert "://" not in text
    assert "--index" not in text
    assert [line for line in requirements if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line)] == []


def test_the_locks_agree() -> None:
    """Tests and measurements run on the very versions that are served."""
    served = set(versions("requirements.lock"))

    assert served <= set(versions("requirements-dev.lock"))
    assert served <= set(versions("requirements-bench.lock"))


def versions(lock: str) -> list[str]:
    return re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
