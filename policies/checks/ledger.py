"""The clause file repeats the clause word for word, and every character belongs to one class."""

from collections.abc import Iterator

from policies.library import Library
from policies.problems import Problem
from policies.rules import EncodedClause

_AROUND = 12


def check_ledger(library: Library, clause: EncodedClause) -> Iterator[Problem]:
    """原文 equals the document's text; the 账目 entries, put together, equal 原文."""
    if not clause.id:
        return
    printed = library.clauses.get(clause.id)
    if printed is None:
        yield Problem(clause.file, 1, "条款", "政策库文件里有的条款编号", f"「{clause.id}」")
        return
    if clause.text != printed.text:
        yield _difference(clause, "原文", printed.text, clause.text, "与公报逐字一致的原文")
    written = "".join(entry.text for entry in clause.ledger).replace("\n", "")
    if written != clause.text.replace("\n", ""):
        yield _difference(
            clause,
            "账目",
            clause.text.replace("\n", ""),
            written,
            "各条账目相接等于原文（一字不多、一字不少）",
        )
    brackets = [entry.text for entry in clause.ledger if entry.kind == "责任单位"]
    if bool(brackets) != bool(printed.units):
        yield Problem(
            clause.file, 1, "账目", "责任单位一类与条款的责任单位括号相符", "、".join(brackets) or "没有"
        )


def _difference(clause: EncodedClause, path: str, wanted: str, found: str, expected: str) -> Problem:
    at = next(
        (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    near = slice(max(0, at - _AROUND), at + _AROUND)
    return Problem(
        clause.file, 1, path, f"{expected}：第 {at + 1} 字处「{wanted[near]}」", f"「{found[near]}」"
    )
