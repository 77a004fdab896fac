"""``policyhub verify RECEIPT_OR_FILE``: is a receipt unaltered, and is the result the same today."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec

from matcher.intake import Fault
from matcher.receipt import Receipt
from policyhub.cli._library import echo_json, json_option, library_option, open_snapshot, refuse
from policyhub.cli._print import table
from policyhub.services.errors import InputError
from policyhub.services.json_text import read_json
from policyhub.services.profile_text import read_profile_text
from policyhub.services.receipt_text import ReceiptCheck, check_receipt, read_receipt_text
from policyhub.services.receipts import Verification
from policyhub.services.receipts import verify as replay

_ASK = "只凭回执不能重算结论；加上 --profile 画像文件，就重新对照一次。"


@click.command()
@click.argument("receipt")
@click.option("--profile", type=click.File("rb"), help="出具回执时的画像（JSON 或 YAML，- 为标准输入）。")
@library_option
@json_option
def verify(receipt: str, profile: BinaryIO | None, directory: Path, as_json: bool) -> None:
    """核验回执：一行回执文字、扫码得到的地址，或存有回执、匹配结果的 JSON 文件（- 为标准输入）。"""
    snapshot = open_snapshot(directory)
    found: ReceiptCheck | Verification
    try:
        given = _read(receipt)
        if profile is None:
            found = check_receipt(snapshot, given)
            good, lines = not found.altered, _checked(found)
        else:
            stated = read_profile_text(profile.read(), getattr(profile, "name", "-"))
            found = replay(snapshot, {"receipt": msgspec.to_builtins(given), "profile": _profile(stated)})
            good, lines = found.same, _replayed(found)
    except InputError as error:
        raise refuse(error) from error
    if as_json:
        echo_json(found)
    else:
        click.echo("\n".join(lines))
    if not good:
        raise click.exceptions.Exit(1)


def _read(given: str) -> Receipt:
    """A receipt from its text, or from a file with its text, its JSON, or an answer that carries it."""
    if given == "-":
        content = sys.stdin.buffer.read()
    elif Path(given).is_file():
        content = Path(given).read_bytes()
    else:
        return read_receipt_text(given)
    if content.lstrip()[:1] != b"{":
        return read_receipt_text(content.decode(errors="replace"))
    stated = read_json(content)
    try:
        return msgspec.convert(stated.get("receipt", stated) if isinstance(stated, dict) else stated, Receipt)
    except msgspec.ValidationError as error:
        detail = "文件里没有回执：应为一份回执，或带 receipt 的匹配结果"
        raise InputError([Fault(pointer="", detail=detail)]) from error


def _profile(stated: object) -> Any:
    """A file may be a profile, or a whole request as the API takes it."""
    return stated["profile"] if isinstance(stated, dict) and "profile" in stated else stated


def _checked(found: ReceiptCheck) -> Iterable[str]:
    yield f"回执 {found.receipt.id}（{found.receipt.as_of}）：{found.note}"
    if found.altered:
        return
    yield from table(
        [
            (part.what, "与现用相同" if part.same else "已有变化", part.receipt, part.now)
            for part in found.parts
        ]
    )
    yield _ASK


def _replayed(found: Verification) -> Iterable[str]:
    if found.altered:
        yield found.note
    elif found.same:
        yield f"回执 {found.receipt.id}：{found.note}"
    else:
        yield f"重新对照的结果与回执不同，不同的是{'、'.join(one.what for one in found.differences)}："
        yield from table([(one.what, f"回执 {one.receipt}", f"现为 {one.now}") for one in found.differences])
