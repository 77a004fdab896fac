"""``policyhub show 19号15条``: a clause as printed, and what has been made of it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from policies.citation import find_cited
from policies.problems import nearest_word
from policyhub import clock
from policyhub.cli._library import Day, echo_json, json_option, library_option, open_snapshot
from policyhub.cli._print import wrapped
from policyhub.services.labels import KINDS, SUBJECTS
from policyhub.services.library import show_clause, show_measure
from policyhub.services.views import ClauseView, MeasureView
from policyhub.snapshot import Snapshot

_WIDE = 100


@click.command()
@click.argument("citation")
@click.option("--ledger", is_flag=True, help="连同账目：每段文字属于哪一类。")
@click.option("--as-of", type=Day(), help="适用日期，缺省为今天。")
@library_option
@json_option
def show(citation: str, ledger: bool, as_of: date | None, directory: Path, as_json: bool) -> None:
    """显示一条条款（19号15条、20号（十二）、编号）或一项措施的原文和读法。"""
    snapshot = open_snapshot(directory)
    day = as_of or clock.today()
    name = find_cited(citation, snapshot.library)
    if name is None:
        raise _unknown(citation, snapshot)
    view: ClauseView | MeasureView
    if name in snapshot.library.measures:
        view = show_measure(snapshot, name, day)
        lines = _measure(view)
    else:
        view = show_clause(snapshot, name, day)
        lines = _clause(view, [show_measure(snapshot, one.id, day) for one in view.measures], ledger=ledger)
    if as_json:
        echo_json(view)
    else:
        click.echo("\n".join(lines))


def _unknown(citation: str, snapshot: Snapshot) -> click.ClickException:
    known = [*snapshot.library.clauses, *snapshot.library.measures]
    near = nearest_word(citation, known)
    hint = f"；是否应为 {near}？" if near else ""
    return click.ClickException(
        f"没有「{citation}」这一条{hint}\n写法：19号15条、20号（十二）、jszb-2023-19/15"
    )


def _clause(view: ClauseView, measures: list[MeasureView], *, ledger: bool) -> Iterable[str]:
    yield " / ".join([view.document_number or view.document_id, *view.path, view.number or view.id])
    yield f"{view.id}  {view.force.status}\n"
    yield from wrapped(view.text, _WIDE)
    if view.units:
        names = [f"{unit.name}（牵头）" if unit.lead else unit.name for unit in view.units]
        yield f"\n责任单位  {'、'.join(names)}{'等' if view.units_open else ''}"
    if view.note:
        yield f"\n{view.note}"
    if ledger and view.ledger:
        yield "\n账目"
        for entry in view.ledger:
            yield from wrapped(f"{entry.kind}  {entry.text}", _WIDE, "  ")
    for number, measure in enumerate(measures, 1):
        yield f"\n—— 措施 {number}/{len(measures)} ——"
        yield from _measure(measure)


def _measure(view: MeasureView) -> Iterable[str]:
    yield view.title
    yield f"  {view.id}  {KINDS[view.kind]}·{view.category}·{SUBJECTS[view.subject]}"
    yield from wrapped(f"原文  {'……'.join(view.quotes)}", _WIDE, "  ")
    yield from wrapped(f"读作  {view.readback}", _WIDE, "  ")
    for point in view.open_points:
        words = "".join(f"「{quote}」" for quote in point.quotes)
        yield from wrapped(f"待明确  {words}{point.question}（{point.decided_by}）", _WIDE, "  ")
    for source in view.sources:
        yield from wrapped(
            f"来源  {source.title}（{source.number or '文号未载明'}，可信度 {source.confidence}）",
            _WIDE,
            "  ",
        )
