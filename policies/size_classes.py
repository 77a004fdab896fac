"""Size classes of enterprises by 《中小企业划型标准规定》（工信部联企业〔2011〕300号）."""

from fractions import Fraction

from msgspec import Struct

from policies.cursor import Cursor
from policies.quantity import parse_quantity

Limits = dict[str, Fraction]

MEASURED = {"从业人员": "employees", "营业收入": "revenue", "资产总额": "assets"}


class SizeClass(Struct, frozen=True, kw_only=True):
    """The limits of one trade.

    Below any of ``small_or_medium`` the enterprise is 中小微; ``medium`` and ``small`` are reached only
    with all their limits.
    """

    trade: str
    small_or_medium: Limits
    medium: Limits
    small: Limits


def read_size_classes(cursor: Cursor) -> tuple[SizeClass, ...]:
    """The table of limits; amounts in 人 and 万元."""
    fields = cursor.fields(["来源", "划型"])
    return tuple(_size_class(item) for item in (fields["划型"].items() if "划型" in fields else []))


def _size_class(cursor: Cursor) -> SizeClass:
    fields = cursor.fields(["行业", "中小微上限", "中型下限", "小型下限"])
    return SizeClass(
        trade=fields["行业"].text() if "行业" in fields else "",
        small_or_medium=_limits(fields, "中小微上限"),
        medium=_limits(fields, "中型下限"),
        small=_limits(fields, "小型下限"),
    )


def _limits(fields: dict[str, Cursor], key: str) -> Limits:
    limits: Limits = {}
    for name, place in fields[key].entries() if key in fields else []:
        quantity = parse_quantity(place.text())
        amount = quantity.to("人" if name == "从业人员" else "万元") if quantity else None
        if name not in MEASURED or amount is None:
            place.report("从业人员、营业收入或资产总额的数量", f"「{name}: {place.value}」")
        else:
            limits[MEASURED[name]] = amount
    return limits
