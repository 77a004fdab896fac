"""``policyhub index``: build the search index ahead of the first start, or prove that it is whole."""

from pathlib import Path

import click

from policyhub.cli._library import library_option, open_snapshot


@click.command()
@library_option
def index(directory: Path) -> None:
    """建好检索索引（在 DATA_DIR 下）；已有而完好的不重建。"""
    finder = open_snapshot(directory).search.finder
    click.echo(f"{len(finder.rows)} 行已入索引")
