"""Every word of the print is accounted for, and no other word is there."""

import re
from collections import Counter

import pytest

from policies.document import Span
from policies.gazette import GapKind, Gazette, MendKind, Role

# Raw lines of clauses, found by reading the print; a bar parts paragraphs, a slash leaves out a title block.
CLAUSES = {
    "jszb-2023-19/4": ["6469-6505"],
    "jszb-2023-19/9": ["6604", "6606-6622", "6624-6640"],
    "jszb-2023-19/10": ["6642", "6644-6654", "6656-6672"],
    "jszb-2023-19/11": ["6674", "6676-6691", "6693-6701", "6702-6709", "6711-6729"],
    "jszb-2023-19/14": ["6782-6806"],
    "jszb-2023-19/15": ["6808-6834"],
    "jszb-2023-19/16": ["6836-6850", "6852-6868"],
    "jszb-2023-19/1": ["6387-6406/6425"],
    "jszb-2023-20/7": ["7142-7162"],
    "jszb-2023-20/8": ["7166-7186"],
    "jszb-2023-20/12": ["7243-7261"],
    "jszb-2023-20/13": ["7265-7285"],
    "jszb-2023-20/14": ["7287-7313"],
    "jszb-2023-20/3": ["7037-7049/7072-7084"],
    "jszb-2023-21/s2": ["7455-7457/7464-7478", "7480-7496"],
    "jszb-2023-21/s6": ["7736-7747"],
    "jszf-2023-6/p1.s3.4": ["2086-2096"],
}
# The doubled headings of these clauses, typed by hand.
SINGLE = {
    "（（七七））积极落实项目盘活条件积极落实项目盘活条件。。": "（七）积极落实项目盘活条件。",
    "（（八八））发展基础设施领域不动产投资信托基金发展基础设施领域不动产投资信托基金": "（八）发展基础设施领域不动产投资信托基金",
    "（（REITsREITs）。）。": "（REITs）。",
    "（（十二十二））落实财税金融政策落实财税金融政策。。": "（十二）落实财税金融政策。",
    "（（十三十三））规范回收资金使用规范回收资金使用。。": "（十三）规范回收资金使用。",
    "（（十四十四））精准有效支持新项目建设精准有效支持新项目建设。。": "（十四）精准有效支持新项目建设。",
    "（（三三））重点方向重点方向。。": "（三）重点方向。",
    "（（四四））制定县级妇女发展规划和部门实施方案制定县级妇女发展规划和部门实施方案。。": (
        "（四）制定县级妇女发展规划和部门实施方案。"
    ),
}


def printed(raw: str, places: list[str]) -> str:
    """The raw lines at ``places``, joined as a reader would."""
    lines = raw.split("\n")
    paragraphs = []
    for place in places:
        text = ""
        for stretch in place.split("/"):
            first, _, last = stretch.partition("-")
            text += "".join(line.strip() for line in lines[int(first) - 1 : int(last or first)])
        paragraphs.append(text)
    text = "\n".join(paragraphs)
    for doubled, single in SINGLE.items():
        text = text.replace(doubled, single)
    return text


@pytest.mark.parametrize("name", CLAUSES)
def test_a_clause_is_word_for_word_what_the_print_says(raw: str, gazette: Gazette, name: str) -> None:
    found = next(c for d in gazette.documents for c in d.clauses if c.id == name)

    assert found.text == printed(raw, CLAUSES[name])


def undone(raw: str, gazette: Gazette, span: Span, but: MendKind | None = None) -> str:
    """The raw text of a span with its recorded mends made, except those of one kind."""
    text, at = "", span.start
    for mend in gazette.mends:
        if mend.kind is not but and at <= mend.span.start and mend.span.end <= span.end:
            text += raw[at : mend.span.start] + mend.after
            at = mend.span.end
    return text + raw[at : span.end]


def test_each_clause_is_its_raw_stretches_with_the_recorded_mends(raw: str, gazette: Gazette) -> None:
    for found in gazette.documents:
        for clause in found.clauses:
            assert "".join(undone(raw, gazette, span) for span in clause.raw_offsets) == clause.text, (
                clause.id
            )


def test_every_character_belongs_to_one_part_or_to_a_mend(raw: str, gazette: Gazette) -> None:
    owners = Counter(i for part in gazette.parts for span in part.spans for i in range(*_edges(span)))
    mended = {i for mend in gazette.mends for i in range(*_edges(mend.span))}
    solid = [i for i, c in enumerate(raw) if not c.isspace()]

    assert [i for i in solid if i not in owners and i not in mended] == []
    assert [i for i in solid if owners[i] > 1] == []


def test_no_word_is_lost_or_made_on_the_way_to_the_documents(raw: str, gazette: Gazette) -> None:
    """The same characters, each as often, come out as went in, but for what mends took away."""
    told = Counter("".join(c.text for d in gazette.documents for c in d.clauses))
    for part in gazette.parts:
        if part.role is not Role.CLAUSE:
            told.update("".join(undone(raw, gazette, span, MendKind.MOVED) for span in part.spans))
    for mend in gazette.mends:
        if mend.kind in {MendKind.FURNITURE, MendKind.DOUBLED}:
            told.update(mend.before)
            told.subtract(mend.after)

    assert solid(told) == solid(Counter(raw))


def solid(counted: Counter[str]) -> dict[str, int]:
    """Without blanks."""
    return {c: n for c, n in counted.items() if not c.isspace() and n}


def test_doubled_headings_are_taken_once(gazette: Gazette) -> None:
    doubled = {m.before: m.after for m in gazette.mends if m.kind is MendKind.DOUBLED}

    assert SINGLE.items() <= doubled.items()
    assert (
        doubled[
            "（（五五））提升能力建设提升能力建设，，协同推进应急减排与长效减排协同推进应急减排与长效减排"
        ]
        == "（五）提升能力建设，协同推进应急减排与长效减排"
    )
    assert doubled["（（一一））推进事项推进事项““应进必进应进必进”。”。"] == "（一）推进事项“应进必进”。"


def test_only_the_listed_mends_are_made(raw: str, gazette: Gazette) -> None:
    for mend in gazette.mends:
        assert raw[mend.span.start : mend.span.end] == mend.before
        if mend.kind is MendKind.WRAP:
            assert not mend.before.strip()
            assert mend.after in {"", "\n"}
        elif mend.kind is MendKind.DOUBLED:
            assert mend.after == re.sub(r"(.+?)\1", r"\1", mend.before) or len(mend.after) * 2 == len(
                mend.before
            )
        else:
            assert mend.after == ""
    furniture = [m.before for m in gazette.mends if m.kind is MendKind.FURNITURE]
    assert furniture == [
        "—— 3",
        "—— 20",
        "晋城市人民政府公报3 / 2023 •市政府文件 •",
        "—— 40",
        "晋城市人民政府公报3 / 2023 •市政府办公室文件 •",
    ]


def test_losses_are_reported_where_they_stand_and_nothing_is_guessed(raw: str, gazette: Gazette) -> None:
    found = [(gap.kind, gap.line) for gap in gazette.gaps]

    assert found == [
        (GapKind.FRAGMENT, 5327),
        (GapKind.GLYPH, 5327),
        (GapKind.GLYPH, 5327),
        (GapKind.GLYPH, 5369),
        (GapKind.FRAGMENT, 5379),
        (GapKind.GLYPH, 5382),
        (GapKind.LINES, 7736),
    ]
    assert raw.count("\ufffd") == sum(c.text.count("\ufffd") for d in gazette.documents for c in d.clauses)


def test_oddities_of_the_print_stay(gazette: Gazette) -> None:
    words = "".join(c.text for d in gazette.documents for c in d.clauses)
    preamble = gazette.documents[-1].plans[0].preamble

    assert "对前 20名的企业" in words
    assert "保障妇女发展经费投入。市市、县人民政府" in words
    assert "(晋政办发〔2022〕92号，经市政府同意" in preamble


def test_no_paragraph_ends_in_the_middle_of_a_sentence(gazette: Gazette) -> None:
    for found in gazette.documents:
        for clause in found.clauses:
            first, *rest = clause.text.split("\n")
            heading = first == clause.number + clause.heading or first.endswith(clause.heading)
            assert heading or not rest or first[-1] in "。：；”", clause.id
            assert all(paragraph[-1] in "。：；”）〕" for paragraph in rest), clause.id


def _edges(span: Span) -> tuple[int, int]:
    return span.start, span.end
