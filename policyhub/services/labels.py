"""The Chinese words of enum values and dates, as pages and printed sheets say them. The only place for them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from policies import clause_words
from policies.document import Unit
from policyhub.clock import SHANGHAI

KINDS: Mapping[str, str] = {kind.value: word for word, kind in clause_words.KINDS.items()}
SUBJECTS: Mapping[str, str] = {subject.value: word for word, subject in clause_words.SUBJECTS.items()}
VERDICTS: Mapping[str, str] = {verdict: word for word, verdict in clause_words.VERDICTS.items()}
CONNECTIVES: Mapping[str, str] = {
    "all": "以下各项都要满足",
    "any": "以下满足任意一项即可",
    "none": "以下各项都不能有",
}
CONFIDENCE: Mapping[str, str] = {"A": "官方页面", "A-镜": "原文转存", "B": "他处转述"}
CONFIDENCE_MEANINGS: Mapping[str, str] = {
    "A": "原文，在政府或官方网站上见到",
    "A-镜": "见到全部或部分原文，但在转载的网站上，引用前要到官网复核",
    "B": "只见到新闻、其他文件等的转述",
}

# What each class of the ledger means, and its name in the style sheet.
LEDGER_MEANINGS: Mapping[str, str] = {
    "措施": "给企业、项目、资产的，或要求它们做的；可以对照判定",
    "政府职责": "政府部门自己要做的事",
    "目标": "要达到的数量或状态",
    "倡导": "鼓励，没有条件也没有给付",
    "引用": "发文说明和对其他文件的引用",
    "标题": "标题和编号",
    "责任单位": "括号里的责任单位",
    "尚未编成": "还没有编成规则，只能查阅原文",
}
LEDGER_CLASSES: Mapping[str, str] = {
    "措施": "measure",
    "政府职责": "duty",
    "目标": "goal",
    "倡导": "call",
    "引用": "reference",
    "标题": "heading",
    "责任单位": "units",
    "尚未编成": "none",
}


_NUMERALS = frozenset("一二三四五六七八九十")


def day(moment: date | datetime | None) -> str:
    """2023年6月2日, of a moment the day it was in Jincheng; 未载明 where the print gives none."""
    if moment is None:
        return "未载明"
    local = moment.astimezone(SHANGHAI) if isinstance(moment, datetime) else moment
    return f"{local.year}年{local.month}月{local.day}日"


def minute(moment: datetime) -> str:
    """2026年3月1日 12:05, as clocks in Jincheng show it."""
    return f"{day(moment)} {moment.astimezone(SHANGHAI):%H:%M}"


def headed(number: str, heading: str) -> str:
    """A number and heading of a contents tree with the mark that the print puts between them."""
    mark = (
        "、"
        if _NUMERALS.issuperset(number)
        else "."
        if number.isdigit()
        else "　"
        if number[:1] == "第"
        else ""
    )
    return f"{number}{mark}{heading}" if number and heading else number or heading


def amount(printed: str) -> str:
    """The amount of a benefit: as printed, 金额未载明, or nothing where money is not the point."""
    return {clause_words.UNSTATED: "金额未载明", "不涉及": ""}.get(printed, printed)


def decides(unit: str) -> str:
    """Who makes a determination."""
    return "由谁认定，条文未载明" if unit == clause_words.UNSTATED else f"由{unit}认定"


def unit_list(units: Sequence[Unit], *, more: bool) -> str:
    """Responsible units in the order printed; ``more`` where the printed list ends in 等."""
    names = [f"{unit.name}（牵头）" if unit.lead and len(units) > 1 else unit.name for unit in units]
    return ("、".join(names) + ("等" if more else "")) if names else "条文没有写责任单位"


def quoted(text: str) -> str:
    """Words of a text in quotation marks; in corner ones where the words hold the usual ones themselves."""
    return f"「{text}」" if "“" in text else f"“{text}”"
