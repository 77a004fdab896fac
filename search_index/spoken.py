"""What an agent says of a measure: at most sixty characters, in the measure's own words, numbers as they are spoken.

Nothing is added that the clause does not have: titles and contents of measures may name only numbers that
the clause prints (checked with the library), and a tail only says what is not stated.
"""

import re

from policies.clause_words import UNSTATED
from policies.rules import Measure

LONGEST = 60
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[％%]")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_MARKS = str.maketrans("", "", "“”‘’《》〔〕「」")
_UNSTATED = "金额条文没有写。"
_ASSESSED = "要经认定。"
_DIGITS = "零一二三四五六七八九"


def say_measure(measure: Measure, *, assessed: bool) -> str:
    """A measure to be said on a call; ``assessed`` when somebody must still decide a condition."""
    said = _plainly(measure.title)
    said = said if len(said) < LONGEST else _plainly(measure.benefit.content)
    tails = [_UNSTATED] if measure.benefit.amount == UNSTATED else []
    tails += [_ASSESSED] if assessed else []
    return _with(said, tails)


def say_clause(sentence: str, *, where: str, heading: str) -> str:
    """A clause that answers by itself: its sentence where that can be said, else what it is about and where."""
    said = _plainly(sentence)
    if said and len(said) <= LONGEST:
        return _with(said, [])
    return _with(f"{where}写的是{_plainly(heading)}" if heading else f"请看{where}", [])


def _with(said: str, tails: list[str]) -> str:
    """The sentence with what must be added, the last first to go when it grows too long."""
    said = f"{said.rstrip('。')}。"
    while tails and len(said) + sum(map(len, tails)) > LONGEST:
        tails = tails[:-1]
    if len(said) > LONGEST:
        said = f"{said[: LONGEST - 2].rstrip('，、；')}…。"
    return said + "".join(tails)


def _plainly(text: str) -> str:
    """A text as it is spoken: no brackets, no quotation marks, percentages in words."""
    bare = _BRACKETS.sub("", text.replace("县（市、区）", "县市区")).translate(_MARKS)
    return _PERCENT.sub(lambda found: f"百分之{_number(found[1])}", bare).replace(" ", "")


def _number(digits: str) -> str:
    """Up to a hundred in Chinese; anything else stays as it is written, which reads aloud as well."""
    if not digits.isdecimal() or int(digits) > 100:  # noqa: PLR2004 百分之一百 is the most
        return digits
    number = int(digits)
    if number == 100:  # noqa: PLR2004
        return "一百"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")
