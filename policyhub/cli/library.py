"""``policyhub library``: what is in the library."""

from collections.abc import Iterable
from pathlib import Path

import click

from policyhub import clock
from policyhub.cli._library import echo_json, json_option, library_option, open_snapshot
from policyhub.cli._print import table
from policyhub.services.library import show_library
from policyhub.services.views import LibraryView


@click.command()
@library_option
@json_option
def library(directory: Path, as_json: bool) -> None:
    """列出政策库收录的文件和各项摘要。"""
    view = show_library(open_snapshot(directory), clock.today())
    if as_json:
        echo_json(view)
    else:
        click.echo("\n".join(_lines(view)))


def _lines(view: LibraryView) -> Iterable[str]:
    heads = ("编号", "文号", "印发", "条款", "已编", "标题")
    rows = [
        (d.id, d.number or "未载明", d.issued or "未载明", d.clauses, d.encoded, d.title)
        for d in view.documents
    ]
    yield from table([heads, *rows])
    yield ""
    digests = (("政策库", view.digest), ("原文", view.text), ("规则", view.rules), ("引擎", view.engine))
    yield from table(digests)
