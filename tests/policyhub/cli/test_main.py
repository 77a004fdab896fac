"""Every module of the command line is a command that explains itself."""

from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from policyhub.cli import main

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_module_is_a_command(name: str) -> None:
    """The command has the module's name and a help text."""
    command = getattr(import_module(f"policyhub.cli.{name}"), name)
    result = CliRunner().invoke(main, [name, "--help"])

    assert isinstance(command, click.Command)
    assert command.help
    assert result.exit_code == 0


def test_an_unknown_command_is_refused() -> None:
    """Exit code 2 and the name that was not understood."""
    result = CliRunner().invoke(main, ["serv"])

    assert result.exit_code == 2
    assert "serv" in result.output
