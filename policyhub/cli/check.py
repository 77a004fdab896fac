"""``policyhub check``: prove a library, and count what is in it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from policyhub.cli._library import echo_json, json_option, library_option
from policyhub.cli._print import table, wrapped
from policyhub.services.check import Report
from policyhub.services.check import check as prove

_KINDS = {
    "benefit": "优惠", "facilitation": "便利", "protection": "保障", "obligation": "义务", "prohibition": "禁止",
    "eligible": "符合", "undetermined": "待定", "ineligible": "暂不符合",
}  # fmt: skip


@click.command()
@library_option
@json_option
def check(directory: Path, as_json: bool) -> None:
    """检查政策库：原话、账目、引用、词表和每个例子；有错即以 1 退出。"""
    report = prove(directory)
    if as_json:
        echo_json(report)
    else:
        for problem in report.problems:
            click.echo(str(problem), err=True)
        for line in _lines(report):
            click.echo(line)
    raise SystemExit(1 if report.problems else 0)


def _lines(report: Report) -> Iterable[str]:
    counts = report.counts
    yield from table(
        [
            ("文件", f"{counts.documents} 份，{counts.clauses} 条条款"),
            ("已编成", f"{counts.encoded} 条"),
            ("账目", f"{report.ledger} 字，归类 {_share(report.ledger, report.text)}"),
            ("措施", f"{counts.measures} 项：{_counted(report.measures)}"),
            ("例", f"{counts.examples} 个：{_counted(report.examples)}"),
            ("事实", f"{counts.facts} 个"),
            ("名单", f"{counts.key_projects} 个重点工程项目"),
            ("来源", f"{counts.sources} 个"),
        ]
    )
    encoded, clauses = sum(c.encoded for c in report.coverage), sum(c.clauses for c in report.coverage)
    yield f"\n编成规则 {encoded}/{clauses} 条"
    for covered in report.coverage:
        yield f"  {covered.number or covered.document_id}  {covered.encoded}/{covered.clauses}"
        if covered.open:
            yield from wrapped(f"尚未编成：{'、'.join(covered.open)}", 100, "    ")
    yield f"\n待明确 {counts.open_points} 处"
    yield from ("  " + line for line in table((unit, number) for unit, number in report.open_points.items()))
    yield f"\n结论与所有制有关的措施 {len(report.ownership)} 项，条文都写明了所有制"
    yield f"\n{len(report.problems)} 处错误" if report.problems else "\n没有错误"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


def _counted(counts: Mapping[str, int]) -> str:
    return "、".join(f"{_KINDS.get(name, name)} {number}" for name, number in counts.items()) or "没有"
