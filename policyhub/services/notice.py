"""《政策适用情况告知单》: one content object that print, Word and Excel render, so that they cannot differ."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from policies.clause_words import UNSTATED
from policies.library import Library
from policyhub.services.labels import CONFIDENCE, day
from policyhub.services.notice_tables import (
    card_table,
    facts_sheet,
    listed_table,
    subject_table,
    verdicts_sheet,
)
from policyhub.services.paper import Paragraph, Section, Table, numeral
from policyhub.services.receipt_text import receipt_address, receipt_text
from policyhub.services.result import Card, Group, Result

TITLE = "政策适用情况告知单"
EXPLAINED = frozenset({"eligible", "to_determine", "ranking", "open"})
CONTACT = "由责任单位填写"
_LEAD = (
    "本单把所填情况逐条对照政策原文，结论是预判，不是审批、认定或兑现的决定；"
    "是否享受、享受多少，以责任单位依条文作出的答复为准。"
)
# The law's own words, as reprinted by the consumers' association; they protect natural persons only.
_LAW = (
    "经营者为个人的，《中华人民共和国个人信息保护法》第二十四条规定：“通过自动化决策方式作出对个人权益有重大影响的决定，"
    "个人有权要求个人信息处理者予以说明，并有权拒绝个人信息处理者仅通过自动化决策的方式作出决定。”"
)
_ASK = (
    "结论由程序按条文写明的条件对照得出。对结论有疑问，可以要求责任单位的工作人员说明理由、人工办理，"
    "也可以向12345政务服务便民热线询问。"
)
_REMINDERS = (
    _ASK,
    _LAW,
    "条文没有写明的金额、标准、期限和认定单位，本单照实写“未载明”，没有推算。",
    "各文件的现行效力以责任单位答复为准；条文写有期限的，已在“时效”一栏注明。",
)


class Notice(Struct, frozen=True, kw_only=True):
    """The sheet of ``result``. ``head`` are names and values under the title; ``sources`` is for ``sheets``.

    ``check`` is what the QR picture holds, ``check_label`` what is said of the picture.
    """

    title: str
    head: tuple[tuple[str, str], ...]
    lead: str
    sections: tuple[Section, ...]
    sources: Table
    foot: str
    check: str
    check_label: str
    result: Result

    @property
    def sheets(self) -> tuple[Table, ...]:
        """The tables for Excel, worked out when asked for: a page and Word do without."""
        facts = facts_sheet(self.result.facts)
        return (verdicts_sheet(self.result), facts, self.sources, _about(self.head, self.result))


def notice(
    library: Library, result: Result, *, base: str = "", explained: Collection[str] = EXPLAINED
) -> Notice:
    """The sheet of a result. ``base`` is the address of this service; groups not ``explained`` are listed."""
    full = [card for group in result.groups if group.key in explained for card in group.cards]
    parts = [_section("结论一览", _overview(result)), _facts(result)]
    several = _several(result)
    sections = [*parts, *(_group(group, explained, several) for group in result.groups)]
    sections += [_section("还可以补充的情况", *_questions(result)), _section("由谁认定", _decisions(full))]
    sections += [_section("责任单位", _units(full)), _section("依据", _basis(library, result, full))]
    sections += [_section("说明", *(Paragraph(text=text) for text in _REMINDERS), _verify(result))]
    return Notice(
        title=TITLE,
        head=_head(result),
        lead=_LEAD,
        sections=tuple(_numbered(sections)),
        sources=_sources(library, result),
        foot=f"{TITLE}　回执 {result.receipt.id}　适用日期 {day(result.as_of)}",
        check=receipt_address(result.receipt, base),
        check_label=f"核验二维码，内容为回执 {result.receipt.id}",
        result=result,
    )


_Part = tuple[Section, ...]


def _section(heading: str, *blocks: Paragraph | Table | None) -> _Part:
    """One section of the first level; what there is nothing to say about is left out."""
    kept = tuple(block for block in blocks if block is not None)
    return (Section(heading=heading, level=1, blocks=kept),) if kept else ()


def _numbered(parts: list[_Part]) -> Iterator[Section]:
    for number, (first, *rest) in enumerate(filter(None, parts), 1):
        yield Section(heading=f"{numeral(number)}、{first.heading}", level=1, blocks=first.blocks)
        for place, one in enumerate(rest, 1):
            yield Section(heading=f"{place}. {one.heading}", level=one.level, blocks=one.blocks)


def _head(result: Result) -> tuple[tuple[str, str], ...]:
    return (
        ("对照对象", "、".join(result.subjects) or "没有填写"),
        ("适用日期", day(result.as_of)),
        ("政策库版本", result.library),
        ("回执编号", result.receipt.id),
    )


def _facts(result: Result) -> _Part:
    """The facts of one subject after another."""
    told = [subject_table(name, result.facts) for name in dict.fromkeys(result.subjects)]
    subjects = (Section(heading=one.title, level=2, blocks=(one,)) for one in told if one.rows)
    return (Section(heading="所填情况", level=1, blocks=tuple(_warnings(result))), *subjects)


def _warnings(result: Result) -> Iterator[Paragraph]:
    if result.early:
        yield Paragraph(text=result.early, note=True)
    for warning in result.warnings:
        near = f"（相近：{'、'.join(warning.nearest)}）" if warning.nearest else ""
        yield Paragraph(text=f"请留意：{warning.detail}{near}", note=True)


def _overview(result: Result) -> Table:
    return Table(
        title="结论一览",
        header=("结论", "项数", "意思"),
        rows=tuple((f"{one.symbol} {one.label}", str(len(one.cards)), one.note) for one in result.groups),
        widths=(3, 1, 8),
    )


def _several(result: Result) -> frozenset[str]:
    """The kinds of subject of which there is more than one."""
    subjects = {(card.measure.subject, card.subject) for group in result.groups for card in group.cards}
    counted = Counter(kind for kind, _ in subjects)
    return frozenset(kind for kind, number in counted.items() if number > 1)


def _group(group: Group, explained: Collection[str], several: Collection[str]) -> _Part:
    heading = f"{group.label}（{len(group.cards)} 项）"
    note = Paragraph(text=group.note, note=True)
    if group.key not in explained:
        return _section(heading, note, listed_table(group, several))
    cards = (Section(heading=card.measure.title, level=2, blocks=(card_table(card),)) for card in group.cards)
    return (*_section(heading, note), *cards)


def _questions(result: Result) -> Iterator[Paragraph | Table]:
    if not result.questions:
        return
    words = f"{result.progress}。" if result.progress else ""
    yield Paragraph(text=f"{words}补充以下情况后可以再对照一次，按能判断的措施多少排列。", note=True)
    rows = tuple((one.name, one.question, str(one.findings)) for one in result.questions)
    yield Table(title="还可以补充的情况", header=("事项", "问题", "涉及项数"), rows=rows, widths=(4, 6, 2))


def _decisions(cards: Iterable[Card]) -> Table | None:
    rows = tuple(
        (one.sentence, one.decided_by, f"{card.measure.title}（{card.measure.cited}）")
        for card in cards
        for one in card.decisions
    )
    header = ("须认定的条件", "由谁认定", "用于哪项措施")
    return Table(title="由谁认定", header=header, rows=rows, widths=(4, 4, 4)) if rows else None


def _units(cards: Iterable[Card]) -> Table | None:
    """Every unit of the clauses that matter, in the order in which they come, with its clauses."""
    clauses: dict[str, dict[str, None]] = {}
    for card in cards:
        for unit in card.measure.units:
            words = card.measure.cited + ("（牵头）" if unit.lead else "")
            clauses.setdefault(unit.name, {})[words] = None
    rows = tuple((name, _listed(cited), CONTACT) for name, cited in clauses.items())
    header = ("责任单位", "条款", "联系方式")
    return Table(title="责任单位", header=header, rows=rows, widths=(3, 7, 2)) if rows else None


def _listed(cited: Iterable[str]) -> str:
    """Clauses, a line for each document: 晋市政办〔2023〕19号 第二部分第15条、第二部分第16条（牵头）."""
    places: dict[str, list[str]] = {}
    for one in cited:
        document, _, place = one.partition(" ")
        places.setdefault(document, []).append(place)
    return "\n".join(f"{document} {'、'.join(own)}" for document, own in places.items())


def _basis(library: Library, result: Result, full: Iterable[Card]) -> Table:
    """On paper: the documents, and the texts that what is explained rests on."""
    texts = [*_documents(library, result), *_texts(library, full)]
    rows = tuple((number, title, dated, origin) for number, title, dated, _, origin, _ in texts)
    return Table(title="依据", header=("文号", "标题", "日期", "来历"), rows=rows, widths=(3, 5, 2, 2))


def _sources(library: Library, result: Result) -> Table:
    """For Excel: the documents and texts of every card, with who issued them and what was read of them."""
    cards = (card for group in result.groups for card in group.cards)
    return Table(
        title="来源",
        header=("文号", "标题", "日期", "印发机关", "来历", "所见"),
        rows=(*_documents(library, result), *_texts(library, cards)),
        widths=(4, 6, 3, 3, 3, 6),
    )


_Source = tuple[str, str, str, str, str, str]


def _documents(library: Library, result: Result) -> Iterator[_Source]:
    used = {card.measure.document_id for group in result.groups for card in group.cards}
    for one in library.documents:
        if one.id in used:
            yield one.number or UNSTATED, one.title, day(one.issued), one.issuer or UNSTATED, "公报原文", ""


def _texts(library: Library, cards: Iterable[Card]) -> Iterator[_Source]:
    """Texts outside the gazette."""
    named = {name for card in cards for name in card.measure.sources}
    for name, one in library.sources.items():
        if name in named:
            trust = f"{CONFIDENCE[one.confidence]}（可信度 {one.confidence}）"
            yield one.number or UNSTATED, one.title, one.dated or UNSTATED, "", trust, one.found


def _about(head: tuple[tuple[str, str], ...], result: Result) -> Table:
    """What every sheet of Excel needs beside it, since rows are copied out of their file."""
    rows = (*head, ("说明", _LEAD), *(("说明", text) for text in _REMINDERS))
    return Table(
        title="说明",
        header=("事项", "内容"),
        rows=(*rows, ("核验", receipt_text(result.receipt))),
        widths=(1, 6),
    )


def _verify(result: Result) -> Paragraph:
    return Paragraph(text=f"核验：扫码，或用这一行文字核对本单有没有被改动：{receipt_text(result.receipt)}")
