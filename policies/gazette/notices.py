"""Title blocks: title, 文号, and the covering notice with its signature, date and 公开 mark."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from policies.gazette.lines import Line, width
from policies.gazette.markers import Rank, han_value, marker_of

_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,12}) ?[〔\[\uff3b【（(](\d{4})[〕\]\uff3d】）)] ?(?:第 ?)?(\d{1,4}) ?号"
)
_OFFICE = (
    r"(?:政府|办公室|办公厅|局|委员会|委|厅|管委会|中心|院|部|署|站|协会|公司|银行|支行|领导小组|指挥部)"
)
_SIGNER = re.compile(rf"[\u4e00-\u9fff（）]{{2,28}}{_OFFICE}")
_KIND = (
    r"(?:通知|意见|方案|规划|计划|办法|规定|决定|通告|公告|批复|细则|条例|措施|政策|要点|纪要|规则|函|"
    r"制度|预案|清单|目录|指南|标准|名单|章程|守则|准则|导则|纲要|公示)"
)
_TITLE_END = re.compile(rf"{_KIND}(?:[（(](?:试行|暂行|修订)[）)])?")
_DATE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日( ?印发)?")
_HAN_DATE = re.compile(
    r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日( ?印发)?"
)
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff（）]{4,30}文件")
_PUBLIC = re.compile(r"[（(](?:此件|本文|此文)?.{0,4}公开.{0,8}[）)]")
_ADDRESSED = re.compile(r"(?:各|市|县|区|乡|镇|局|有关|相关|机关|全|本|驻|委|直属)")
_BASIS = re.compile(r"(?:根据|按照|依据|依照|参照|贯彻|落实|结合)[^，。；《》]*《[^《》]+》(?:[^，。；]*》)?")
_QUOTED = re.compile(r"《([^《》]+)》")

_TITLE_LINES = 6
_TITLE_WIDTH = 34
_WHOLE_TITLE_WIDTH = 80
_NOTICE_LINES = 60
_SALUTATION_LINES = 3


class Range(Struct, frozen=True):
    """Lines by index, ``end`` not included."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


NONE = Range(0, 0)


class Signature(Struct, frozen=True):
    """Who signed, when, and the 公开 mark below, with their lines."""

    lines: Range
    signer: str
    day: date | None
    public: str | None
    public_line: int | None
    colophon: bool


class Block(Struct, frozen=True):
    """A title block. What it does not print is empty or ``None``."""

    lines: Range
    letterhead: Range  # a line such as 同溪市人民政府文件 above the 文号
    title_lines: Range
    number_line: int | None
    number: str | None
    abbreviation: str
    year: int
    serial: int
    title: str
    issuer: str | None
    notice: Range  # salutation and text of the covering notice
    signature: Signature | None


def tight(text: str) -> str:
    """Without blanks, which stand at random around figures, so that titles can be compared."""
    return re.sub(r"\s+", "", text)


def signature_at(lines: Sequence[Line], at: int) -> Signature | None:
    """A signer's line with a date below it, and the 公开 mark if one follows."""
    end = at
    while end < len(lines) and end - at < _SALUTATION_LINES and _SIGNER.fullmatch(tight(lines[end].text)):
        end += 1
    if end == at or end >= len(lines) or not (dated := _day(lines[end].text)):
        return None
    day, colophon = dated
    signer = tight(lines[at].text)
    end += 1
    if end < len(lines) and _PUBLIC.fullmatch(tight(lines[end].text)):
        return Signature(Range(at, end + 1), signer, day, _public(lines[end].text), end, colophon)
    return Signature(Range(at, end), signer, day, None, None, colophon)


def _public(text: str) -> str:
    return text.strip("（）() ")


def _day(text: str) -> tuple[date | None, bool] | None:
    if found := _DATE.fullmatch(text):
        year, month, day = (int(found.group(i)) for i in (1, 2, 3))
    elif found := _HAN_DATE.fullmatch(tight(text)):
        digits = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
        year = int("".join(digits[c] for c in found.group(1)))
        month, day = han_value(found.group(2)), han_value(found.group(3))
    else:
        return None
    try:
        return date(year, month, day), bool(found.group(4))
    except ValueError:
        return None, bool(found.group(4))


def salutation_at(lines: Sequence[Line], at: int) -> int:
    """How many lines from ``at`` form a salutation (各县（市、区）人民政府……：); 0 when none does."""
    if at >= len(lines) or not _ADDRESSED.match(lines[at].text) or marker_of(lines[at].text):
        return 0
    for count, line in enumerate(lines[at : at + _SALUTATION_LINES], 1):
        if re.search(r"[。；]", line.text):
            return 0
        if line.text[-1] in "：:":
            return count
    return 0


def find_blocks(lines: Sequence[Line]) -> list[Block]:
    """All title blocks, in the order printed. A text without any 文号 may have one at its head."""
    blocks: list[Block] = []
    taken = 0
    for at, line in enumerate(lines):
        if at >= taken and (found := _NUMBER.fullmatch(line.text)):
            blocks.append(_numbered(lines, at, found, taken))
            taken = blocks[-1].lines.end
    if not blocks and lines and (head := _unnumbered(lines)):
        blocks.append(head)
    return blocks


def _numbered(lines: Sequence[Line], at: int, found: re.Match[str], floor: int) -> Block:
    title = _title_above(lines, at, floor) or _title_below(lines, at)
    after = max(at + 1, title.end)
    start = min(at, title.start) if title else at
    if start > floor and _LETTERHEAD.fullmatch(tight(lines[start - 1].text)):
        start -= 1
    kind = (found.group(1), int(found.group(2)), int(found.group(3)))
    return _with_notice(lines, Range(start, after), title, (at, lines[at].text, *kind))


def _unnumbered(lines: Sequence[Line]) -> Block | None:
    end = 0
    while end < min(len(lines), _TITLE_LINES) and _titular(lines[end].text):
        end += 1
        if _TITLE_END.search(lines[end - 1].text[-8:]) and not _titular_goes_on(lines, end):
            break
    text = "".join(line.text for line in lines[:end])
    if not end or not _TITLE_END.search(text):
        return None
    return _with_notice(lines, Range(0, end), Range(0, end), (None, None, "", 0, 0))


def _titular(text: str) -> bool:
    return (
        text[-1] not in "。；：，、:;,.!?！？"
        and width(text) <= (_WHOLE_TITLE_WIDTH if _TITLE_END.search(text[-8:]) else _TITLE_WIDTH)
        and marker_of(text) is None
        and not _DATE.fullmatch(text)
        and not re.search(r"[。；|\t]|\d{2,} {2,}", text)
    )


def _titular_goes_on(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and bool(
        re.fullmatch(r"的?(?:通知|意见|函)|[（(](?:试行|暂行)[）)]", lines[at].text)
    )


def _title_above(lines: Sequence[Line], at: int, floor: int) -> Range:
    start = at
    while start > max(floor, at - _TITLE_LINES) and _titular(lines[start - 1].text):
        start -= 1
        if _SIGNER.fullmatch(tight(lines[start].text)):
            break
        opens = lines[start].text.startswith("关于") or re.match(r".+关于", lines[start].text)
        if opens and not (start > floor and _SIGNER.fullmatch(tight(lines[start - 1].text))):
            break
    text = "".join(line.text for line in lines[start:at])
    return Range(start, at) if "关于" in text or _TITLE_END.search(text[-8:]) else NONE


def _title_below(lines: Sequence[Line], at: int) -> Range:
    end = at + 1
    while end < min(len(lines), at + 1 + _TITLE_LINES) and _titular(lines[end].text):
        end += 1
        if _TITLE_END.search(lines[end - 1].text[-8:]) and not _titular_goes_on(lines, end):
            return Range(at + 1, end)
    return NONE


def _with_notice(
    lines: Sequence[Line],
    head: Range,
    title: Range,
    number: tuple[int | None, str | None, str, int, int],
) -> Block:
    notice, signature = _notice(lines, head.end)
    text = "".join(line.text for line in lines[title.start : title.end])
    end = signature.lines.end if signature else head.end
    return Block(
        lines=Range(head.start, end),
        letterhead=_letterhead(lines, head),
        title_lines=title,
        number_line=number[0],
        number=number[1],
        abbreviation=number[2],
        year=number[3],
        serial=number[4],
        title=text,
        issuer=_issuer(lines, title),
        notice=notice,
        signature=signature,
    )


def _letterhead(lines: Sequence[Line], head: Range) -> Range:
    first = tight(lines[head.start].text) if head else ""
    return Range(head.start, head.start + 1) if _LETTERHEAD.fullmatch(first) else NONE


def _issuer(lines: Sequence[Line], title: Range) -> str | None:
    if not title:
        return None
    first = tight(lines[title.start].text)
    if _SIGNER.fullmatch(first) and not _TITLE_END.fullmatch(first):
        return first
    found = re.match(rf"([\u4e00-\u9fff]{{2,24}}?{_OFFICE})(?:印发)?关于", first)
    return found.group(1) if found else None


def _notice(lines: Sequence[Line], at: int) -> tuple[Range, Signature | None]:
    """The covering notice: from the salutation to a signature with no heading in between."""
    start = at
    saluted = salutation_at(lines, at)
    listed = False
    for i in range(at + saluted, min(len(lines), at + _NOTICE_LINES)):
        marker = marker_of(lines[i].text)
        numbered = _NUMBER.fullmatch(lines[i].text)
        listed = listed or opens_annexes(lines[i].text)
        if numbered or (marker and not (listed and marker.rank is Rank.ITEM)):
            break
        if signature := signature_at(lines, i):
            return Range(start, i), signature
    return NONE, None


_ANNEXED = re.compile(r"附件[0-9０-９一二三四五六七八九十]{0,2}[:： ]?")


def plan_titles(notice: str, title: str) -> list[str]:
    """The instruments that a notice promulgates, in its order; named in 《》, in its annexes or title."""
    lead = re.split(r"(?:已经|经|现|予以)[^《》]{0,40}(?:印发|发布|公布|同意)", notice)[0]
    words = _BASIS.sub("", lead if "《" in lead else notice)
    named = [name for name in _QUOTED.findall(words) if _TITLE_END.search(name[-8:])]
    for paragraph in notice.split("\n"):
        if _ANNEXED.match(paragraph):
            text = _ANNEXED.sub("", paragraph, count=1)
            named += [name for name in re.split(r"[0-9]{1,2}[.\uff0e]", text) if _TITLE_END.search(name[-8:])]
    if not named and (found := re.search(r"印发(?:关于)?《?(.+?)》?的通知", title)):
        named = [found.group(1)]
    unique: dict[str, str] = {}
    for name in named:
        unique.setdefault(tight(name), name.strip())
    return list(unique.values())


def is_annex_mark(text: str) -> bool:
    """A line such as 附件, 附件1 or 附件： alone, under which the annexed text is printed."""
    return bool(_ANNEXED.fullmatch(text))


def opens_annexes(text: str) -> bool:
    """A line that opens the list of annexes."""
    return bool(re.match(r"附件\d{0,2}(?:[:：]|$)", text))
