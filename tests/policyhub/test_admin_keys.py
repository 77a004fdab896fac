"""Keys open the administration to named persons, and to nobody else."""

import pytest
from click.testing import CliRunner

from policyhub.admin_keys import CLOSED, Administrators, key_digest, make_key, person, read_admin_keys
from policyhub.cli import main
from policyhub.settings import SettingsError, read_settings


def test_a_key_names_its_person() -> None:
    """One of several, with or without a space around it; any other key nobody."""
    ours, theirs = make_key(), make_key()
    administrators = Administrators(
        read_admin_keys(f"张三:{key_digest(ours)}，李四：{key_digest(theirs).upper()} ,")
    )

    assert administrators.open
    assert [administrators.who(key) for key in (ours, f" {theirs}\n", make_key(), "", "\ud800")] == [
        "张三",
        "李四",
        None,
        None,
        None,
    ]


def test_the_digest_is_no_key() -> None:
    """Who reads the environment cannot administer."""
    digest = key_digest(make_key())

    assert Administrators(read_admin_keys(f"张三:{digest}")).who(digest) is None


def test_every_digest_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after the right one: time tells nothing of its place."""
    compared = []
    monkeypatch.setattr("policyhub.admin_keys.compare_digest", lambda a, b: compared.append(a) or a == b)
    keys = [make_key() for _ in range(3)]
    text = ",".join(f"人{number}:{key_digest(key)}" for number, key in enumerate(keys))

    assert Administrators(read_admin_keys(text)).who(keys[0]) == "人0"
    assert len(compared) == 3


def test_without_keys_it_is_closed_and_says_how_to_open_it() -> None:
    """No key opens it, not even an empty one."""
    administrators = Administrators(read_settings({}).admin_keys)

    assert not administrators.open
    assert administrators.who("") is None
    assert "policyhub keys" in CLOSED
    assert "ADMIN_KEYS" in CLOSED


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "张三:",
        f":{'0' * 64}",
        f"张三:{'0' * 63}",
        f"张 三:{'0' * 64}",
        f"张三:{'0' * 64},李四:{'0' * 64}",
    ],
)
def test_a_wrong_entry_is_refused(text: str) -> None:
    """Also one key of two persons: alone they would be author and approver."""
    with pytest.raises(SettingsError, match="ADMIN_KEYS"):
        read_settings({"ADMIN_KEYS": text})


def test_a_person_may_have_two_keys() -> None:
    """While one replaces the other."""
    old, new = make_key(), make_key()
    keys = read_admin_keys(f"张三:{key_digest(old)},张三:{key_digest(new)}")

    assert {Administrators(keys).who(key) for key in (old, new)} == {"张三"}


def test_a_name_has_one_spelling() -> None:
    """Width and space around it do not make another person."""
    assert person(" 张３ ") == person("张3")


def test_a_key_made_at_the_command_line_opens() -> None:
    """The key and what is printed for ADMIN_KEYS belong together; every key is new."""
    outputs = [CliRunner().invoke(main, ["keys", "张三"]).output for _ in range(2)]
    key, entry = (line.rpartition("：")[2] for line in outputs[0].splitlines())

    assert Administrators(read_settings({"ADMIN_KEYS": entry}).admin_keys).who(key) == "张三"
    assert len(key) > 40
    assert outputs[0] != outputs[1]


def test_the_command_refuses_what_is_no_name() -> None:
    """A name with a comma would be two entries."""
    result = CliRunner().invoke(main, ["keys", "张三,李四"])

    assert result.exit_code == 2
    assert "phk_" not in result.output
