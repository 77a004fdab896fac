"""The key project list (省市重点工程项目名单): rows, wrapped cells, and the counts that it prints."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from policies.document import Span
from policies.gazette.lines import Line
from policies.gazette.markers import Rank, marker_of
from policies.gazette.model import KeyProject, KeyProjects, Programme
from policies.gazette.notices import tight

Place = Callable[[Sequence[int]], tuple[Span, ...]]

_COUNT = re.compile(r"(.+?)[（(] ?([0-9]{1,4}) ?项[）)]")
_ROW = re.compile(r"([0-9]{1,3})(?: +(.+))?")
_LEVEL = re.compile(r"(?:(.+?) +)?([省市]级)(?: +(.+))?")
_PRELIMINARY = re.compile(r"[（(]前期[）)]")
_UPRIGHT = 4  # a cell that stands upright has at most so many characters on a line
_PLACE_ENDS = "镇乡办县区市庄头街"
_COUNTIES = ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县", "晋城经济技术开发区", "主城区", "全市")
_ZONES = {"高平开发区": "高平市", "开发区": "晋城经济技术开发区"}
_ANYWHERE = re.compile(r"全县|各乡镇")


class _Row(Struct):
    """A row while its lines are read."""

    number: int
    lines: list[Line]
    names: list[str]
    level: str = ""
    places: list[str] = []


def is_column_head(text: str) -> bool:
    """The column heads, printed anew on every page."""
    return tight(text).startswith("序号项目名称")


def read_projects(
    lines: Sequence[Line], document: str, number: str | None, title: str, place: Place
) -> tuple[KeyProjects, list[str]]:
    """Read the list; also what a person should check."""
    reader = _Reader()
    for line in lines:
        if not is_column_head(line.text):
            reader.take(line)
    reader.close()
    projects = tuple(_project(section, programme, row, place) for section, programme, row in reader.rows)
    listed = KeyProjects(
        document=document,
        number=number,
        title=title,
        printed=reader.printed,
        sections=tuple(reader.sections),
        programmes=tuple(reader.programmes),
        projects=projects,
        mismatches=_mismatches(reader, projects),
    )
    return listed, _upright(projects)


class _Reader:
    """Takes the lines of the list one by one."""

    def __init__(self) -> None:
        self.printed: int | None = None
        self.sections: list[tuple[str, int]] = []
        self.programmes: list[Programme] = []
        self.rows: list[tuple[str, str, _Row]] = []
        self._row: _Row | None = None
        self._last = 0

    def take(self, line: Line) -> None:
        """Read one line: a total, a heading with its count, the start of a row, or more of one."""
        if self._counted(line.text):
            return
        found = _ROW.fullmatch(line.text)
        if found and int(found.group(1)) in (self._last + 1, 1) and self._complete():
            self.close()
            self._last = int(found.group(1))
            self._row = _Row(self._last, [line], [])
            self._cells(found.group(2) or "")
        elif self._row is not None:
            self._row.lines.append(line)
            self._cells(line.text)

    def close(self) -> None:
        """The row is complete."""
        if self._row is not None:
            section = self.sections[-1][0] if self.sections else ""
            programme = self.programmes[-1].name if self.programmes else ""
            self.rows.append((section, programme, self._row))
        self._row = None

    def _complete(self) -> bool:
        return self._row is None or bool(self._row.level)

    def _counted(self, text: str) -> bool:
        found = _COUNT.fullmatch(text)
        if found is None:
            return False
        name, count = found.group(1), int(found.group(2))
        marker = marker_of(name)
        if tight(name) == "合计":
            self.printed = count
        elif marker and marker.rank is Rank.SECTION:
            self.close()
            self.sections.append((name[marker.length :], count))
            self._last = 0
        elif marker and marker.rank is Rank.PART:
            self.close()
            section = self.sections[-1][0] if self.sections else ""
            self.programmes.append(Programme(section=section, name=name[marker.length :], printed=count))
        else:
            return False
        return True

    def _cells(self, text: str) -> None:
        """Give what a line holds to the cells of the open row."""
        row = self._row
        if row is None or not text:
            return
        if row.level:
            row.places.append(text)
        elif found := _LEVEL.fullmatch(text):
            row.names.extend(name for name in [found.group(1)] if name)
            row.level = found.group(2)
            row.places.extend(cell for cell in [found.group(3)] if cell)
        else:
            row.names.append(text)


def _project(section: str, programme: str, row: _Row, place: Place) -> KeyProject:
    upright = 0
    while len(row.names) > 1 and upright < len(row.names) - 1 and len(row.names[upright]) <= _UPRIGHT:
        upright += 1
    name = "".join(row.names[upright:])
    printed = _places(row.places)
    counties, townships = _located(printed)
    return KeyProject(
        section=section,
        programme=programme,
        number=row.number,
        name=_PRELIMINARY.sub("", name).strip(),
        level=row.level,
        preliminary=bool(_PRELIMINARY.search(name)),
        place=printed,
        counties=counties,
        townships=townships,
        group="".join(row.names[:upright]),
        raw_offsets=place([i for line in row.lines for i in range(line.start, line.end)]),
    )


def _places(cells: Sequence[str]) -> str:
    """The lines of a cell: joined where a name or a list goes on, else one below the other."""
    text = ""
    for cell in cells:
        whole = text and text[-1] in _PLACE_ENDS
        text += ("\n" if whole else "") + cell
    return text


def _located(place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Counties in order, and the townships named in them."""
    counties: dict[str, None] = {}
    townships: list[str] = []
    for name in re.split(r"[、\n]", place):
        county = next(
            (c for c in sorted((*_COUNTIES, *_ZONES), key=len, reverse=True) if name.startswith(c)), ""
        )
        if county:
            counties.setdefault(_ZONES.get(county, county))
        rest = name[len(county) :]
        if rest and not _ANYWHERE.fullmatch(rest):
            townships.append(rest)
    return tuple(counties), tuple(townships)


def _mismatches(reader: _Reader, projects: Sequence[KeyProject]) -> tuple[str, ...]:
    """Every printed count that does not agree with the rows read."""
    found: list[str] = []
    if reader.printed is not None and reader.printed != len(projects):
        found.append(f"合计印 {reader.printed} 项，读出 {len(projects)} 项")
    for name, printed in reader.sections:
        read = sum(project.section == name for project in projects)
        if read != printed:
            found.append(f"“{name}”印 {printed} 项，读出 {read} 项")
    for programme in reader.programmes:
        read = sum((p.section, p.programme) == (programme.section, programme.name) for p in projects)
        if read != programme.printed:
            found.append(f"“{programme.section}·{programme.name}”印 {programme.printed} 项，读出 {read} 项")
    found.extend(f"第 {p.number} 项“{p.name}”没有层级" for p in projects if not p.level)
    return tuple(found)


def _upright(projects: Sequence[KeyProject]) -> list[str]:
    return [
        f"“{p.programme}”第 {p.number} 项旁有竖排格“{p.group}”，印面看不出它管到第几项，只记在本项"
        for p in projects
        if p.group
    ]
