"""The words of callers lead to what exists: ids, quotes and clause words stand in the library, once each."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from policies.library import Library
from policies.problems import Problem, nearest_word
from policies.speech import ClauseQuestions

_COPIED = 10  # characters in a row; a shorter run may be a name that has no other
_SAYABLE = 60
_NUMBER = re.compile("[0-9.%零一二三四五六七八九十百千万亿两几多折成条]+|百分之.+")


def check_speech(library: Library) -> Iterator[Problem]:
    """Questions, synonyms, outside topics, short names and triage rules."""
    for questions in library.speech.questions:
        yield from _questions(library, questions)
    yield from _synonyms(library)
    yield from _outside(library)
    yield from _names(library)
    yield from _triage(library)


def _questions(library: Library, questions: ClauseQuestions) -> Iterator[Problem]:
    clause = library.clauses.get(questions.clause_id)
    if clause is None:
        near = nearest_word(questions.clause_id, library.clauses)
        yield Problem(questions.file, 1, "条款", "文件里的条款", f"「{questions.clause_id}」", near)
        return
    encoded = library.encoded_by_id.get(clause.id)
    wanted = [measure.id for measure in encoded.measures] if encoded else []
    given = [measure.measure_id for measure in questions.measures]
    for name in [name for name in given if name not in wanted]:
        yield Problem(questions.file, 1, "措施", "本条的措施", f"「{name}」", nearest_word(name, wanted))
    for name in [name for name in wanted if name not in given]:
        yield Problem(questions.file, 1, "措施", "每项措施都有问法", f"没有「{name}」")
    text = plain(clause.text)
    for question in questions.everything:
        if _copies(plain(question), text):
            yield Problem(questions.file, 1, "问法", "问的人自己的话", f"照抄条文：「{question}」")
    yield from _twice(questions.everything, questions.file, "问法")


def _copies(question: str, text: str) -> bool:
    return any(question[at : at + _COPIED] in text for at in range(len(question) - _COPIED + 1))


def _synonyms(library: Library) -> Iterator[Problem]:
    reviewed = plain("\n".join(_reviewed(library)))
    for entry in library.speech.synonyms:
        for word in entry.written:
            if plain(word) not in reviewed:
                yield Problem(entry.file, entry.line, "条文词", "条文里的原话", f"「{word}」")
        for name in entry.clauses:
            if name not in library.clauses:
                near = nearest_word(name, library.clauses)
                yield Problem(entry.file, entry.line, "条款", "文件里的条款", f"「{name}」", near)
        for word in entry.said:
            if _NUMBER.fullmatch(plain(word)):
                yield Problem(entry.file, entry.line, "说法", "一个词，不是一个数", f"「{word}」")
        if not any(word in entry.trial for word in entry.said):
            yield Problem(entry.file, entry.line, "试", "含有说法的一句", f"「{entry.trial}」")
    for file in dict.fromkeys(entry.file for entry in library.speech.synonyms):
        said = [plain(word) for entry in library.speech.synonyms for word in entry.said]
        yield from _twice(said, file, "说法")


def _reviewed(library: Library) -> Iterator[str]:
    """The clauses that somebody has written questions for: what synonyms may lead to."""
    for questions in library.speech.questions:
        clause = library.clauses.get(questions.clause_id)
        if clause is not None:
            yield clause.text
            yield from (unit.name for unit in clause.units)


def _outside(library: Library) -> Iterator[Problem]:
    reviewed = plain("\n".join(_reviewed(library)))
    for topic in library.speech.outside:
        for word in topic.words:
            if plain(word) in reviewed:
                yield Problem(topic.file, topic.line, "词", "条文里没有的词", f"「{word}」")
    for file in dict.fromkeys(topic.file for topic in library.speech.outside):
        yield from _twice([q for topic in library.speech.outside for q in topic.asked], file, "问法")


def _names(library: Library) -> Iterator[Problem]:
    for entry in library.speech.names:
        if entry.document_id not in library.documents_by_id:
            near = nearest_word(entry.document_id, library.documents_by_id)
            yield Problem(entry.file, entry.line, "文件", "政策库里的文件", f"「{entry.document_id}」", near)
    for file in dict.fromkeys(entry.file for entry in library.speech.names):
        yield from _twice([name for entry in library.speech.names for name in entry.names], file, "简称")


def _triage(library: Library) -> Iterator[Problem]:
    for rule in library.speech.triage:
        clause = library.clauses.get(rule.clause_id)
        if clause is None:
            near = nearest_word(rule.clause_id, library.clauses)
            yield Problem(rule.file, rule.at, "条款", "文件里的条款", f"「{rule.clause_id}」", near)
        elif rule.quote not in clause.text:
            yield Problem(rule.file, rule.at, "依据", "条款里的原话", f"「{rule.quote}」")
        if len(rule.reason) > _SAYABLE:
            yield Problem(rule.file, rule.at, "理由", f"不超过 {_SAYABLE} 字", f"{len(rule.reason)} 字")
    for before, after in pairwise(library.speech.triage):
        if after.urgent and not before.urgent:
            yield Problem(
                after.file, after.at, "紧急", "紧急的排在前面", f"「{after.id}」在「{before.id}」之后"
            )


def _twice(texts: Iterable[str], file: str, path: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            yield Problem(file, 1, path, "每句只出现一次", f"「{text}」又出现")
        seen.add(text)


def plain(text: str) -> str:
    """One spelling for full and half width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
