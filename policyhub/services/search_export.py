"""The hits of a search as tables to keep: every one of them, and what was asked of which library when."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from policyhub.clock import SHANGHAI
from policyhub.services.labels import day, unit_list
from policyhub.services.paper import Table
from policyhub.services.search import search
from policyhub.services.search_asked import SearchAsked
from policyhub.services.search_page import HitView, say_reading, show_hits
from policyhub.snapshot import Snapshot

TITLE = "条款检索结果"
_MOST = 100  # hits that are fetched at a time
_HEADER = ("序号", "出处", "标题", "命中的原文", "责任单位", "为什么找到", "措施", "效力", "地址")
_WIDTHS = (1, 4, 3, 9, 4, 5, 5, 2, 4)


def export_tables(
    snapshot: Snapshot, asked: SearchAsked, as_of: date, *, at: datetime, site: str
) -> tuple[Table, Table]:
    """The hits and what they answer; ``site`` stands in front of every address."""
    hits = list(_all_hits(snapshot, asked, as_of))
    rows = tuple(_row(number, hit, site) for number, hit in enumerate(hits, 1))
    return (
        Table(title=TITLE, header=_HEADER, rows=rows, widths=_WIDTHS),
        Table(title="说明", header=(), rows=_about(snapshot, asked, as_of, at, len(hits)), widths=(1, 4)),
    )


def export_foot(snapshot: Snapshot, at: datetime) -> str:
    """What every printed sheet says of its origin."""
    return f"{TITLE}　政策库版本 {snapshot.short}　{_moment(at)}导出"


def _all_hits(snapshot: Snapshot, asked: SearchAsked, as_of: date) -> Iterator[HitView]:
    asked = replace(asked, next=None)
    while True:
        answer = search(snapshot, asked.query(_MOST), as_of)
        yield from show_hits(snapshot.library, answer)
        if answer.next is None:
            return
        asked = replace(asked, next=answer.next)


def _row(number: int, hit: HitView, site: str) -> tuple[str, ...]:
    item = hit.item
    return (
        str(number),
        item.cited,
        item.heading,
        "\n".join(one.text.strip() for one in item.highlights),
        unit_list(item.units, more=item.units_open),
        hit.why,
        "\n".join(one.title for one in item.measures),
        item.force.status,
        f"{site}/clauses/{item.clause_id}",
    )


def _about(
    snapshot: Snapshot, asked: SearchAsked, as_of: date, at: datetime, count: int
) -> tuple[tuple[str, ...], ...]:
    answer = search(snapshot, replace(asked, next=None).query(1), as_of)
    return (
        ("检索", asked.q),
        ("范围", "；".join(f"{one.facet}：{one.label}" for one in asked.filters) or "全部文件"),
        ("读作", "；".join(dict.fromkeys(map(say_reading, answer.understood.readings))) or "照原样检索"),
        ("放宽", "；".join(answer.relaxed) or "没有放宽"),
        ("找到", f"{count} 条"),
        ("政策库版本", snapshot.short),
        ("导出时间", _moment(at)),
        ("效力日期", f"{day(as_of)}；条文没有写有效期的，现行效力以责任单位答复为准"),
        ("原文", "取自《晋城市人民政府公报》，一字不改"),
    )


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{day(local)}{local:%H:%M}"
