"""What the search page was asked for: what can be used is kept, what cannot is said."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from matcher.force import ForceStatus
from policies.library import Library
from policies.rules import Kind, Subject
from policyhub.services.labels import KINDS, SUBJECTS
from policyhub.services.reading import no_such
from policyhub.services.search import LONGEST, SearchQuery
from search_index.understand import cut_at

FACETS: Mapping[str, str] = {
    "document": "文件",
    "unit": "责任单位",
    "category": "政策类别",
    "kind": "措施性质",
    "subject": "对象",
    "force": "效力",
}


class Filter(Struct, frozen=True, kw_only=True):
    """One facet that narrows the hits: its name, its value, and both as a person reads them."""

    name: str
    value: str
    facet: str
    label: str


class SearchAsked(Struct, frozen=True, kw_only=True):
    """A query with its filters; ``faults`` are parts of the address that were left out, and why."""

    q: str
    filters: tuple[Filter, ...] = ()
    next: str | None = None
    faults: tuple[str, ...] = ()

    @property
    def cut(self) -> int:
        """How many characters are read of a query that is longer; else 0."""
        return cut_at(self.q)

    @property
    def address(self) -> dict[str, str]:
        """The parameters of an address that asks the same; without ``next``."""
        return {"q": self.q, **{one.name: one.value for one in self.filters}}

    def query(self, limit: int, *, but: str = "") -> SearchQuery:
        """The same for the search itself, ``but`` without one filter."""
        given = {one.name: one.value for one in self.filters if one.name != but}
        return SearchQuery(
            q=self.q,
            document=given.get("document"),
            unit=given.get("unit"),
            category=given.get("category"),
            kind=Kind(given["kind"]) if "kind" in given else None,
            subject=Subject(given["subject"]) if "subject" in given else None,
            force=ForceStatus(given["force"]) if "force" in given else None,
            limit=limit,
            next=self.next,
        )


def read_asked(library: Library, pairs: Iterable[tuple[str, str]]) -> SearchAsked:
    """The parameters of an address: the first of each name, empty ones and unknown names passed over."""
    given: dict[str, str] = {}
    for name, value in pairs:
        if value.strip():
            given.setdefault(name, value.strip())
    faults = []
    words = given.get("q", "")
    filters = []
    for name, known in _known(library).items():
        if name not in given:
            continue
        value = given[name]
        if value in known:
            filters.append(Filter(name=name, value=value, facet=FACETS[name], label=known[value]))
        else:
            faults.append(f"{FACETS[name]}：{no_such(value, known)}（已去掉这一项）")
    return SearchAsked(
        q=words[:LONGEST], filters=tuple(filters), next=given.get("next"), faults=tuple(faults)
    )


def _known(library: Library) -> Mapping[str, Mapping[str, str]]:
    """The values of each facet and how they are read."""
    units = dict.fromkeys(unit.name for clause in library.clauses.values() for unit in clause.units)
    categories = dict.fromkeys(measure.category for measure in library.measures.values())
    return {
        "document": {one.id: one.number or one.title for one in library.documents},
        "unit": {name: name for name in units},
        "category": {name: name for name in categories},
        "kind": KINDS,
        "subject": SUBJECTS,
        "force": {one.value: one.value for one in ForceStatus},
    }
