"""What an answer card must be: for something the library has, one question, short, no number of its own."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from matcher.intake import Fault
from policies.checks.quotes import numbers_not_printed
from policies.library import Library
from policies.quantity import parse_quantity
from policyhub.services.reading import no_such

MOST_ANSWER = 200
MOST_QUESTION = 100

_ASKING = re.compile(
    r"吗|呢|么|什么|怎|如何|哪|多少|几|是否|能不能|可不可以|有没有|是不是|谁|何时|为何|多久|多长"
)
_PARTS = re.compile(r"[，,；;。.!！?？\s]|以及|还有|另外|并且|同时|顺便")
_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(
    rf"百分之[{_NUMERAL}0-9.]+|[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?(?:[十百千]?万?亿?|%)|[{_NUMERAL}]{{2,}}"
    r"|[一二两三四五六七八九十](?=年|个月|天|日|倍|亩|元|个工作日|名|人|家|千瓦|兆瓦|平方米|折)"
)
_DIGIT = re.compile("[0-9一二两三四五六七八九十]")


def check_card(library: Library, target: str, question: str, answer: str) -> Iterator[Fault]:
    """Every fault of a card."""
    clause_id = library.measures[target].clause_id if target in library.measures else target
    clause = library.clauses.get(clause_id)
    if clause is None:
        yield Fault(pointer="/target", detail=no_such(target, [*library.clauses, *library.measures]))
    yield from _lengths(question, answer)
    asked = _questions(question)
    if asked > 1:
        yield Fault(pointer="/question", detail=f"一张卡只答一个问题，这里像有 {asked} 个：请拆成几张")
    if clause is not None:
        named = _names(library.document_of(clause_id).number)
        for pointer, said in (("/question", question), ("/answer", answer)):
            for found in _not_printed(named.sub("", said), clause.text):
                yield Fault(pointer=pointer, detail=f"「{found}」不是条款里印有的数")


def _names(number: str | None) -> re.Pattern[str]:
    """The number of the document, whole and as people say it (19号), which the clause itself need not print."""
    whole = number or ""
    names = [re.escape(name) for name in (whole, whole.rpartition("〕")[2]) if name]
    return re.compile("|".join(names) or "(?!)")


def _lengths(question: str, answer: str) -> Iterator[Fault]:
    for pointer, said, most in (("/question", question, MOST_QUESTION), ("/answer", answer, MOST_ANSWER)):
        if not said.strip():
            yield Fault(pointer=pointer, detail="不能为空")
        elif not said.replace("\n", "").isprintable():
            yield Fault(pointer=pointer, detail="含有看不见的控制字符")
        elif len(said) > most:
            yield Fault(pointer=pointer, detail=f"不超过 {most} 个字，实为 {len(said)} 个：请拆成几张或写短")


def _questions(question: str) -> int:
    """Parts of the sentence that ask, or its question marks, whichever are more."""
    asking = sum(bool(_ASKING.search(part)) for part in _PARTS.split(question))
    return max(asking, len(re.findall("[?？]", question)))


def _not_printed(said: str, printed: str) -> Iterator[str]:
    """Arabic numbers that are not printed, and numbers in either script whose value is not."""
    yield from dict.fromkeys(numbers_not_printed(said, printed))
    known = {value for _, value in _values(printed)}
    for word, value in dict(_values(said)).items():
        if value not in known and word not in printed and not any(numbers_not_printed(word, printed)):
            yield word


def _values(text: str) -> Iterator[tuple[str, tuple[Fraction, str]]]:
    """Each number, as written, with what it amounts to: 五百万 is 500万. Words like 万一 and 百千 are none."""
    for word in _NUMBER.findall(unicodedata.normalize("NFKC", text)):
        quantity = parse_quantity(word) if _DIGIT.search(word) and word != "万一" else None
        if quantity is not None:
            plain = quantity.to("元")  # a scale without a unit reads as money; only its size matters here
            yield word, (quantity.amount, quantity.unit) if plain is None else (plain, "")
