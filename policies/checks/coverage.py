"""No word of a measure is dropped: each is modelled by a condition or benefit, listed as open, or glue."""

import re
from collections.abc import Iterator

from policies.library import Library
from policies.problems import Problem
from policies.rules import EncodedClause, Measure, conditions

GLUE = (
    "一是", "二是", "三是", "四是", "且",
    "对", "的", "地", "和", "与", "及", "以及", "或", "并", "在", "将", "于", "由", "为", "以", "其", "该", "各",
    "予以", "给予", "实行", "通过", "中", "后", "上",
)  # fmt: skip
_ONLY_GLUE = re.compile(rf"(?:{'|'.join(sorted(GLUE, key=len, reverse=True))}|[\s，。、；：“”‘’《》（）()])*")


def check_coverage(_library: Library, clause: EncodedClause) -> Iterator[Problem]:
    """Both directions: words of a measure that nothing models, and 措施 text that no measure quotes."""
    for measure in clause.measures:
        for words in _unmodelled(measure):
            path = f"{measure.id} 原文"
            yield Problem(
                clause.file,
                measure.line,
                path,
                "每个词都有条件、支持内容或待明确引用",
                f"没有引用的「{words}」",
            )
    yield from _unserved(clause)


def _unmodelled(measure: Measure) -> Iterator[str]:
    modelled = [
        *(quote for part in conditions(measure.rule) for quote in part.quotes),
        *measure.benefit.quotes,
        *(quote for point in measure.open_points for quote in point.quotes),
        *measure.period.quotes,
    ]
    for quote in measure.quotes:
        yield from (words for words in _uncovered(quote, modelled) if not _ONLY_GLUE.fullmatch(words))


def _unserved(clause: EncodedClause) -> Iterator[Problem]:
    measured = [quote for measure in clause.measures for quote in measure.quotes]
    entries = [entry for entry in clause.ledger if entry.kind == "措施"]
    for entry in entries:
        for words in _uncovered(entry.text, measured):
            if not _ONLY_GLUE.fullmatch(words):
                yield Problem(
                    clause.file, 1, "账目.措施", "每段措施文字至少归于一项措施", f"没有归属的「{words}」"
                )
    text = "\n".join(entry.text for entry in entries)
    for measure in clause.measures:
        for quote in measure.quotes:
            if quote not in text:
                path = f"{measure.id} 原文"
                yield Problem(clause.file, measure.line, path, "账目里归为「措施」的文字", f"「{quote}」")


def _uncovered(text: str, quotes: list[str]) -> list[str]:
    """The runs of ``text`` that no quote covers."""
    covered = [False] * len(text)
    for quote in quotes:
        for start in (found.start() for found in re.finditer(re.escape(quote), text)):
            covered[start : start + len(quote)] = [True] * len(quote)
    runs = re.finditer("0+", "".join("1" if mark else "0" for mark in covered))
    return [text[run.start() : run.end()] for run in runs]
