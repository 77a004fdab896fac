"""The command line. One module here is one command of the same name; names with ``_`` in front are none."""

from importlib import import_module
from pkgutil import iter_modules

import click


class OneModuleEach(click.Group):
    """Finds commands by file name and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=OneModuleEach, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="policyhub", message="policyhub %(version)s")
def main() -> None:
    """晋城惠企政策：把企业、项目、资产的实情对照政策原文。"""
