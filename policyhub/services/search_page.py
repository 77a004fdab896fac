"""Everything that the search page shows: hits with their reasons, what was read, and an honest nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from matcher.force import Force, ForceStatus
from policies.citation import Citation, find_cited, read_citation
from policies.library import Library
from policyhub.services.citing import CitedClause
from policyhub.services.errors import InputError
from policyhub.services.labels import amount
from policyhub.services.search import (
    BesideItem,
    FacetValue,
    ReadingView,
    SearchAnswer,
    SearchItem,
    UnderstoodView,
    search,
)
from policyhub.services.search_asked import FACETS, Filter, SearchAsked
from policyhub.services.views import MeasureRef
from policyhub.snapshot import Snapshot
from search_index.hear import How
from search_index.marks import Highlight

SIZE = 10  # hits of a page
_MEASURES = 2  # of a hit; the clause page has them all
_WORDS = 3  # of a hit that are named as the reason
_PHRASE = 60  # characters that quotation marks may hold
_VALUES = 6  # of a facet before the rest is folded away
_OFFERED = 12  # units to begin with


class State(Enum):
    """What came of a query."""

    FOUND = "found"
    NEAR = "near"  # clauses that only look alike: the documents do not speak of it
    NARROW = "narrow"  # nothing within the filters, something without
    NOTHING = "nothing"


class Piece(Struct, frozen=True, kw_only=True):
    """A run of a sentence; ``marked`` where it has words of the query."""

    text: str
    marked: bool


class Given(Struct, frozen=True, kw_only=True):
    """A measure of a hit and what it gives, briefly."""

    measure: MeasureRef
    form: str
    amount: str


class HitView(Struct, frozen=True, kw_only=True):
    """A clause that was found; ``force`` only where it is not the usual 效力待确认."""

    item: SearchItem
    cited: CitedClause
    sentences: tuple[tuple[Piece, ...], ...]
    measures: tuple[Given, ...]
    more: int
    why: str
    force: Force | None


class FacetView(Struct, frozen=True, kw_only=True):
    """A facet with its values: those shown, the rest, and which one is asked for."""

    name: str
    label: str
    shown: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]
    active: str | None


class Widened(Struct, frozen=True, kw_only=True):
    """A filter that could be dropped, and how many hits that leaves."""

    filter: Filter
    count: int


class NamedDocument(Struct, frozen=True, kw_only=True):
    """A document that the query names, with nothing else or with a number that it does not have."""

    id: str
    number: str
    title: str


class SearchPage(Struct, frozen=True, kw_only=True):
    """The answer to a query as a page shows it.

    ``jump`` is the clause that the query cites and nothing else; ``note`` says why the documents do not
    answer; ``exactly`` asks for what was typed and no other reading of it.
    """

    asked: SearchAsked
    state: State
    total: int
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    understood: UnderstoodView
    readings: tuple[ReadingView, ...]
    exactly: str | None
    relaxed: tuple[str, ...]
    jump: str | None
    note: str | None
    named: tuple[NamedDocument, ...]
    suggestions: tuple[str, ...]
    widened: tuple[Widened, ...]
    without: int
    beside: tuple[BesideItem, ...]
    next: str | None

    @property
    def said(self) -> str:
        """What came of the query in one line, to be read aloud."""
        if self.state is State.FOUND:
            return f"找到 {self.total} 条"
        if self.state is State.NEAR:
            return f"这些文件里没有，字面相近的有 {self.total} 条"
        return "这个范围里没有，去掉一项范围就有" if self.state is State.NARROW else "没有找到"


class Opening(Struct, frozen=True, kw_only=True):
    """The search page before anything is asked: the units that are named most often."""

    units: tuple[tuple[str, int], ...]
    more: tuple[tuple[str, int], ...]


def open_search_page(library: Library) -> Opening:
    """Responsible units by how many clauses name them."""
    counted = Counter(unit.name for clause in library.clauses.values() for unit in clause.units)
    units = counted.most_common()
    return Opening(units=tuple(units[:_OFFERED]), more=tuple(units[_OFFERED:]))


def cited_page(library: Library, asked: SearchAsked) -> str | None:
    """The address of the clause or measure that a query cites, where it says nothing else."""
    name = find_cited(asked.q, library)
    if name is None or asked.filters or asked.next or asked.faults:
        return None
    return f"/clauses/{name}" if name in library.clauses else f"/measures/{name}"


def show_search_page(snapshot: Snapshot, asked: SearchAsked, as_of: date) -> SearchPage:
    """The page of a query. A ``next`` that belongs elsewhere is left out and said."""
    asked, answer = _searched(snapshot, asked, as_of)
    library = snapshot.library
    readings = _once(answer.understood.readings)
    hits = show_hits(library, answer)
    widened = tuple(_widened(snapshot, asked, as_of)) if not answer.total and asked.filters else ()
    without = search(snapshot, replace(asked, filters=()).query(1), as_of).total if widened else answer.total
    cited = read_citation(asked.q, library)
    note = _note(snapshot, asked, answer, cited) if answer.total else None
    return SearchPage(
        asked=asked,
        state=_state(answer, hits, note, without),
        total=answer.total,
        hits=hits,
        facets=tuple(_facets(answer, asked)),
        understood=answer.understood,
        readings=readings,
        exactly=_exactly(asked, answer, readings),
        relaxed=answer.relaxed,
        jump=cited_page(library, asked),
        note=note,
        named=tuple(_named(library, cited)),
        suggestions=answer.suggestions,
        widened=widened,
        without=without,
        beside=answer.beside,
        next=answer.next,
    )


def show_hits(library: Library, answer: SearchAnswer) -> tuple[HitView, ...]:
    """The hits of an answer with their sentences cut at the marks and their reasons in a line."""
    readings = _once(answer.understood.readings)
    return tuple(_hit(library, item, readings) for item in answer.items)


def _searched(snapshot: Snapshot, asked: SearchAsked, as_of: date) -> tuple[SearchAsked, SearchAnswer]:
    try:
        return asked, search(snapshot, asked.query(SIZE), as_of)
    except InputError:
        asked = replace(asked, next=None, faults=(*asked.faults, "翻页的位置对不上，已从第一条看起。"))
        return asked, search(snapshot, asked.query(SIZE), as_of)


def _once(readings: Sequence[ReadingView]) -> tuple[ReadingView, ...]:
    """Each reading once, however often its words were said."""
    return tuple({(one.said, one.meant): one for one in readings}.values())


def _state(answer: SearchAnswer, hits: Sequence[HitView], note: str | None, without: int) -> State:
    if not answer.total:
        return State.NARROW if without else State.NOTHING
    touched = any(one.item.why or any(high.marks for high in one.item.highlights) for one in hits)
    return State.NEAR if note is not None or not touched else State.FOUND


def _note(snapshot: Snapshot, asked: SearchAsked, answer: SearchAnswer, cited: Citation) -> str | None:
    """Why the documents do not answer: another topic, or a detail that no clause prints.

    Words that the documents print themselves need no such question, and it costs as much as the search.
    """
    if cited.absent:
        return f"{cited.absent}。"
    understood = answer.understood
    printed = snapshot.search.finder.vocabulary.weights
    words = understood.text.split()
    if understood.cited or understood.documents or not words or all(word in printed for word in words):
        return None
    selected = snapshot.search.select(asked.q)
    if selected.answers:
        return None
    if selected.outside is not None:
        return f"问的像是“{selected.outside}”，不在这些文件里。"
    return None if selected.detail is None else f"条文没有写“{selected.detail}”一类的内容。"


def _named(library: Library, cited: Citation) -> Iterator[NamedDocument]:
    if cited.absent or not cited.rest:
        for name in cited.documents:
            document = library.documents_by_id[name]
            yield NamedDocument(id=name, number=document.number or "", title=document.title)


def _exactly(asked: SearchAsked, answer: SearchAnswer, readings: Sequence[ReadingView]) -> str | None:
    """The query in quotation marks, where something else than typed was searched for."""
    short = len(asked.q) <= _PHRASE and not answer.understood.phrases
    return f"“{asked.q}”" if readings and short else None


def _widened(snapshot: Snapshot, asked: SearchAsked, as_of: date) -> Iterator[Widened]:
    for one in asked.filters:
        yield Widened(filter=one, count=search(snapshot, asked.query(1, but=one.name), as_of).total)


def _facets(answer: SearchAnswer, asked: SearchAsked) -> Iterator[FacetView]:
    """The facets that can narrow the hits, and those that do."""
    active = {one.name: one.value for one in asked.filters}
    for name, label in FACETS.items():
        values = answer.facets[name]
        if name in active or any(one.count < answer.total for one in values):
            rest = values[_VALUES:]
            chosen = tuple(one for one in rest if one.value == active.get(name))
            yield FacetView(
                name=name,
                label=label,
                shown=values[:_VALUES] + chosen,
                rest=tuple(one for one in rest if one not in chosen),
                active=active.get(name),
            )


def _hit(library: Library, item: SearchItem, readings: Sequence[ReadingView]) -> HitView:
    return HitView(
        item=item,
        cited=CitedClause(id=item.clause_id, cited=item.cited, heading=item.heading),
        sentences=tuple(_pieces(one) for one in _telling(item)),
        measures=tuple(_given(library, one) for one in item.measures[:_MEASURES]),
        more=max(0, len(item.measures) - _MEASURES),
        why=_why(item, readings),
        force=None if item.force.status == ForceStatus.UNCONFIRMED.value else item.force,
    )


def _given(library: Library, measure: MeasureRef) -> Given:
    benefit = library.measures[measure.id].benefit
    return Given(measure=measure, form=benefit.form, amount=amount(benefit.amount))


def _why(item: SearchItem, readings: Sequence[ReadingView]) -> str:
    """The reasons in one line; how the query was read is said once above the hits, not again."""
    said = {f"{one.how} {one.said} → {'、'.join(one.meant)}" for one in readings}
    words = dict.fromkeys(one.text[start:end] for one in item.highlights for start, end in one.marks)
    telling = sorted(words, key=len, reverse=True)[:_WORDS]
    reasons = [f"原文写着{''.join(f'“{word}”' for word in telling)}"] if telling else []
    reasons += [one for one in dict.fromkeys(item.why) if one not in said]
    return "；".join(reasons) or "只是字面相近，原文没有所查的词"


def _telling(item: SearchItem) -> Sequence[Highlight]:
    """The sentences of a hit, without the one that only repeats its heading where there is another."""
    body = [
        one for one in item.highlights if one.text.strip().removeprefix(_number(item)) != f"{item.heading}。"
    ]
    return body or item.highlights


def _number(item: SearchItem) -> str:
    """How a clause's own number stands in front of its heading."""
    return f"{item.clause_number}." if item.clause_number.isdigit() else item.clause_number


def _pieces(highlight: Highlight) -> tuple[Piece, ...]:
    """A sentence cut at its marks."""
    found, last = [], 0
    for start, end in highlight.marks:
        found.append(Piece(text=highlight.text[last:start], marked=False))
        found.append(Piece(text=highlight.text[start:end], marked=True))
        last = end
    found.append(Piece(text=highlight.text[last:], marked=False))
    return tuple(one for one in found if one.text)


READ_AS: Mapping[str, str] = {
    How.SLIP.value: "已按{meant}检索（错别字：{said}）",
    How.SOUND.value: "已按读音把 {said} 读作{meant}",
    How.SAYING.value: "口头说的“{said}”，条文里写作{meant}",
}


def say_reading(reading: ReadingView) -> str:
    """How a part of the query was read, in one sentence."""
    meant = "".join(f"“{word}”" for word in dict.fromkeys(reading.meant))
    return READ_AS[reading.how].format(said=reading.said, meant=meant)
