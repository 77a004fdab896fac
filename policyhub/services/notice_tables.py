"""The tables of a 告知单 about facts and measures.

On paper: what is understood, one measure explained, many listed in few words. For Excel: every fact, and every verdict
with one reason a row and the text of its clause.
"""

from collections.abc import Collection, Iterator, Sequence

from policyhub.services.facts_told import FactLine
from policyhub.services.labels import quoted
from policyhub.services.paper import Table
from policyhub.services.reasons import ConditionLine
from policyhub.services.result import Card, Group, Result, unusual

_INDENT = "　"


def subject_table(subject: str, facts: Sequence[FactLine]) -> Table:
    """The facts of one subject, on paper."""
    return Table(
        title=subject,
        header=("事项", "所填", "理解为"),
        rows=tuple((one.name, one.stated, _understood(one)) for one in facts if one.subject == subject),
        widths=(3, 3, 6),
    )


def facts_sheet(facts: Sequence[FactLine]) -> Table:
    """The facts as stated and as understood."""
    return Table(
        title="事实",
        header=("对象", "事项", "所填", "理解为", "来源"),
        rows=tuple((one.subject, one.name, one.stated, one.understood, one.origin) for one in facts),
        widths=(3, 3, 3, 3, 4),
    )


def card_table(card: Card) -> Table:
    """Everything about one measure, a line for each matter; empty matters are left out."""
    measure = card.measure
    matters = (
        ("对象", card.subject),
        ("类别", f"{measure.kind}·{measure.category}" + ("（要求做到的事）" if measure.asks else "")),
        ("条款", _heading(card)),
        ("原文", quoted(measure.quote)),
        ("读作", measure.readback),
        ("金额", amount_words(card)),
        ("条件", "\n".join(_INDENT * line.depth + condition_words(line) for line in card.conditions)),
        ("还缺", "\n".join(one.question for one in card.missing)),
        ("须认定", "\n".join(f"{one.sentence}：{one.decided_by}" for one in card.decisions)),
        ("差距", "\n".join(card.gaps)),
        (
            "条文未明",
            "\n".join(
                f"{quoted('……'.join(one.quotes))}：{one.question}（{one.decided_by}）"
                for one in measure.open_points
            ),
        ),
        ("责任单位", measure.units_text),
        ("时效", unusual(card.force)),
    )
    return Table(title=measure.title, header=(), rows=tuple(one for one in matters if one[1]), widths=(2, 10))


def listed_table(group: Group, several: Collection[str]) -> Table:
    """Many measures with the facts that are missing or what rules them out; subjects of whom the same is said share a row.

    ``several`` are the kinds of subject of which there is more than one, so that it must be told whom a row is about.
    """
    told: dict[tuple[str, str, str], list[str]] = {}
    for card in group.cards:
        whom = told.setdefault((card.measure.title, card.measure.cited, _situation(card)), [])
        if card.measure.subject in several:
            whom.append(card.subject)
    return Table(
        title=group.label,
        header=("措施", "条款", "对照情况"),
        rows=tuple(
            (title, cited, f"{'、'.join(whom)}\n{situation}" if whom else situation)
            for (title, cited, situation), whom in told.items()
        ),
        widths=(4, 3, 5),
    )


def verdicts_sheet(result: Result) -> Table:
    """Every verdict, one reason a row; what is said of the measure is repeated, so that rows can be filtered."""
    return Table(
        title="判定",
        header=(*_MEASURE_COLUMNS, "条件", "对照", "所用的值", "值的来源", "说明", "由谁认定", "还缺的问题"),
        rows=tuple(
            (*_measure_columns(card), *reason)
            for group in result.groups
            for card in group.cards
            for reason in _reasons(card)
        ),
        widths=(16, 30, 10, 24, 28, 40, 30, 16, 40, 30, 24, 40, 10, 20, 24, 24, 20, 36),
    )


def amount_words(card: Card) -> str:
    """The amount, its terms and what it comes to; empty where money is not the point and nothing is computed."""
    words = [card.measure.amount] if card.measure.amount else []
    words += [f"{name}：{value}" for name, value in card.measure.terms]
    if card.computed is not None:
        words.append(f"{card.computed.name}：{card.computed.amount}（{card.computed.working}）")
    return "；".join(words)


def condition_words(line: ConditionLine) -> str:
    """``√ 满足　企业所有制为民营企业（民营企业，所填）``, with the reason and who decides.

    On what source a value was derived stands with the facts.
    """
    start = f"{line.mark.symbol} {line.mark.word}　{line.sentence}"
    asides = "，".join(filter(None, (line.value, line.origin.partition("；")[0])))
    ends = "；".join(filter(None, (line.reason, line.decided_by)))
    return start + (f"（{asides}）" if asides else "") + (f"——{ends}" if ends else "")


_MEASURE_COLUMNS = (
    "结论", "措施", "类别", "对象", "条款", "原文", "内容", "金额", "差距", "责任单位", "时效",
)  # fmt: skip


def _measure_columns(card: Card) -> tuple[str, ...]:
    measure = card.measure
    return (
        card.label,
        measure.title,
        f"{measure.kind}·{measure.category}",
        card.subject,
        measure.cited,
        measure.quote,
        measure.gives,
        amount_words(card),
        "\n".join(card.gaps),
        measure.units_text,
        unusual(card.force),
    )


def _reasons(card: Card) -> Iterator[tuple[str, ...]]:
    if card.key == "not_applicable":
        yield from ((words, "", "", "", "", "", "") for words in card.because)
        return
    questions = {one.fact: one.question for one in card.missing}
    groups: list[str] = []
    for line in card.conditions:
        del groups[line.depth :]
        if line.heading:
            groups.append(line.sentence)
            continue
        within = f"［{'；'.join(groups)}］" if groups else ""
        yield (
            within + line.sentence,
            line.mark.word,
            line.value,
            line.origin,
            line.reason,
            line.decided_by,
            questions.get(line.fact, ""),
        )


def _heading(card: Card) -> str:
    return card.measure.cited + (f"　{card.measure.heading}" if card.measure.heading else "")


def _understood(fact: FactLine) -> str:
    """What was understood, and from where if that is more than what was stated."""
    return f"{fact.understood}\n{fact.note}" if fact.note else fact.understood


def _situation(card: Card) -> str:
    """What is missing; else what does not fit, and what would."""
    if card.missing:
        return f"还缺：{'、'.join(one.name for one in card.missing)}"
    if card.key != "ineligible":
        return "；".join(card.because)
    against = "条文要的是：" + "；".join(card.because)
    return "\n".join([against, *card.gaps])
