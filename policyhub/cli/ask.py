"""``policyhub ask 盖厂房买地能便宜多少``: the answer to say, the clause in hand, what not to promise; or 查不到."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from policyhub import clock
from policyhub.cli._library import Day, echo_json, json_option, library_option, open_snapshot, refuse
from policyhub.cli._print import wrapped
from policyhub.services.answers import AnswersQuery, AnswersView, AnswerView, answer
from policyhub.services.errors import InputError
from policyhub.services.labels import unit_list
from policyhub.services.queries import read_query

_WIDE = 100


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--as-of", type=Day(), help="适用日期，缺省为今天。")
@library_option
@json_option
def ask(words: tuple[str, ...], as_of: date | None, directory: Path, as_json: bool) -> None:
    """回答一个问题：照着说的话、原话、不能承诺的、要问的、归谁；查不到就说查不到。"""
    snapshot = open_snapshot(directory)
    try:
        query = read_query(AnswersQuery, snapshot.library, [("q", " ".join(words))])
    except InputError as error:
        raise refuse(error) from error
    answered = answer(snapshot, query, as_of or clock.today())
    if as_json:
        echo_json(answered)
    else:
        click.echo("\n".join(_lines(answered)))


def _lines(answered: AnswersView) -> Iterable[str]:
    triage = answered.triage
    if triage is not None and triage.urgent:
        yield f"先分流  {triage.line}：{triage.reason}（{triage.cited}）\n"
    if answered.answer is None:
        yield f"查不到  {answered.note}"
        for clause in answered.related:
            yield f"  相关（不是答案）  {clause.cited} {clause.heading}"
    else:
        yield from _answer(answered.answer)
        for fact in answered.ask:
            yield f"要问  {fact.question}"
        for number, other in enumerate(answered.alternatives, 2):
            yield f"\n—— 另一条 {number} ——"
            yield from _answer(other)
    if triage is not None and not triage.urgent:
        yield f"\n分流  {triage.line}：{triage.reason}"


def _answer(view: AnswerView) -> Iterable[str]:
    yield f"可以说  {view.spoken}"
    yield f"出处  {view.cited} {view.title}"
    yield from wrapped(f"原话  {view.quote}", _WIDE)
    for caution in view.caution:
        yield from wrapped(f"不能承诺  {caution}", _WIDE)
    yield f"责任单位  {unit_list(view.units, more=view.units_open)}"
    yield f"效力  {view.force.status}"
