"""How text sounds: full pinyin without tones, and initials. A tier below the written word, and labelled as such."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pypinyin import lazy_pinyin
from pypinyin.contrib import mmseg

_RUN = re.compile("(?P<chinese>[一-鿿]+)|[^一-鿿]+")


class Sound(NamedTuple):
    """``full`` runs the syllables together; ``initials`` takes the first letter of each."""

    full: str
    initials: str


@lru_cache(maxsize=65536)
def sound(text: str) -> Sound:
    """The sound of a text; what is not Chinese sounds as it is written."""
    syllables = list(_syllables(text))
    return Sound("".join(syllables), "".join(syllable[:1] for syllable in syllables))


def spelled(text: str) -> str:
    """Full pinyin character by character: quicker, and as a slip of the keyboard is made."""
    return "".join(syllable for char in text for syllable in _read(char))


def loosely(full: str) -> str:
    """Pinyin as many speakers type it: no zh/z, ch/c, sh/s, n/ng, l/n difference at the end of a syllable."""
    for precise, loose in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
        full = full.replace(precise, loose)
    return full


def _syllables(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        if run["chinese"] is None:
            yield run.group()
            continue
        for word in mmseg.seg.cut(run.group()):
            yield from _read(word)


@cache  # the words of pypinyin's dictionary are few; each is read once
def _read(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word))
