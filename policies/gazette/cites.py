"""Titles that a text cites: 《…》, the outermost marks where they are nested."""

from collections.abc import Iterable


def find_cites(texts: Iterable[str]) -> tuple[str, ...]:
    """The titles in order, each once, without the marks."""
    found: dict[str, None] = {}
    for text in texts:
        for title in _titles(text.replace("\n", "")):
            found.setdefault(title, None)
    return tuple(found)


def _titles(text: str) -> list[str]:
    titles: list[str] = []
    depth, start = 0, 0
    for at, c in enumerate(text):
        if c == "《":
            start = at + 1 if depth == 0 else start
            depth += 1
        elif c == "》" and depth:
            depth -= 1
            if depth == 0 and text[start:at].strip():
                titles.append(text[start:at].strip())
    return titles
