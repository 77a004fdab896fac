"""What is installed is what is in the checkout: every module, page and file of the library."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "matcher", "policies", "policyhub", "search_index")


def test_the_wheel_holds_every_file(tmp_path: Path) -> None:
    """Built as the image builds it: by the pinned setuptools, fetching nothing."""
    source = tmp_path / "source"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copy(ROOT / "pyproject.toml", source)
    wanted = {str(path.relative_to(source)) for path in source.glob("*/**/*") if path.is_file()}
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", tmp_path, source], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert held == wanted
