"""From a query to the clauses it means, in order, with what was read into it, what was dropped and why each is there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import rjieba
from msgspec import Struct
from rapidfuzz import fuzz, process

from policies.document import Clause
from policies.library import Library
from search_index.analyse import FIELDS, Grams, analyse
from search_index.corpus import Row, RowKind
from search_index.engine import Engine
from search_index.marks import Highlight, Marker
from search_index.rank import Ground, Ranked, Ranking, Ranks
from search_index.understand import Understanding, Understood

_FLOOR = 0.35  # of the best score; what is less like the query only distracts
_TELLING = 0.3  # likeness from which a caller's question is a reason to show
_WORD = 8  # characters up to which a part typed apart is a word that must be found
_LACKS, _IN_PARTS, _VERBATIM = 0, 1, 2
_SUGGESTED = 5
_NEAR = 60.0
_BESIDE = 5


class Hit(Struct, frozen=True, kw_only=True):
    """A clause that was found: ``score`` compares hits of one query only; ``why`` are reasons to show."""

    clause_id: str
    score: float
    measures: tuple[str, ...]
    why: tuple[str, ...]


class Beside(Struct, frozen=True, kw_only=True):
    """What was found beside clauses: a key project of the gazette's catalogue, or a cited source."""

    kind: RowKind
    id: str
    score: float


class Found(Struct, frozen=True, kw_only=True):
    """The answer of the index: hits in order, what stands beside, what was dropped, what else to try."""

    understood: Understood
    hits: tuple[Hit, ...]
    beside: tuple[Beside, ...]
    relaxed: tuple[str, ...]
    suggestions: tuple[str, ...]


class Finder:
    """Finds clauses of one library; immutable once made, safe to share between threads."""

    def __init__(
        self, library: Library, rows: Sequence[Row], understanding: Understanding, engine: Engine
    ) -> None:
        self.library = library
        self.rows = rows
        self.engine = engine
        self.understanding = understanding
        self.vocabulary = understanding.vocabulary
        self.ranking = Ranking(library, rows, understanding)
        self._marker = Marker(library)
        self._number = {row.id: number for number, row in enumerate(rows) if row.kind is RowKind.CLAUSE}

    def find(self, query: str) -> Found:
        """Whatever was typed; an empty query finds nothing."""
        return self.found(self.understanding.read(query))

    def found(self, understood: Understood, ranks: Ranks | None = None) -> Found:
        """What a query that has been read finds; ``ranks`` where it has been ranked already."""
        if ranks is None:
            ranks = self.ranking.rank(understood, self.engine)
        kept, relaxed = self._kept(understood, [one for one in ranks.order if one.row >= 0])
        first = dict.fromkeys([*self._cited(understood), *self._dutiful(understood)])
        scores = {one.row: one.score for one in ranks.order}
        alone = bool(first) and not understood.text
        order = [*first, *(() if alone or understood.duties else (self.rows[one.row].id for one in kept))]
        clauses = [name for name in dict.fromkeys(order) if name in self._number]
        hits = tuple(
            self._hit(understood, name, scores.get(self._number[name], 0.0), ranks, cited=name in first)
            for name in clauses
        )
        beside = [one for one in kept if self.rows[one.row].kind is not RowKind.CLAUSE][:_BESIDE]
        return Found(
            understood=understood,
            hits=hits,
            beside=tuple(
                Beside(kind=self.rows[one.row].kind, id=self.rows[one.row].id, score=round(one.score, 3))
                for one in beside
            ),
            relaxed=() if first else relaxed,
            suggestions=() if hits else self._suggestions(understood),
        )

    def warm(self, understood: Understood) -> None:
        """Read the sentences of every clause, and the postings of what callers say more than once."""
        for name in self._number:
            self.highlights(name, understood)
        asked = [analyse(question) for row in self.rows for _, question in row.asked]
        self.engine.search(
            Grams(*(_said_again(grams[kind] for grams in asked) for kind in range(len(FIELDS)))), 1
        )

    def highlights(self, clause_id: str, understood: Understood) -> tuple[Highlight, ...]:
        """What to mark in a clause that was found."""
        return self._marker.highlight(clause_id, understood)

    def share(self, row: int, words: Sequence[str]) -> float:
        """How many of the words a row has, as a share of one."""
        return sum(word in self._everything[row] for word in words) / len(words)

    def _cited(self, understood: Understood) -> Iterable[str]:
        """The clauses cited by number; those of a document that is named and nothing else."""
        citation = understood.citation
        for name in citation.names:
            yield name if name in self._number else self.library.measures[name].clause_id
        if citation.documents and not understood.text:
            for document_id in citation.documents:
                yield from (clause.id for clause in self.library.documents_by_id[document_id].clauses)

    def _dutiful(self, understood: Understood) -> Sequence[str]:
        """What the named units have to do: what they lead first, reviewed documents before others."""
        if not understood.duties:
            return ()
        wanted = set(understood.units)
        clauses = [
            clause
            for clause in self.library.clauses.values()
            if any(unit.name in wanted for unit in clause.units)
            and (not understood.documents or clause.id.partition("/")[0] in understood.documents)
        ]
        if understood.leads:
            clauses = [clause for clause in clauses if _leads(clause, wanted)] or clauses
        reviewed = {questions.clause_id for questions in self.library.speech.questions}
        clauses.sort(key=lambda clause: (clause.id not in reviewed, not _leads(clause, wanted)))
        return [clause.id for clause in clauses]

    def _kept(
        self, understood: Understood, ranked: Sequence[Ranked]
    ) -> tuple[Sequence[Ranked], tuple[str, ...]]:
        """The rows worth showing, those with every word of the query before others; and the words dropped."""
        relaxed: list[str] = []
        for phrase in understood.phrases:
            exact = [one for one in ranked if phrase in self._printed[one.row]]
            if exact:
                ranked = exact
            else:
                relaxed.append(f"没有原样写着“{phrase}”的条款，按相近字词检索")
        ranked = [
            one for one in ranked if not any(word in self._printed[one.row] for word in understood.excluded)
        ]
        if not ranked:
            return ranked, tuple(relaxed)
        words = [part for part in understood.parts if len(part) <= _WORD]
        if len(words) == len(understood.parts) and words:
            ranked, dropped = self._with_all(words, ranked)
            relaxed += dropped
        floor = max(one.score for one in ranked) * _FLOOR
        short = len(words) == len(understood.parts) == 1
        return [
            one for one in ranked if one.score >= floor or (short and words[0] in self._printed[one.row])
        ], tuple(relaxed)

    def _with_all(self, words: Sequence[str], ranked: Sequence[Ranked]) -> tuple[Sequence[Ranked], list[str]]:
        """The rows, those with all of the words first; where none has all, which words were let go."""
        parts = [(word, [part for part in rjieba.cut(word) if len(part) > 1]) for word in words]
        levels = {one.row: [self._has(one.row, *one_word) for one_word in parts] for one in ranked}
        order = sorted(
            ranked, key=lambda one: min(levels[one.row]), reverse=True
        )  # sorting keeps the ranking
        if min(levels[order[0].row]) > _LACKS:
            return order, []
        most = max(ranked, key=lambda one: sum(level > _LACKS for level in levels[one.row]))
        dropped = [word for word, level in zip(words, levels[most.row], strict=True) if level == _LACKS]
        if len(dropped) == len(words):
            return ranked, []
        said = "、".join(f"“{word}”" for word in dropped)
        return ranked, [f"没有同时含全部字词的条款，放宽了{said}"]

    def _has(self, row: int, word: str, parts: Sequence[str]) -> int:
        """Whether a row has a word as typed, or only the words that it is made of."""
        text = self._everything[row]
        if word in text:
            return _VERBATIM
        return _IN_PARTS if parts and all(part in text for part in parts) else _LACKS

    def _hit(self, understood: Understood, name: str, score: float, ranks: Ranks, *, cited: bool) -> Hit:
        row = self._number[name]
        asked, printed = ranks.asked.of(row), ranks.printed.of(row)
        grounds = sorted((one for one in (asked, printed) if one is not None), key=lambda one: -one.likeness)
        measures = dict.fromkeys(ground.name for ground in grounds if ground.name is not None)
        why = [*self._told(understood, name, cited=cited), *self._likened(asked, printed)]
        return Hit(clause_id=name, score=round(score, 3), measures=tuple(measures), why=tuple(why))

    def _told(self, understood: Understood, name: str, *, cited: bool) -> Iterable[str]:
        """Reasons that stand in the query itself."""
        if cited and not understood.duties:
            yield "按文号、条号找到"
        for unit in self.library.clauses[name].units:
            if unit.name in understood.units:
                yield f"责任单位有{unit.name}{'（牵头）' if unit.lead else ''}"
        for reading in understood.readings:
            yield f"{reading.how.value} {reading.said} → {'、'.join(reading.meant)}"

    def _likened(self, asked: Ground | None, printed: Ground | None) -> Iterable[str]:
        """What the query is like."""
        if asked is not None and asked.likeness >= _TELLING:
            yield f"有人这样问：{asked.text}"
        if printed is not None and printed.name is not None:
            yield f"措施：{self.library.measures[printed.name].title}"

    def _suggestions(self, understood: Understood) -> tuple[str, ...]:
        """Terms of the library that look like what was typed."""
        near = process.extract(
            understood.text, self._terms, scorer=fuzz.WRatio, limit=_SUGGESTED, score_cutoff=_NEAR
        )
        return tuple(term for term, _, _ in near)

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        return tuple(self.vocabulary.weights)

    @cached_property
    def _printed(self) -> Sequence[str]:
        return [row.title + "\n" + row.printed for row in self.rows]

    @cached_property
    def _everything(self) -> Sequence[str]:
        return [searched(row, self.understanding) for row in self.rows]


def searched(row: Row, understanding: Understanding) -> str:
    """All words that lead to a row, as they stand and in the words of the clauses."""
    everything = row.everything
    return everything + "\n" + understanding.canonical(everything)


def _said_again(questions: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The tokens of more than one question."""
    counted = Counter(token for tokens in questions for token in set(tokens))
    return tuple(token for token, count in counted.items() if count > 1)


def _leads(clause: Clause, names: set[str]) -> bool:
    return any(unit.lead and unit.name in names for unit in clause.units)
