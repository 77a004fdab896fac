"""Free text to facts: an exact alias is known, a close one is known with its similarity, else unknown.

Similarity is rapidfuzz's normalised indel similarity. It is never trusted over a telling sign: 非民营企业
is not 民营企业, 100MW is not 150MW, 省级 is not 市级. A place is never guessed: 运城开发区 is not 晋城开发区.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz, process

from policies.vocabulary import Fact, Vocabulary

CHOICE_THRESHOLD = 88.0
NAME_THRESHOLD = 90.0
NEAREST = 3

_TELLING = re.compile(
    r"\d+(?:\.\d+)?|[ivx]+|[一二三四五六七八九十]+|[非不无未没否]|以外|之外|除"
    r"|[国省市县区乡镇村]|[东南西北]|[大中小微]|[新旧老]|[上下]|[内外]"
)
_SCOPE = re.compile(r"[（(][^（）()期]*[）)]$")  # （12 个片区）, but never （一期）
_IGNORED = re.compile(r"[\s（）()“”\"·•、，,。-]|前期|项目|工程|建设")


class Resolved(Struct, frozen=True, kw_only=True):
    """The value a text stands for (``None`` below the threshold), how like it is, and what is near."""

    value: str | None
    matched: str = ""
    similarity: float = 1.0
    nearest: tuple[str, ...] = ()


def plain(text: str) -> str:
    """One spelling for full and half width, capital and small, without spaces."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").strip().lower()


def resolve_choice(fact: Fact, text: str) -> Resolved:
    """The allowed value that a text names, by its name, an alias or a near spelling."""
    spellings = {
        plain(word): choice.name for choice in fact.choices for word in (choice.name, *choice.aliases)
    }
    return _resolve(plain(text), spellings, CHOICE_THRESHOLD)


def resolve_region(vocabulary: Vocabulary, text: str) -> Resolved:
    """The place a text names; an address counts by the places it begins with (泽州县大阳镇 is in 泽州县)."""
    spellings = {
        plain(word): region.code
        for region in vocabulary.regions.values()
        for word in (region.name, *region.aliases)
    }
    wanted = plain(text)
    if wanted in spellings:
        return Resolved(value=spellings[wanted], matched=wanted)
    found = _leading_place(wanted, spellings, vocabulary)
    if found:
        return Resolved(value=spellings[found], matched=found)
    return Resolved(value=None, nearest=_resolve(wanted, spellings, CHOICE_THRESHOLD).nearest)


def resolve_name(text: str, names: Iterable[str]) -> Resolved:
    """The listed name that a text means; numbers, phases and directions must agree."""
    wanted, spellings = name_core(text), _cores(tuple(names))
    if wanted in spellings:
        return Resolved(value=spellings[wanted], matched=wanted)
    alike = {core: name for core, name in spellings.items() if _same_sense(core, wanted)}
    best = _resolve(wanted, alike, NAME_THRESHOLD)
    near = process.extract(wanted, spellings.keys(), scorer=fuzz.ratio, limit=NEAREST, score_cutoff=60)
    return best if best.value else Resolved(value=None, nearest=tuple(spellings[core] for core, _, _ in near))


@lru_cache(maxsize=16)
def _cores(names: tuple[str, ...]) -> Mapping[str, str]:
    """The names of a list by their cores, and without a closing remark on scope where that names one alone.

    A library has few lists, and asks for them in every profile.
    """
    whole = {name_core(name): name for name in names}
    short = {name: name_core(_SCOPE.sub("", name)) for name in names}
    times = Counter(short.values())
    return {core: name for name, core in short.items() if times[core] == 1} | whole


def name_core(text: str) -> str:
    """A name without what people leave out: brackets, spaces, 前期, 项目, 工程, 建设."""
    return _IGNORED.sub("", plain(text))


def _leading_place(text: str, spellings: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """The innermost place of those a text begins with, each within the one before (not 高平市's own 城区)."""
    found, rest = "", text
    while True:
        within = [word for word in spellings if len(word) > 1 and rest.startswith(word)]
        if found:
            within = [word for word in within if spellings[found] in vocabulary.lineage(spellings[word])]
        step = max(within, key=len, default="")
        if not step:
            return found
        found, rest = step, rest[len(step) :]


def _resolve(wanted: str, spellings: Mapping[str, str], threshold: float) -> Resolved:
    if wanted in spellings:
        return Resolved(value=spellings[wanted], matched=wanted)
    ranked = process.extract(wanted, spellings.keys(), scorer=fuzz.ratio, limit=None)
    nearest = tuple(dict.fromkeys(spellings[word] for word, _, _ in ranked))[:NEAREST]
    if ranked:
        word, similarity, _ = ranked[0]
        rival = max((other for name, other, _ in ranked if spellings[name] != spellings[word]), default=0.0)
        if similarity >= threshold and similarity > rival and _same_sense(wanted, word):
            return Resolved(
                value=spellings[word], matched=word, similarity=round(similarity / 100, 3), nearest=nearest
            )
    return Resolved(value=None, nearest=nearest)


def _same_sense(one: str, other: str) -> bool:
    return _TELLING.findall(one) == _TELLING.findall(other)
