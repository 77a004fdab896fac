"""What an agent must not promise of a measure, from the words that the clause itself uses and leaves open."""

import re
from collections.abc import Iterator, Mapping

from policies.clause_words import UNSTATED
from policies.rules import Measure, conditions

_MOST = 4
_WORDS: Mapping[str, str] = {
    "适度": "条文写的是“适度”，到什么程度由责任单位定，不能答应具体数。",
    "原则上": "条文写的是“原则上”，有例外，不能说一律如此。",
    "优先": "条文写的是“优先”，是排在前面，不是一定给。",
    "倾斜": "条文写的是“倾斜”，没有写倾斜多少，不能答应份额。",
    "探索": "条文写的是“探索”，还不是已经能办的事。",
    "争取": "条文写的是“争取”，不是已经落实。",
    "力争": "条文写的是“力争”，是目标，不是承诺。",
    "鼓励": "条文写的是“鼓励”，不等于一定能得到。",
    "支持": "条文写的是“支持”，不等于一定能得到。",
    "引导": "条文写的是“引导”，不等于一定能得到。",
    "推动": "条文写的是“推动”，不是已经做到。",
    "可": "条文写的是“可”，符合条件也不等于一定办成。",
}
# What has such a word in it and leaves nothing open: titles, names of kinds and services, other words with 可.
_NAMES = (
    "《[^》]*》|(?:支持|鼓励|引导|优先)[类型性股]|引导(?:服务|基金)"
    "|[许认宁]可|可[行靠能控观燃]|可持续|可复制|可推广|可再生|可循环|可研(?!究)|可获得较好"
)
_SOFT = re.compile(f"{_NAMES}|(?P<word>{'|'.join(_WORDS)})")


def cautions(measure: Measure) -> tuple[str, ...]:
    """The few things not to promise, the gravest first."""
    found = list(dict.fromkeys(_cautions(measure)))
    return tuple(found[:_MOST])


def soft_words(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that leave something open, with their places."""
    for found in _SOFT.finditer(text):
        if found["word"]:
            yield found.start(), found["word"]


def _cautions(measure: Measure) -> Iterator[str]:
    yield from (point.question for point in measure.open_points if point.kind == "金额")
    if any(condition.ranking for condition in conditions(measure.rule)):
        yield "条件达到还要比名次，名次没有出来，不能说一定有。"
    if measure.benefit.amount == UNSTATED:
        yield "金额条文没有写，不能答应能拿多少、便宜多少。"
    quotes = (*measure.quotes, *measure.benefit.quotes)
    written = {word for quote in quotes for _, word in soft_words(quote)}
    yield from (said for word, said in _WORDS.items() if word in written)
    deciders = dict.fromkeys(
        condition.decided_by for condition in conditions(measure.rule) if condition.decided_by is not None
    )
    for decided_by in deciders:
        by = "由谁认定条文没有写" if decided_by == UNSTATED else f"由{decided_by}认定"
        yield f"有条件要经认定，{by}，不能先说一定符合。"
    yield from (point.question for point in measure.open_points if point.kind == "程度")
