"""The clause file: Chinese keys in, frozen structs out, every fault reported with its line."""

from datetime import date

from policies.clause_words import (
    CONNECTIVES,
    KINDS,
    LEDGER_KINDS,
    OPEN_POINT_KINDS,
    OPERATORS,
    SUBJECTS,
    UNSTATED,
    VERDICTS,
)
from policies.cursor import Cursor
from policies.problems import nearest_word
from policies.quantity import parse_quantity
from policies.rules import (
    Benefit,
    Condition,
    Connective,
    Deadline,
    EncodedClause,
    Example,
    Formula,
    Group,
    Kind,
    LedgerEntry,
    Measure,
    OpenPoint,
    Operator,
    Period,
    Repeal,
    Rule,
    Share,
    Subject,
    Value,
)
from policies.values import BOOLEANS, UnreadableValueError, exact_value
from policies.vocabulary import Fact, FactType, Vocabulary

_LISTS = (Operator.IN, Operator.NOT_IN)
_MEMBERSHIP = (Operator.IS, *_LISTS)
_ORDERED = (Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BELOW)
_DATED = (Operator.NOT_BEFORE, Operator.NOT_AFTER)


class ClauseFileReader:
    """Reads clause files against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.facts = vocabulary.by_label()

    def read(self, cursor: Cursor) -> EncodedClause:
        """The clause file at ``cursor``; faults go to the cursor's problems."""
        fields = cursor.fields(["条款", "原文", "账目", "措施"], ["失效"])
        clause_id = _text(fields, "条款")
        text = _text(fields, "原文").rstrip("\n")
        ledger = tuple(_ledger_entry(item) for item in fields["账目"].items()) if "账目" in fields else ()
        measures = fields["措施"].items() if "措施" in fields else []
        return EncodedClause(
            id=clause_id,
            file=cursor.file,
            text=text,
            ledger=ledger,
            measures=tuple(self._measure(item, clause_id) for item in measures),
            repeal=_repeal(fields["失效"]) if "失效" in fields else None,
        )

    def _measure(self, cursor: Cursor, clause_id: str) -> Measure:
        fields = cursor.fields(
            ["编号", "标题", "种类", "类别", "对象", "原文", "条件", "支持内容", "例"],
            ["待明确", "引用", "来源", "时间"],
        )
        return Measure(
            id=f"{clause_id}/{_text(fields, '编号')}",
            clause_id=clause_id,
            title=_text(fields, "标题"),
            kind=fields["种类"].choice(KINDS, Kind.BENEFIT) if "种类" in fields else Kind.BENEFIT,
            category=_text(fields, "类别"),
            subject=fields["对象"].choice(SUBJECTS, Subject.PROJECT) if "对象" in fields else Subject.PROJECT,
            quotes=_texts(fields, "原文"),
            rule=self._rule(fields["条件"]) if "条件" in fields else _nothing(),
            benefit=self._benefit(fields["支持内容"]) if "支持内容" in fields else _no_benefit(),
            open_points=tuple(_open_point(item) for item in _items(fields, "待明确")),
            cites=_texts(fields, "引用"),
            sources=_texts(fields, "来源"),
            period=self._period(fields["时间"]) if "时间" in fields else Period(),
            examples=tuple(self._example(item) for item in _items(fields, "例")),
            line=cursor.line,
        )

    def _rule(self, cursor: Cursor) -> Rule:
        keys = [key for key, _ in cursor.entries()]
        if len(keys) == 1 and keys[0] in CONNECTIVES:
            [(key, inner)] = cursor.entries()
            parts = inner.items()
            if not parts:
                inner.report("至少一个条件", "空列表")
            return Group(connective=CONNECTIVES[key], parts=tuple(self._rule(part) for part in parts))
        return self._condition(cursor)

    def _condition(self, cursor: Cursor) -> Condition:
        fields = cursor.fields(
            ["事实", "依据"], [*OPERATORS, "认定", "开放", "除外", "未明", "名次", "目录", "权重"]
        )
        fact = self._fact(fields["事实"]) if "事实" in fields else None
        named = [key for key in OPERATORS if key in fields]
        if len(named) != 1:
            cursor.report(f"恰有一个比较（{'、'.join(OPERATORS)}）", "、".join(named) or "没有比较")
        operator = OPERATORS[named[0]] if named else Operator.IS
        if fact is None or not named:
            return Condition(fact="", operator=operator, values=(), quotes=_texts(fields, "依据"))
        _check_operator(fields[named[0]], fact, operator)
        for key in ("开放", "除外", "未明"):
            if key in fields and operator not in _MEMBERSHIP:
                fields[key].report("只随「为」「属于」「不属于」的键", f"「{key}」")
        return Condition(
            fact=fact.id,
            operator=operator,
            values=self._values(fields[named[0]], fact, operator),
            quotes=_texts(fields, "依据"),
            decided_by=_optional(fields, "认定"),
            open_list=_flag(fields, "开放"),
            excluded=self._list(fields, "除外", fact),
            silent=self._list(fields, "未明", fact),
            ranking=_flag(fields, "名次"),
            catalogue=_optional(fields, "目录"),
            weight=_whole(fields["权重"]) if "权重" in fields else 1,
        )

    def _fact(self, cursor: Cursor) -> Fact | None:
        label = cursor.text()
        fact = self.facts.get(label)
        if fact is None:
            cursor.report("事实词表里的事实", f"「{label}」", nearest_word(label, self.facts))
        return fact

    def _values(self, cursor: Cursor, fact: Fact, operator: Operator) -> tuple[Value, ...]:
        if operator in _LISTS:
            return tuple(value for item in cursor.items() if (value := self._value(item, fact)) is not None)
        value = self._value(cursor, fact)
        return () if value is None else (value,)

    def _list(self, fields: dict[str, Cursor], key: str, fact: Fact) -> tuple[Value, ...]:
        return tuple(value for item in _items(fields, key) if (value := self._value(item, fact)) is not None)

    def _value(self, cursor: Cursor, fact: Fact) -> Value | None:
        text = cursor.text()
        try:
            return exact_value(fact, text, self.vocabulary)
        except UnreadableValueError as error:
            cursor.report(
                f"「{fact.label}」的值：{error.expected}", f"「{text}」", nearest_word(text, error.known)
            )
            return None

    def _benefit(self, cursor: Cursor) -> Benefit:
        fields = cursor.fields(["方式", "内容", "依据", "金额"], ["比例", "基数", "次数", "计算"])
        return Benefit(
            form=_text(fields, "方式"),
            content=_text(fields, "内容"),
            quotes=_texts(fields, "依据"),
            amount=_text(fields, "金额"),
            ratio=_optional(fields, "比例"),
            basis=_optional(fields, "基数"),
            times=_optional(fields, "次数"),
            formula=self._formula(fields["计算"]) if "计算" in fields else None,
        )

    def _formula(self, cursor: Cursor) -> Formula | None:
        fields = cursor.fields(["事实", "得"], ["乘以", "工作日"])
        fact = self._fact(fields["事实"]) if "事实" in fields else None
        name, kind = _text(fields, "得"), None if fact is None else fact.type
        factor = parse_quantity(fields["乘以"].text()) if "乘以" in fields else None
        if fact is not None and kind is FactType.NUMBER and factor is not None and "工作日" not in fields:
            amount = factor.amount / 100 if factor.unit == "%" else factor.amount
            return Share(fact=fact.id, factor=amount, name=name, unit=fact.unit or "")
        if fact is not None and kind is FactType.DATE and "工作日" in fields and "乘以" not in fields:
            return Deadline(fact=fact.id, workdays=_whole(fields["工作日"]), name=name)
        cursor.report("一个数值事实和“乘以”，或一个日期事实和“工作日”", "别的")
        return None

    def _period(self, cursor: Cursor) -> Period:
        fields = cursor.fields(["依据"], ["起", "止"])
        return Period(
            since=_date(fields["起"]) if "起" in fields else None,
            until=_date(fields["止"]) if "止" in fields else None,
            quotes=_texts(fields, "依据"),
        )

    def _example(self, cursor: Cursor) -> Example:
        fields = cursor.fields(["情形", "画像", "结论"], ["因为", "缺少", "标签", "日期"])
        profile: dict[str, str | list[str]] = {}
        for label, place in fields["画像"].entries() if "画像" in fields else []:
            if label not in self.facts:
                place.report("事实词表里的事实", f"「{label}」", nearest_word(label, self.facts))
                continue
            several = place.items() if isinstance(place.value, list) else [place]
            for one in several:
                self._value(one, self.facts[label])
            texts = [one.text() for one in several]
            profile[label] = texts if isinstance(place.value, list) else texts[0]
        return Example(
            case=_text(fields, "情形"),
            profile=profile,
            verdict=fields["结论"].choice(VERDICTS, "undetermined") if "结论" in fields else "undetermined",
            because=_texts(fields, "因为"),
            missing=_texts(fields, "缺少"),
            label=_optional(fields, "标签"),
            as_of=_date(fields["日期"]) if "日期" in fields else None,
            line=cursor.line,
        )


def _check_operator(cursor: Cursor, fact: Fact, operator: Operator) -> None:
    fits = {
        FactType.BOOLEAN: (Operator.IS,),
        FactType.CHOICE: (Operator.IS, *_LISTS),
        FactType.CHOICES: _LISTS,
        FactType.NUMBER: _ORDERED,
        FactType.DATE: _DATED,
        FactType.REGION: _LISTS,
        FactType.TEXT: (),
    }[fact.type]
    if operator not in fits:
        words = (
            "、".join(word for word, meaning in OPERATORS.items() if meaning in fits)
            or "没有比较（文本事实只供推得）"
        )
        used = next(word for word, meaning in OPERATORS.items() if meaning is operator)
        cursor.report(f"适合「{fact.label}」的比较（{words}）", f"「{used}」")


def _ledger_entry(cursor: Cursor) -> LedgerEntry:
    entries = cursor.entries()
    if len(entries) != 1:
        cursor.report("一个「类: 文」", f"{len(entries)} 个")
        return LedgerEntry("", "")
    [(kind, place)] = entries
    if kind not in LEDGER_KINDS:
        place.report(f"{'、'.join(LEDGER_KINDS)}之一", f"「{kind}」", nearest_word(kind, LEDGER_KINDS))
    return LedgerEntry(kind, place.text().rstrip("\n"))


def _repeal(cursor: Cursor) -> Repeal | None:
    fields = cursor.fields(["日期", "来源"])
    day = _date(fields["日期"]) if "日期" in fields else None
    return None if day is None else Repeal(on=day, source=_text(fields, "来源"))


def _open_point(cursor: Cursor) -> OpenPoint:
    fields = cursor.fields(["事", "由", "类"], ["词"])
    kind = fields["类"].choice({word: word for word in OPEN_POINT_KINDS}, "用语") if "类" in fields else ""
    return OpenPoint(
        quotes=_texts(fields, "词"), question=_text(fields, "事"), decided_by=_text(fields, "由"), kind=kind
    )


def _text(fields: dict[str, Cursor], key: str) -> str:
    return fields[key].text() if key in fields else ""


def _optional(fields: dict[str, Cursor], key: str) -> str | None:
    return fields[key].text() if key in fields else None


def _texts(fields: dict[str, Cursor], key: str) -> tuple[str, ...]:
    return fields[key].texts() if key in fields else ()


def _items(fields: dict[str, Cursor], key: str) -> list[Cursor]:
    return fields[key].items() if key in fields else []


def _flag(fields: dict[str, Cursor], key: str) -> bool:
    return fields[key].choice(BOOLEANS, default=False) if key in fields else False


def _whole(cursor: Cursor) -> int:
    text = cursor.text()
    if not text.isdecimal() or int(text) < 1:
        cursor.report("正整数", f"「{text}」")
        return 1
    return int(text)


def _date(cursor: Cursor) -> date | None:
    text = cursor.text()
    try:
        return date.fromisoformat(text)
    except ValueError:
        cursor.report("一个日期，如 2023-06-02", f"「{text}」")
        return None


def _nothing() -> Group:
    return Group(connective=Connective.ALL, parts=())


def _no_benefit() -> Benefit:
    return Benefit(form="", content="", quotes=(), amount=UNSTATED)
