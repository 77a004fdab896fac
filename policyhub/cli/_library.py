"""What the commands share: the library they read and how they say that it cannot be read."""

import os
from datetime import date
from pathlib import Path

import click
import msgspec

from policies import LibraryError, load_library
from policies.library import Library
from policies.loader import PACKAGED
from policyhub import clock
from policyhub.services.errors import InputError
from policyhub.settings import SettingsError, read_settings
from policyhub.snapshot import Snapshot, search_for_now, search_in, take_snapshot
from search_index.answer import Selection

library_option = click.option(
    "--library",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PACKAGED,
    envvar="LIBRARY_DIR",
    help="政策库目录；缺省为随程序发布的政策库。",
)
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，结构与接口相同。")


def open_library(directory: Path) -> Library:
    """The library, or every problem of it on standard error."""
    try:
        return load_library(directory)
    except LibraryError as error:
        raise click.ClickException(f"政策库不能用：\n{error}") from error


def open_snapshot(directory: Path) -> Snapshot:
    """The library, ready to be asked; its index in DATA_DIR where that can be written, else for now only."""
    return take_snapshot(open_library(directory), clock.now(), _search)


def _search(library: Library) -> Selection:
    try:
        settings = read_settings(os.environ)
        return search_in(settings.data_dir / "index", settings.search_engine)(library)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except OSError:
        return search_for_now(library)


def echo_json(value: object) -> None:
    """A value as the API would give it, for people and for jq."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def refuse(error: InputError) -> click.ClickException:
    """Every fault of an input, one a line."""
    lines = [f"{fault.pointer or '（全文）'}：{fault.detail}" for fault in error.faults]
    return click.ClickException("\n".join([f"输入有 {len(lines)} 处错误", *lines]))


class Day(click.ParamType[date]):
    """A date."""

    name = "日期"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """2023-07-01 and nothing else."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"应为日期，如 2023-07-01，实为「{value}」", param, ctx)
