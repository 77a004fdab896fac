"""Reading the fact vocabulary and the regions: Chinese keys in, frozen structs out."""

from policies.cursor import Cursor
from policies.problems import nearest_word
from policies.quantity import UNITS, unit_name
from policies.rules import Subject
from policies.values import BOOLEANS
from policies.vocabulary import Choice, Derivation, Fact, FactType, Region

SUBJECTS = {"企业": Subject.ENTERPRISE, "项目": Subject.PROJECT, "资产": Subject.ASSET}
TYPES = {
    "是否": FactType.BOOLEAN,
    "单选": FactType.CHOICE,
    "多选": FactType.CHOICES,
    "数值": FactType.NUMBER,
    "日期": FactType.DATE,
    "地区": FactType.REGION,
    "文本": FactType.TEXT,
}
METHODS = {"相除": "ratio", "划型": "size_class", "名录": "key_project", "开发区": "zone"}


def read_facts(cursor: Cursor) -> tuple[Fact, ...]:
    """The facts of one file, all of the file's subject."""
    fields = cursor.fields(["对象", "事实"])
    subject = fields["对象"].choice(SUBJECTS, Subject.PROJECT) if "对象" in fields else Subject.PROJECT
    return tuple(_fact(item, subject) for item in (fields["事实"].items() if "事实" in fields else []))


def read_regions(cursor: Cursor) -> tuple[Region, ...]:
    """The places of the region catalogue, containing places first."""
    fields = cursor.fields(["来源", "地区"])
    return tuple(_region(item) for item in (fields["地区"].items() if "地区" in fields else []))


def _fact(cursor: Cursor, subject: Subject) -> Fact:
    fields = cursor.fields(
        ["编号", "名称", "类型", "问"],
        ["说明", "单位", "取值", "证明", "是", "否", "可变", "推得"],
    )
    key = fields["编号"].text() if "编号" in fields else ""
    kind = fields["类型"].choice(TYPES, FactType.TEXT) if "类型" in fields else FactType.TEXT
    _check_shape(cursor, fields, kind)
    return Fact(
        id=f"{subject.value}.{key}",
        subject=subject,
        key=key,
        name=fields["名称"].text() if "名称" in fields else "",
        type=kind,
        question=fields["问"].text() if "问" in fields else "",
        help=_optional(fields, "说明"),
        unit=_unit(fields["单位"]) if "单位" in fields else None,
        choices=tuple(_choice(item) for item in (fields["取值"].items() if "取值" in fields else [])),
        proof=_optional(fields, "证明"),
        affirmed=_optional(fields, "是"),
        denied=_optional(fields, "否"),
        changeable=fields["可变"].choice(BOOLEANS, default=True) if "可变" in fields else True,
        derivation=_derivation(fields["推得"], subject) if "推得" in fields else None,
    )


def _check_shape(cursor: Cursor, fields: dict[str, Cursor], kind: FactType) -> None:
    wanted = {
        FactType.BOOLEAN: ("是", "否"),
        FactType.CHOICE: ("取值",),
        FactType.CHOICES: ("取值",),
        FactType.NUMBER: ("单位",),
    }.get(kind, ())
    for key in wanted:
        if key not in fields:
            cursor.report(f"键「{key}」（这个类型需要）", "没有这个键")
    for key in ("是", "否", "取值", "单位"):
        if key in fields and key not in wanted:
            fields[key].report("这个类型不带这个键", f"「{key}」")


def _choice(cursor: Cursor) -> Choice:
    if isinstance(cursor.value, dict):
        entries = cursor.entries()
        if len(entries) == 1:
            [(name, aliases)] = entries
            return Choice(name, aliases.texts())
        cursor.report("一个「取值: [别名]」", f"{len(entries)} 个")
        return Choice("")
    return Choice(cursor.text())


def _derivation(cursor: Cursor, subject: Subject) -> Derivation:
    fields = cursor.fields(["方法", "由", "据"])
    return Derivation(
        method=fields["方法"].choice(METHODS, "") if "方法" in fields else "",
        inputs=tuple(f"{subject.value}.{key}" for key in (fields["由"].texts() if "由" in fields else ())),
        source=fields["据"].text() if "据" in fields else "",
    )


def _region(cursor: Cursor) -> Region:
    fields = cursor.fields(["代码", "名称"], ["上级", "别名"])
    return Region(
        code=fields["代码"].text() if "代码" in fields else "",
        name=fields["名称"].text() if "名称" in fields else "",
        parent=fields["上级"].text() if "上级" in fields else None,
        aliases=fields["别名"].texts() if "别名" in fields else (),
    )


def _unit(cursor: Cursor) -> str | None:
    text = cursor.text()
    unit = unit_name(text)
    if unit is None:
        cursor.report("已知的单位", f"「{text}」", nearest_word(text, UNITS))
    return unit


def _optional(fields: dict[str, Cursor], key: str) -> str:
    return fields[key].text() if key in fields else ""
