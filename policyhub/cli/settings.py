"""``policyhub settings``: every setting with its default; docs/settings.md is this output."""

import click

from policyhub.settings import settings_page


@click.command
def settings() -> None:
    """列出全部设置（环境变量）。"""
    click.echo(settings_page(), nl=False)
