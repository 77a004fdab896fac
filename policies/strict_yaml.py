"""YAML without surprises: every scalar is text, no key comes twice, no anchors, no tags.

Plain YAML reads ``no`` as false, ``010`` as 8 and lets a second key win silently. A clause file is
law retyped, so here a scalar is the text that stands there, and each place knows its line.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from policies.problems import Problem

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
Path: TypeAlias = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictYaml(Struct, frozen=True):
    """A file's content as plain text, lists and mappings, and the line (from 1) of every place."""

    content: Plain
    lines: dict[Path, int]
    problems: tuple[Problem, ...]
    broken: bool = False  # no YAML at all: what it lacks is not worth telling


def read_yaml(text: str, file: str) -> StrictYaml:
    """Read one YAML document; faults are reported, never raised, so that all are seen at once."""
    builder = _Builder(file)
    try:
        content = builder.document(iter(yaml.parse(text, Loader=_LOADER)))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        found = str(getattr(error, "problem", None) or error)
        return StrictYaml({}, {(): 1}, (Problem(file, line, "", "合法的 YAML", found),), broken=True)
    return StrictYaml(content, builder.lines, tuple(builder.problems))


class _Builder:
    """Builds plain data from parse events, noting lines and refusing what YAML allows too much."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[Problem] = []
        self.read = False

    def document(self, events: Iterator[Any]) -> Plain:
        content: Plain = {}
        for event in events:
            if not isinstance(event, yaml.NodeEvent):
                continue
            if not self.read:
                self.read = True
                content = self._node(event, events, ())
            else:
                self._node(event, events, ("---",))
                self._refuse(("---",), "只有一份内容的文件", "「---」之后又一份")
        return content

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Plain:
        self.lines[path] = event.start_mark.line + 1
        if event.anchor or getattr(event, "tag", None):
            self._refuse(path, "没有锚、引用和标签的 YAML", "锚、引用或标签")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return str(getattr(event, "value", ""))

    def _mapping(self, events: Iterator[Any], path: Path) -> Plain:
        content: dict[str, Plain] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, (*path, "?"))
            name = key if isinstance(key, str) else "?"
            place = (*path, name)
            if not isinstance(key, str) or name in content:
                self.lines[place] = event.start_mark.line + 1
                self._refuse(place, "每个键只出现一次的文字键", f"「{name}」")
            content[name] = self._node(next(events), events, place)
            self.lines[place] = event.start_mark.line + 1
        return content

    def _sequence(self, events: Iterator[Any], path: Path) -> Plain:
        content: list[Plain] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            content.append(self._node(event, events, (*path, len(content))))
        return content

    def _refuse(self, path: Path, expected: str, found: str) -> None:
        self.problems.append(Problem(self.file, self.lines[path], show_path(path), expected, found))


def show_path(path: Path) -> str:
    """``措施[2].条件`` for a person to follow."""
    shown = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return shown.removeprefix(".")
