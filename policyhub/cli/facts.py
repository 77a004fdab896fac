"""``policyhub facts``: what a profile may state."""

from collections.abc import Iterable
from pathlib import Path

import click

from policyhub.cli._library import echo_json, json_option, library_option, open_snapshot
from policyhub.cli._print import table
from policyhub.services.library import all_facts
from policyhub.services.views import FactView

_SUBJECTS = {"enterprise": "企业 enterprise", "project": "项目 projects", "asset": "存量资产 assets"}


@click.command()
@library_option
@json_option
def facts(directory: Path, as_json: bool) -> None:
    """列出画像能写的全部事实：键、名称、类型和可选值。"""
    views = all_facts(open_snapshot(directory).library)
    if as_json:
        echo_json(views)
    else:
        click.echo("\n".join(_lines(views)))


def _lines(views: tuple[FactView, ...]) -> Iterable[str]:
    for subject, name in _SUBJECTS.items():
        yield f"{name}"
        rows = [("  " + view.key, view.name, _values(view)) for view in views if view.subject == subject]
        yield from table(rows)
        yield ""


def _values(view: FactView) -> str:
    if view.type == "number":
        return f"数，以{view.unit}计"
    words = {"boolean": "是／否", "date": "日期", "region": "地名", "text": "文字"}
    return words.get(view.type) or "／".join(choice.name for choice in view.choices) + (
        "（可多选）" if view.type == "choices" else ""
    )
