"""``policyhub search 工业用地 容积率``: the clauses that words, a number, pinyin or a whole sentence mean."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from policyhub import clock
from policyhub.cli._library import Day, echo_json, json_option, library_option, open_snapshot, refuse
from policyhub.cli._print import wrapped
from policyhub.services.errors import InputError
from policyhub.services.labels import unit_list
from policyhub.services.queries import read_query
from policyhub.services.search import SearchAnswer, SearchItem, SearchQuery
from policyhub.services.search import search as search_clauses
from search_index.marks import Highlight

_WIDE = 100


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--document", help="只看这份文件（编号）。")
@click.option("--unit", help="只看这个责任单位。")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="几条。")
@click.option("--as-of", type=Day(), help="适用日期，缺省为今天。")
@library_option
@json_option
def search(  # noqa: PLR0913, PLR0917 one parameter for each option
    words: tuple[str, ...],
    document: str | None,
    unit: str | None,
    limit: int,
    as_of: date | None,
    directory: Path,
    as_json: bool,
) -> None:
    """检索条款：字词、文号条号（19号15条）、拼音、口头说法、一整句话；引号里的原样出现，减号后的不要。"""
    snapshot = open_snapshot(directory)
    given = {"q": " ".join(words), "document": document, "unit": unit, "limit": str(limit)}
    pairs = [(name, value) for name, value in given.items() if value is not None]
    try:
        query = read_query(SearchQuery, snapshot.library, pairs)
        answer = search_clauses(snapshot, query, as_of or clock.today())
    except InputError as error:
        raise refuse(error) from error
    if as_json:
        echo_json(answer)
    else:
        click.echo("\n".join(_lines(answer)))


def _lines(answer: SearchAnswer) -> Iterable[str]:
    for reading in answer.understood.readings:
        yield f"已按“{'、'.join(reading.meant)}”检索（{reading.how}：{reading.said}）"
    yield from answer.relaxed
    if not answer.items:
        yield "这些文件里没有找到。"
        if answer.suggestions:
            yield f"试试：{'、'.join(answer.suggestions)}"
        return
    yield f"{answer.total} 条"
    for item in answer.items:
        yield from _item(item)


def _item(item: SearchItem) -> Iterable[str]:
    yield f"\n{item.cited}  {item.heading}  {item.clause_id}"
    for highlight in item.highlights:
        yield from wrapped(_marked(highlight), _WIDE, "  ")
    if item.units:
        yield from wrapped(f"责任单位  {unit_list(item.units, more=item.units_open)}", _WIDE, "  ")
    for reason in item.why:
        yield from wrapped(f"因为  {reason}", _WIDE, "  ")


def _marked(highlight: Highlight) -> str:
    """The sentence with what was found in 【】, since colour alone carries no meaning."""
    said, last = "", 0
    for start, end in highlight.marks:
        said += f"{highlight.text[last:start]}【{highlight.text[start:end]}】"
        last = end
    return (said + highlight.text[last:]).strip()
