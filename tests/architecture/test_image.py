"""What can be known of the container image without building it."""

import json
import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with its arguments, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines) if word]


def arguments(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def test_every_source_exists_and_is_let_in() -> None:
    """What COPY names is in the checkout and not held back by .dockerignore."""
    sources = [s for rest in arguments("COPY") if "--from" not in rest for s in shlex.split(rest)[:-1]]
    let_in = {
        line[1:].rstrip("/")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }

    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert {source.rstrip("/") for source in sources} == let_in


def test_the_last_stage_copies_from_the_first() -> None:
    """Two stages; compilers and caches stay in the first."""
    first = arguments("FROM")[0].split(" AS ")[1]

    assert len(arguments("FROM")) == 2
    assert any(rest.startswith(f"--from={first} ") for rest in arguments("COPY"))


def test_it_does_not_run_as_root() -> None:
    """A number, so that an orchestrator can check it."""
    assert int(arguments("USER")[-1]) >= 1000


def test_it_can_run_on_a_read_only_root() -> None:
    """Bytecode is not written, and what is written goes to a volume."""
    environment = " ".join(arguments("ENV"))

    assert "PYTHONDONTWRITEBYTECODE=1" in environment
    assert f"DATA_DIR={arguments('VOLUME')[-1]}" in environment


def test_its_health_is_asked() -> None:
    """By the standard library, which is there, and the question compiles."""
    (check,) = arguments("HEALTHCHECK")
    program, flag, code = json.loads(check.partition("CMD ")[2])
    compile(code, "HEALTHCHECK", "exec")

    assert (program, flag) == ("python", "-c")
    assert "/health/live" in code
