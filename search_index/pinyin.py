"""How text sounds: full pinyin without tones, and initials. A tier below the written word, and labelled as such."""

from functools import cache, lru_cache
from typing import NamedTuple

from pypinyin import lazy_pinyin


class Sound(NamedTuple):
    """``full`` runs the syllables together; ``initials`` takes the first letter of each."""

    full: str
    initials: str


@lru_cache(maxsize=65536)
def sound(text: str) -> Sound:
    """The sound of a text; what is not Chinese sounds as it is written."""
    syllables = lazy_pinyin(text)
    return Sound("".join(syllables), "".join(syllable[:1] for syllable in syllables))


def spelled(text: str) -> str:
    """Full pinyin character by character: quicker, and as a slip of the keyboard is made."""
    return "".join(map(_spelled, text))


@cache
def _spelled(char: str) -> str:
    return "".join(lazy_pinyin(char))


def loosely(full: str) -> str:
    """Pinyin as many speakers type it: no zh/z, ch/c, sh/s, n/ng, l/n difference at the end of a syllable."""
    for precise, loose in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
        full = full.replace(precise, loose)
    return full
