"""``policyhub coverage 19号``: where every sentence of a document belongs, and what stays open."""

from collections.abc import Iterable
from pathlib import Path

import click

from policyhub.cli._library import echo_json, json_option, library_option, open_snapshot
from policyhub.cli._print import table, wrapped
from policyhub.services.coverage import CoverageView, show_coverage
from policyhub.services.errors import NotFoundError

_WIDE = 100


@click.command()
@click.argument("document", metavar="文件编号")
@click.option("--texts", is_flag=True, help="逐句列出。")
@library_option
@json_option
def coverage(document: str, directory: Path, *, texts: bool, as_json: bool) -> None:
    """一份文件（如 jszb-2023-19）的覆盖图：每句归哪一类，待明确之处按责任单位列出。"""
    try:
        view = show_coverage(open_snapshot(directory), document)
    except NotFoundError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        echo_json(view)
    else:
        click.echo("\n".join(_lines(view, texts=texts)))


def _lines(view: CoverageView, *, texts: bool) -> Iterable[str]:
    yield f"{view.document_number or view.document_id}  编成规则 {view.encoded}/{view.clauses} 条"
    yield from table((count.kind, f"{count.sentences} 句", f"{count.characters} 字") for count in view.counts)
    if texts:
        yield ""
        for text in view.texts:
            yield from wrapped(f"［{text.kind}］{text.text}", _WIDE, "  ")
    for office in view.open_points:
        yield f"\n{office.unit}（{len(office.points)}）"
        for point in office.points:
            quoted = "".join(f"“{quote}”" for quote in point.quotes)
            yield from wrapped(f"·{point.kind} {quoted}{point.question}", _WIDE, "  ")
    if view.catalogues:
        yield "\n缺少的目录"
        yield from table(
            (catalogue.name, f"{len(catalogue.measures)} 项措施") for catalogue in view.catalogues
        )
