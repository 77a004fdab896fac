"""What a clause file points to exists: ids, cited titles, sources, examples of every verdict."""

import re
from collections import Counter
from collections.abc import Iterator

from policies.clause_words import VERDICTS
from policies.library import Library
from policies.problems import Problem, nearest_word
from policies.rules import EncodedClause, Measure, Subject, conditions

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_references(library: Library, clause: EncodedClause) -> Iterator[Problem]:
    """Ids are well formed and unique, references closed, and each verdict has an example."""
    if (twin := next(other for other in library.encoded if other.id == clause.id)) is not clause:
        yield Problem(clause.file, 1, "条款", "每个条款只有一个文件", f"「{clause.id}」已在 {twin.file}")
    for name, times in Counter(measure.id for measure in clause.measures).items():
        if times > 1:
            yield Problem(clause.file, 1, "措施", "每个编号只出现一次", f"「{name}」出现 {times} 次")
    if clause.repeal is not None and clause.repeal.source not in library.sources:
        found = clause.repeal.source
        near = nearest_word(found, library.sources)
        yield Problem(clause.file, 1, "失效.来源", "sources 里的编号", f"「{found}」", near)
    titles = re.findall("《([^》]+)》", clause.text)
    for measure in clause.measures:
        for fault in _faults(library, measure, titles):
            path, expected, found, nearest = fault
            yield Problem(clause.file, measure.line, f"{measure.id} {path}", expected, found, nearest)


Fault = tuple[str, str, str, str]  # path, expected, found, nearest


def _faults(library: Library, measure: Measure, titles: list[str]) -> Iterator[Fault]:
    if not _SLUG.fullmatch(measure.id.rpartition("/")[2]):
        yield "编号", "小写英文词，用连字符相接", f"「{measure.id}」", ""
    for title in measure.cites:
        if title not in titles:
            yield "引用", "条款里《》中的名称", f"「{title}」", nearest_word(title, titles)
    for source in measure.sources:
        if source not in library.sources:
            yield "来源", "sources 里的编号", f"「{source}」", nearest_word(source, library.sources)
    told = {example.verdict for example in measure.examples}
    for word, verdict in VERDICTS.items():
        if verdict not in told:
            yield "例", f"至少一个结论为「{word}」的例", "没有", ""
    yield from _condition_faults(library, measure)


def _condition_faults(library: Library, measure: Measure) -> Iterator[Fault]:
    for condition in conditions(measure.rule):
        if not condition.quotes:
            yield "条件.依据", "条款里的原话", "没有依据", ""
        fact = library.vocabulary.facts.get(condition.fact)
        if fact is not None and fact.subject not in (measure.subject, Subject.ENTERPRISE):
            yield "条件.事实", "企业或本对象的事实", f"「{fact.label}」", ""
