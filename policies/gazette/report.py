"""A reading told to a person: what was found, what was mended, what is lost, what to check."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from policies.document import Document, Section
from policies.gazette.model import Gazette, KeyProjects, Mend, MendKind

_SHOWN = 12
_ABSENT = "未载明"


def report(gazette: Gazette) -> str:
    """The whole report as plain text."""
    lines = [f"{gazette.source}：{len(gazette.documents)} 份文件"]
    for document in gazette.documents:
        lines += ["", *_document(document)]
    if gazette.key_projects:
        lines += ["", *_projects(gazette.key_projects)]
    lines += ["", "修补（只修这几类，逐处有记录）", *_mends(gazette.mends)]
    lines += ["", "缺失（照印，不补）", *(_gaps(gazette) or ["  没有"])]
    checks = [f"  第 {remark.line} 行　{remark.text}" for remark in gazette.remarks]
    lines += ["", "请核对", *(checks or ["  没有"])]
    return "\n".join(lines) + "\n"


def _document(document: Document) -> Iterator[str]:
    issued = document.issued.isoformat() if document.issued else _ABSENT
    yield f"{document.id}　文号 {document.number or _ABSENT}"
    yield f"  标题　{document.title or _ABSENT}"
    yield f"  印发　{document.issuer or _ABSENT}　{issued}　{document.public or '公开标注未载明'}"
    for plan in document.plans:
        printed = f"{len(plan.sections)} 部分" if plan.printed else "未刊印"
        yield f"  方案　{plan.title or '（无题）'}　{printed}"
    depth = sum(_count(plan.sections) for plan in document.plans)
    units = {unit.name for clause in document.clauses for unit in clause.units}
    with_units = sum(bool(clause.units) for clause in document.clauses)
    yield (
        f"  章节 {depth}　条款 {len(document.clauses)}（{with_units} 条有责任单位）　"
        f"责任单位 {len(units)} 家　引用 {len(document.cites)} 件"
    )
    if document.units_note:
        yield f"  单位通注　{document.units_note}"
    for annex in document.annexes:
        yield f"  附件　{annex.title}{'（见网络）' if annex.online else ''}"


def _count(sections: Sequence[Section]) -> int:
    return sum(1 + _count(section.sections) for section in sections)


def _projects(listed: KeyProjects) -> Iterator[str]:
    printed = _ABSENT if listed.printed is None else str(listed.printed)
    levels = Counter(project.level or "层级未载明" for project in listed.projects)
    preliminary = sum(project.preliminary for project in listed.projects)
    shown = "　".join(f"{level} {count}" for level, count in sorted(levels.items()))
    yield f"重点工程　{listed.title}：印 {printed} 项，读出 {len(listed.projects)} 项（{shown}　前期 {preliminary}）"
    for name, count in listed.sections:
        read = sum(project.section == name for project in listed.projects)
        yield f"  {name}　印 {count}　读出 {read}　{'相符' if read == count else '不符'}"
    programmes = len(listed.programmes)
    wrong = "　".join(listed.mismatches)
    yield f"  专项 {programmes} 个，{'有不符：' + wrong if wrong else '各项之数都相符'}"


def _mends(mends: Sequence[Mend]) -> Iterator[str]:
    for kind in MendKind:
        lines = [mend.line for mend in mends if mend.kind is kind]
        if lines:
            yield f"  {kind.value} {len(lines)} 处　原文第 {_ranges(sorted(set(lines)))} 行"


def _ranges(lines: Sequence[int]) -> str:
    """``3、7–9``; a long list is cut short with its last line."""
    runs = []
    for _, group in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        run = [line for _, line in group]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    if len(runs) > _SHOWN:
        return "、".join(runs[:_SHOWN]) + f" … {lines[-1]}"
    return "、".join(runs)


def _gaps(gazette: Gazette) -> list[str]:
    return [
        f"  第 {gap.line} 行　{gap.kind.value}　{gap.text}" + (f"　（{gap.clause}）" if gap.clause else "")
        for gap in gazette.gaps
    ]
