"""``policyhub match PROFILE``: what fits one profile, for a person or as JSON."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec

from matcher.force import ForceStatus
from policies.clause_words import UNSTATED
from policyhub import clock
from policyhub.cli._library import Day, echo_json, json_option, library_option, open_snapshot, refuse
from policyhub.cli._print import wrapped
from policyhub.services.errors import InputError
from policyhub.services.match import MatchAnswer, Verdict
from policyhub.services.match import match as answer_match
from policyhub.services.profile_text import read_profile_text

_WIDE = 100
_QUESTIONS = 3
_USUAL = ForceStatus.UNCONFIRMED.value
_VERDICTS = {
    "符合": Verdict.ELIGIBLE.value,
    "待定": Verdict.UNDETERMINED.value,
    "暂不符合": Verdict.INELIGIBLE.value,
}
Finding = dict[str, Any]


@click.command()
@click.argument("profile", type=click.File("rb"))
@click.option("--as-of", type=Day(), help="适用日期，缺省为今天。")
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice([*_VERDICTS, *_VERDICTS.values()]),
    help="只看这种结论；可以写几次。",
)
@library_option
@json_option
def match(
    profile: BinaryIO, as_of: date | None, verdicts: tuple[str, ...], directory: Path, as_json: bool
) -> None:
    """按画像（JSON 或 YAML 文件，- 为标准输入）匹配措施。"""
    snapshot = open_snapshot(directory)
    try:
        stated = read_profile_text(profile.read(), getattr(profile, "name", "-"))
        answer = answer_match(snapshot, clock.today, _request(stated, as_of, verdicts))
    except InputError as error:
        raise refuse(error) from error
    if as_json:
        echo_json(answer)
    else:
        click.echo("\n".join(_lines(answer)))


def _request(stated: object, as_of: date | None, verdicts: tuple[str, ...]) -> dict[str, Any]:
    """A file may be a profile, or a whole request as the API takes it."""
    request = dict(stated) if isinstance(stated, dict) and "profile" in stated else {"profile": stated}
    if as_of is not None:
        request["as_of"] = as_of.isoformat()
    if verdicts:
        request["verdicts"] = [_VERDICTS.get(verdict, verdict) for verdict in verdicts]
    return request


def _lines(answer: MatchAnswer) -> Iterable[str]:
    summary = answer.summary
    yield (
        f"{answer.as_of}  符合 {summary.eligible}  待定 {summary.undetermined}  "
        f"暂不符合 {summary.ineligible}  不涉及 {summary.not_applicable}"
    )
    for notice in answer.warnings:
        near = f"（相近：{'、'.join(notice.nearest)}）" if notice.nearest else ""
        yield from wrapped(f"请留意 {notice.pointer}：{notice.detail}{near}", _WIDE)
    findings: list[Finding] = msgspec.json.decode(answer.findings)
    for label, group in groupby(sorted(findings, key=_order(findings)), key=lambda finding: finding["label"]):
        listed = list(group)
        yield f"\n{label}（{len(listed)}）"
        for finding in listed:
            yield from _finding(finding)
    yield from _questions(answer)
    yield f"\n回执 {answer.receipt.id}  政策库 {answer.library}"


def _order(findings: list[Finding]) -> Any:
    """Labels in the order in which the best finding of each comes."""
    first = {finding["label"]: place for place, finding in reversed(list(enumerate(findings)))}
    return lambda finding: first[finding["label"]]


def _finding(finding: Finding) -> Iterable[str]:
    number = finding["clause_number"]
    where = (finding["document_number"] or "") + (f"第{number}条" if number.isdecimal() else number)
    status = finding["force"]["status"]
    passed = "" if status == _USUAL else f"（{status}）"
    yield from wrapped(f"{finding['score']:>3}  {finding['title']}{passed}", _WIDE, "  ")
    told = finding["subject"]["name"]
    about = f"［{told}］" if told else ""
    yield from wrapped(f"{about}{where}：“{finding['quote']}”", _WIDE, "       ")
    if "conditions" not in finding:
        return
    parts = {
        "缺": [missing["name"] for missing in finding["missing"]],
        "不满足": [c["sentence"] for c in finding["conditions"] if c["result"] == "false"]
        if finding["verdict"] == "ineligible"
        else [],
        "须认定": [f"{d['sentence']}（{_who(d['decided_by'])}）" for d in finding["determinations"]],
        "差距": [_flip(one) for one in finding["flips"]],
        "责任单位": [unit["name"] for unit in finding["units"]],
    }
    for name, words in parts.items():
        if words:
            more = "等" if name == "责任单位" and finding["units_open"] else ""
            yield from wrapped(f"{name}：{'、'.join(words)}{more}", _WIDE, "       ")


def _flip(changes: list[dict[str, Any]]) -> str:
    return "且".join(f"{change['name']}改为“{change['to']}”" for change in changes)


def _who(decided_by: str) -> str:
    return "由谁认定未载明" if decided_by == UNSTATED else f"由{decided_by}认定"


def _questions(answer: MatchAnswer) -> Iterable[str]:
    asked = answer.questions[:_QUESTIONS]
    if asked:
        yield f"\n再答 {len(asked)} 题可定 {asked[-1].settles} 项"
        for number, question in enumerate(asked, 1):
            choices = f"（{'／'.join(question.choices)}）" if question.choices else ""
            yield from wrapped(f"{number}. {question.question}{choices}", _WIDE, "  ")
