"""Reading a strict YAML tree: take what is expected, report what is not, go on to the end.

A ``Cursor`` is one place of a file. Its methods give the value there or report a problem and give a
harmless stand-in, so that one run finds every fault.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from policies.problems import Problem, nearest_word
from policies.strict_yaml import Path, Plain, StrictYaml, read_yaml, show_path

T = TypeVar("T")


class Cursor:
    """A place in a file; ``problems`` is shared by all places of one reading."""

    def __init__(
        self,
        tree: StrictYaml,
        file: str,
        problems: list[Problem],
        path: Path = (),
        value: Plain | None = None,
    ) -> None:
        self.tree, self.file, self.problems, self.path = tree, file, problems, path
        self.value: Plain = tree.content if value is None else value

    @property
    def line(self) -> int:
        """The line of this place in its file, from 1."""
        return self.tree.lines.get(self.path, 1)

    def report(self, expected: str, found: str, nearest: str = "") -> None:
        """Note a fault at this place."""
        self.problems.append(Problem(self.file, self.line, show_path(self.path), expected, found, nearest))

    def at(self, step: str | int, value: Plain) -> "Cursor":
        """The place one step further in."""
        return Cursor(self.tree, self.file, self.problems, (*self.path, step), value)

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, "Cursor"]:
        """The entries of a mapping; missing and unknown keys are reported with the nearest known key."""
        if not isinstance(self.value, dict):
            self.report("一组「键: 值」", _kind(self.value))
            return {}
        if self.tree.broken:
            return {}
        known = [*required, *optional]
        for key in self.value:
            if key not in known:
                self.at(key, "").report(
                    f"已知的键（{'、'.join(known)}）", f"「{key}」", nearest_word(key, known)
                )
        for key in required:
            if key not in self.value:
                self.report(f"键「{key}」", "没有这个键")
        return {key: self.at(key, value) for key, value in self.value.items() if key in known}

    def entries(self) -> list[tuple[str, "Cursor"]]:
        """All entries of a mapping whose keys are free."""
        if not isinstance(self.value, dict):
            self.report("一组「键: 值」", _kind(self.value))
            return []
        return [(key, self.at(key, value)) for key, value in self.value.items()]

    def items(self) -> list["Cursor"]:
        """The members of a list."""
        if self.tree.broken:
            return []
        if not isinstance(self.value, list):
            self.report("一个列表", _kind(self.value))
            return []
        return [self.at(index, value) for index, value in enumerate(self.value)]

    def text(self) -> str:
        """A non-empty text."""
        if not isinstance(self.value, str) or not self.value:
            self.report("文字", _kind(self.value))
            return ""
        return self.value

    def texts(self) -> tuple[str, ...]:
        """One text or a list of texts."""
        if isinstance(self.value, str):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def choice(self, words: Mapping[str, T], default: T) -> T:
        """The meaning of a word out of a closed list; ``default`` after a reported fault."""
        word = self.text()
        if word in words:
            return words[word]
        self.report(f"{'、'.join(words)}之一", f"「{word}」", nearest_word(word, words))
        return default


def open_file(text: str, file: str, problems: list[Problem]) -> Cursor:
    """The top of a YAML file; faults of the YAML itself are already noted in ``problems``."""
    tree = read_yaml(text, file)
    problems.extend(tree.problems)
    return Cursor(tree, file, problems)


def _kind(value: Plain) -> str:
    if isinstance(value, dict):
        return "一组「键: 值」"
    if isinstance(value, list):
        return "一个列表"
    return f"「{value}」" if value else "空白"
