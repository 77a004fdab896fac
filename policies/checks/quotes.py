"""Every quotation stands in the clause; no number in our own words, and no limit, that it does not print."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from policies.library import Library
from policies.problems import Problem, nearest_word
from policies.quantity import parse_quantity, show_number
from policies.rules import EncodedClause, Formula, Measure, Share, conditions
from policies.values import show_value
from policies.vocabulary import Fact, FactType

_LONGEST = 16
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def check_quotes(library: Library, clause: EncodedClause) -> Iterator[Problem]:
    """依据, 词 and 原文 are verbatim; titles and contents name only the clause's own numbers."""
    for measure in clause.measures:
        for path, quote in _quotes(measure):
            if quote not in clause.text:
                near = nearest_word(quote, re.split(r"[，。；、：\n]", clause.text))
                yield Problem(
                    clause.file, measure.line, f"{measure.id} {path}", "条款里的原话", f"「{quote}」", near
                )
        yield from _invented_numbers(clause, measure)
        yield from _invented_limits(library, clause, measure)


def _quotes(measure: Measure) -> Iterator[tuple[str, str]]:
    yield from (("原文", quote) for quote in measure.quotes)
    yield from (("条件.依据", quote) for part in conditions(measure.rule) for quote in part.quotes)
    yield from (("支持内容.依据", quote) for quote in measure.benefit.quotes)
    yield from (("待明确.词", quote) for point in measure.open_points for quote in point.quotes)
    yield from (("时间.依据", quote) for quote in measure.period.quotes)


def _invented_numbers(clause: EncodedClause, measure: Measure) -> Iterator[Problem]:
    benefit = measure.benefit
    said = {
        "标题": measure.title,
        "支持内容.内容": benefit.content,
        "支持内容.金额": benefit.amount,
        "支持内容.比例": benefit.ratio or "",
        "支持内容.次数": benefit.times or "",
        "支持内容.计算": _factor(benefit.formula),
    }
    for path, text in said.items():
        for number in numbers_not_printed(text, clause.text):
            yield Problem(
                clause.file, measure.line, f"{measure.id} {path}", "条款里印有的数", f"「{number}」"
            )


def numbers_not_printed(said: str, printed: str) -> Iterator[str]:
    """The Arabic numbers of words of our own that the printed text does not have."""
    known = set(_NUMBER.findall(_plain(printed)))
    return (number for number in _NUMBER.findall(_plain(said)) if number not in known)


def _factor(formula: Formula | None) -> str:
    """The number that a formula takes from the clause, as the clause would print it."""
    if isinstance(formula, Share):
        return show_number(formula.factor * 100)
    return "" if formula is None else str(formula.workdays)


def _invented_limits(library: Library, clause: EncodedClause, measure: Measure) -> Iterator[Problem]:
    for condition in conditions(measure.rule):
        fact = library.vocabulary.facts.get(condition.fact)
        if fact is None or fact.type is not FactType.NUMBER:
            continue
        printed = {amount for quote in condition.quotes for amount in _amounts(quote, fact)}
        for value in condition.values:
            if value not in printed:
                shown = show_value(fact, value, library.vocabulary)
                yield Problem(
                    clause.file,
                    measure.line,
                    f"{measure.id} 条件.{fact.label}",
                    "依据里印有的数",
                    f"「{shown}」",
                )


def _amounts(quote: str, fact: Fact) -> Iterator[Fraction]:
    """Every amount in the unit of the fact that the words print."""
    plain = _plain(quote).replace(" ", "")
    for start in range(len(plain)):
        for end in range(start + 1, min(start + _LONGEST, len(plain)) + 1):
            quantity = parse_quantity(plain[start:end])
            amount = None if quantity is None else quantity.to(fact.unit or "")
            if amount is not None and not plain[start - 1 : start].isdigit():
                yield amount


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
