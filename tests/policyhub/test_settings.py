"""Settings: every default holds, every wrong value is named, every one is documented."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from policyhub.cli import main
from policyhub.settings import SETTINGS, Settings, SettingsError, read_settings

ROOT = Path(__file__).parents[2]
WRONG = {
    "HOST": "not a host",
    "PORT": "65536",
    "WORKERS": "0",
    "LOG_LEVEL": "loud",
    "DATABASE_URL": "mysql://root:secret@db/x",
    "REDIS_URL": "http://:secret@cache",
    "LIBRARY_DIR": "/no/such/place",
    "MAX_BODY_BYTES": "１０２４",
    "ADMIN_KEYS": "张三:secret",
}


def test_an_empty_environment_is_enough() -> None:
    """The embedded defaults: this machine only, SQLite, memory, the packaged library."""
    settings = read_settings({})

    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.database_url == "sqlite:///.data/policyhub.sqlite3"
    assert settings.redis_url == ""
    assert settings.library_dir == ROOT / "policies" / "library"


def test_empty_means_absent() -> None:
    """What a compose file leaves empty keeps its default."""
    assert read_settings(dict.fromkeys((setting.name for setting in SETTINGS), " ")) == read_settings({})


def test_values_are_read() -> None:
    """Texts become numbers and paths; the database follows DATA_DIR."""
    settings = read_settings({"PORT": "0", "DATA_DIR": "/data", "LOG_LEVEL": "WARNING"})

    assert (settings.port, settings.log_level) == (0, "warning")
    assert settings.database_url == "sqlite:////data/policyhub.sqlite3"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named(name: str) -> None:
    """Variable, expected and found in one line, and no password in it."""
    with pytest.raises(SettingsError) as caught:
        read_settings({name: WRONG[name]})
    (problem,) = caught.value.problems

    assert problem.startswith(f"环境变量 {name}：应为")
    assert "实为" in problem
    assert "secret" not in problem


def test_all_wrong_values_are_named_at_once() -> None:
    """One run shows everything that is to be mended."""
    with pytest.raises(SettingsError) as caught:
        read_settings(WRONG)

    assert len(caught.value.problems) == len(WRONG)


def test_table_and_struct_agree() -> None:
    """Each setting is a field and each field a setting."""
    assert {setting.name.lower() for setting in SETTINGS} == set(Settings.__struct_fields__)


def test_settings_are_documented() -> None:
    """docs/settings.md is what ``policyhub settings`` prints."""
    printed = CliRunner().invoke(main, ["settings"])

    assert printed.output == (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
