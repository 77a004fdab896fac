"""A caution quotes a word of the clause only where that word leaves something open."""

import pytest

from policies import Library
from policyhub.services.caution import cautions, soft_words

# Every soft word of the packaged measures, as it was read with two characters before it and three after.
READ = {
    "可": (
        "发区可根据本|可不改变|可按农村|可适当用|可邀请|审批可不与污|排，可通过自|"
        "用地可按农村|目，可适度下|策，可邀请相|线路可不改变|资金可适当用|项目可按照国"
    ),
    "鼓励": (
        "鼓励|鼓励以资本|鼓励各县（|鼓励国有企|鼓励市属国|鼓励支持|鼓励支持民|鼓励政府性|"
        "鼓励政府投|鼓励民营企|鼓励通过“"
    ),
    "支持": (
        "优先支持|优先支持综合交|倾斜支持|倾斜支持民营企|引导支持|引导支持基础设|支持|"
        "支持因地制|支持已售逾|支持我市民|支持房地产|支持民营企|支持民间投|支持省级以|"
        "支持职业院|支持银行、|支持银行机|期费支持|目，支持因地制|融资支持|资金支持|"
        "资，支持已售逾|重点支持|重点支持“国家|鼓励支持|鼓励支持民间资"
    ),
    "引导": (
        "上，引导社会资|引导商业银|引导支持|引导支持基|引导社会资|积极引导|积极引导本地区|积极引导民营企"
    ),
    "适度": "，可适度下调商",
    "原则上": "划，原则上要|划，原则上要提前|目，原则上推行市|项目原则上 24",
    "探索": "探索政府主",
    "倾斜": "倾斜|倾斜支持|标，倾斜支持民|给予倾斜支持|项目倾斜",
    "争取": "申报争取项目|申报争取项目，|积极争取省级技",
    "优先": (
        "优先保障|优先投入|优先投入在|优先支持|优先支持综|优先进行节|优先选取|优先选取一|"
        "目，优先进行节|量，优先保障符"
    ),
    "推动": "推动|推动主要污|推动基础设|策”推动落实",
}


def test_every_soft_word_has_been_read(packaged_library: Library) -> None:
    """A new one is read in its clause: it leaves something open and joins READ, or caution.py learns that it does not."""
    found: dict[str, set[str]] = {}
    for measure in packaged_library.measures.values():
        for quote in (*measure.quotes, *measure.benefit.quotes):
            for at, word in soft_words(quote):
                found.setdefault(word, set()).add(quote[max(0, at - 2) : at + len(word) + 3])

    assert found == {word: set(places.split("|")) for word, places in READ.items()}


@pytest.mark.parametrize(
    ("measure", "word"),
    [
        ("jszb-2023-20/14/faster-preliminary-procedures", "可"),  # 施工许可
        ("jszb-2023-19/15/land-floor-price", "支持"),  # 支持类工业项目
        ("jszb-2023-19/6/concession-fields", "鼓励"),  # the title of a document
        ("jszb-2023-19/1/policy-guidance", "引导"),  # 政策引导服务
    ],
)
def test_no_word_is_put_into_the_mouth_of_a_clause(
    packaged_library: Library, measure: str, word: str
) -> None:
    """A permit, a kind of project, a title, the name of a service."""
    assert not any(f"“{word}”" in said for said in cautions(packaged_library.measures[measure]))


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("施工许可手续可容缺办理", ["可"]),
        ("资质认可、可再生能源、可研报告、可持续、可复制", []),
        ("对鼓励类项目优先支持", ["优先", "支持"]),
        ("可研究下调，可推迟缴纳", ["可", "可"]),
        ("按《关于支持民间投资的意见》鼓励", ["鼓励"]),
    ],
)
def test_a_soft_word_is_no_part_of_a_name(text: str, soft: list[str]) -> None:
    """What stands beside a name counts all the same."""
    assert [word for _, word in soft_words(text)] == soft
