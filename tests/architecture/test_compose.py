"""What can be known of compose.yaml without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyhub.settings import SETTINGS, Settings, read_settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", TEXT))  # as nobody set anything
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OTHERS = sorted(SERVICES.keys() - {"app"})


def settings() -> Settings:
    """What the application reads: the environment of the image, and over it that of compose.yaml."""
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("FROM ")[2]
    stated = {name: found for name in ("HOST", "PORT") for found in re.findall(rf"\b{name}=(\S+)", image)}
    return read_settings({**stated, **{name: value or "" for name, value in app()["environment"].items()}})


def app() -> dict[str, Any]:
    return SERVICES["app"]


def test_what_it_sets_is_a_setting_and_makes_sense() -> None:
    """Every name is known to the program, every value is text, and all are read without complaint."""
    given = app()["environment"]

    assert given.keys() <= {setting.name for setting in SETTINGS}
    assert [name for name, value in given.items() if not isinstance(value, str | None)] == []
    assert settings().workers > 1  # what PostgreSQL and Redis are for


def test_the_addresses_are_those_of_the_other_services() -> None:
    """Host, user and database of each address exist in the file; the forms are those that the tests start."""
    database = SERVICES["database"]["environment"]

    assert settings().database_url == (
        f"postgresql://{database['POSTGRES_USER']}@database:5432/{database['POSTGRES_DB']}"
    )
    assert settings().redis_url == "redis://cache:6379/0"


@pytest.mark.parametrize("name", OTHERS)
def test_another_server_is_pinned_healthy_and_out_of_reach(name: str) -> None:
    """One major version, from where the engine looks by itself; the application waits for its health; no door out."""
    service = SERVICES[name]

    assert re.fullmatch(r"[a-z]+:\d+", service["image"])
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert app()["depends_on"][name] == {"condition": "service_healthy"}
    assert "ports" not in service
    assert service["networks"] == [name]
    assert COMPOSE["networks"][name]["internal"] is True
    assert [other for other in OTHERS if other != name and name in SERVICES[other]["networks"]] == []


def test_the_application_is_built_here_and_reached_at_its_port() -> None:
    """The port of the image, the only one published; it can reach whom it needs."""
    assert app()["build"] == "."
    assert (ROOT / "Dockerfile").is_file()
    assert app()["ports"] == [f"{settings().port}:{settings().port}"]
    assert settings().host == "0.0.0.0"
    assert {*OTHERS} < {*app()["networks"]}


def test_what_is_written_goes_to_a_volume_or_to_memory() -> None:
    """The root of the application is read-only; every named volume is declared and used."""
    mounted = [volume.split(":") for service in SERVICES.values() for volume in service.get("volumes", ())]

    assert app()["read_only"] is True
    assert str(settings().data_dir) in [target for _, target in mounted]
    assert {source for source, _ in mounted} == COMPOSE["volumes"].keys()
    assert {name for service in SERVICES.values() for name in service["networks"]} == COMPOSE[
        "networks"
    ].keys()
