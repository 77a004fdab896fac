"""What a person means by a query: a clause by number, exact words, words to leave out, pinyin, slips, sayings.

Nothing is changed silently: every other reading than the typed one is kept as a ``Reading`` and shown.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, zip_longest
from typing import NamedTuple

from msgspec import Struct

from policies.citation import Citation, read_citation
from policies.library import Library
from search_index.hear import Ear, How, Reading
from search_index.normalise import normalise, normalise_words
from search_index.vocabulary import Vocabulary, read_spoken
from search_index.words import WordList, cut

MOST = 300  # characters of a query that are read; longer speech says nothing new
_PHRASE = re.compile(r"[“\"「『](?P<words>[^”\"」』]{1,60})[”\"」』]")
_MINUS = re.compile(r"(?:(?<=\s)|^)[-－−](?P<word>[^\s\d-][^\s]*)")
_LATIN = re.compile("[a-z]+")
_SPLIT = re.compile(r"[，。？！；：、,?!;:…\n]+|另外|还有|顺便|再问|同时|对了|再一个|再就是|以及")
_LIMITED = re.compile(r"(?:工作|实施)?(?:方案|文件|意见|通知)|里|中|文")
_NAMED = re.compile("(?:方案|文件|文|意见|计划|规划|名单)$")
_DUTY = (
    "任务|职责|分工|有什么|什么|有啥|有哪|啥|甚|要|负责哪几条|负责哪些条|负责哪些|负责什么|负责|哪几条|哪些条款|哪些条|哪些|牵头|主管|承担|参与|管什么|管哪些"
    "|干什么|做什么|干啥|管啥|要做|要干|需要|配合|涉及|条款|工作|事项|事情|事儿|主要|分别|几条|[0-9]条|条|项|都|和|在|里|中|的|是|由|个|这|那|两|有|做|干|管|办|帮|给|请|说|看|找|查|列|叫|让|跟|对|为|哪|谁|吗|呢|吧|了"
)
_NOTHING = re.compile(f"(?:{_DUTY}|[^㐀-鿿a-z0-9])*")
_LEADS = re.compile("牵头|主办|挑头")
_BOTH = re.compile("两个(?:方案|文件|文)|两份|19号.{0,4}20号|两个都")


def cut_at(query: str) -> int:
    """How many characters are read of a query that is longer; else 0."""
    return MOST if len(" ".join(query.split())) > MOST else 0


class Understood(Struct, frozen=True, kw_only=True):
    """A query, read.

    ``typed`` is what is searched for, normalised, with pinyin and slips read; ``text`` is the same with
    sayings put into the words of the clauses; ``parts`` are its words typed apart; ``pieces`` are what is
    left of it between fillers and punctuation.
    """

    given: str
    typed: str
    text: str
    parts: tuple[str, ...]
    pieces: tuple[str, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    citation: Citation
    readings: tuple[Reading, ...]
    units: tuple[str, ...]
    duties: bool  # asks what the units have to do, and nothing else
    leads: bool  # of those, only what they lead
    documents: tuple[str, ...]


class _Heard(NamedTuple):
    """A part of a query as typed, in the words of the clauses, and what was read otherwise than typed."""

    typed: str
    text: str
    readings: list[Reading]


class Understanding(Struct, frozen=True, dict=True):
    """Reads queries with the words of one library."""

    library: Library
    vocabulary: Vocabulary

    def read(self, query: str) -> Understood:
        """A query as it was typed or said; anything goes."""
        given = " ".join(query.split())[:MOST]
        phrases = tuple(normalise(found["words"]) for found in _PHRASE.finditer(given))
        excluded = tuple(normalise(found["word"]) for found in _MINUS.finditer(given))
        bare = _MINUS.sub(" ", given) if len(_MINUS.sub("", given).strip()) > 0 else given
        citation = read_citation(_PHRASE.sub(" ", bare), self.library)
        cited = bool(citation.names or citation.documents)
        heard = [self._in_clause_words(part) for part in self._heard(citation.rest if cited else bare)]
        typed, text = " ".join(one.typed for one in heard), " ".join(one.text for one in heard)
        units = tuple(dict.fromkeys(one.meaning for one in self._units.find(text.replace(" ", ""))))
        documents = tuple(dict.fromkeys([*citation.documents, *self._documents(typed, units)]))
        return Understood(
            given=given,
            typed=typed,
            text=text,
            parts=tuple(text.split()),
            pieces=tuple(self.pieces(text)),
            phrases=tuple(phrase for phrase in phrases if phrase),
            excluded=tuple(word for word in excluded if word),
            citation=citation,
            readings=tuple(reading for one in heard for reading in one.readings),
            units=units,
            duties=bool(units) and any(_NOTHING.fullmatch(self._rest(one)) for one in (typed, text)),
            leads=_LEADS.search(text) is not None,
            documents=documents,
        )

    def canonical(self, text: str) -> str:
        """A normalised text with sayings put into the words of the clauses."""
        found = list(self._sayings.find(text))
        pieces = cut(text, ((one.start, one.end) for one in found))
        return "".join(
            chain.from_iterable(zip_longest(pieces, (one.meaning[0] for one in found), fillvalue=""))
        )

    def content(self, text: str) -> str:
        """What a normalised text says, in the words of the clauses and without fillers."""
        return " ".join(self.pieces(self.canonical(text)))

    def pieces(self, text: str) -> Iterator[str]:
        """What a text says between fillers, punctuation and spaces."""
        for sentence in _SPLIT.split(text):
            for part in sentence.split():
                yield from self._fillers.without(part)

    def _heard(self, text: str) -> Iterator[Reading | str]:
        """Each part of the query, with pinyin read."""
        return iter(self._ear.pinyin(normalise_words(_PHRASE.sub(r" \g<words> ", text))))

    def _in_clause_words(self, part: Reading | str) -> _Heard:
        """A part with slips mended and sayings put into the words of the clauses, and what was read so."""
        if isinstance(part, Reading):
            meant = " ".join(part.meant)
            return _Heard(meant, meant, [part])
        readings: list[Reading] = []
        typed: list[str] = []
        words: list[str] = []
        last = 0
        for saying in [*self._sayings.find(part), None]:
            piece = part[last : len(part) if saying is None else saying.start]
            slips = list(self._ear.slips(piece))
            typed.append(_mended(piece, slips))
            words.append(typed[-1])
            readings += slips
            if saying is not None:
                last = saying.end
                words.append(saying.meaning[0])
                said = part[saying.start : saying.end]
                typed.append(said)
                readings.append(Reading(said=said, meant=saying.meaning, how=How.SAYING))
        return _Heard("".join(typed), "".join(words), readings)

    def _documents(self, text: str, units: tuple[str, ...]) -> Iterable[str]:
        """Documents that the text says it speaks of: 民间投资方案里, 盘活存量资产的文件."""
        plain = text.replace(" ", "")
        for found in self._names.find(plain):
            if units or _NAMED.search(plain[found.start : found.end]) or _LIMITED.match(plain, found.end):
                yield found.meaning

    def _rest(self, text: str) -> str:
        """What a text says beside units and documents."""
        plain = text.replace(" ", "")
        spans = sorted(
            (one.start, one.end) for words in (self._units, self._names) for one in words.find(plain)
        )
        rest = "".join(cut(plain, _apart(spans)))
        return "".join(self._fillers.without(_LIMITED.sub("", rest)))

    @cached_property
    def _ear(self) -> Ear:
        speech = self.library.speech
        said = [normalise(word) for entry in speech.synonyms for word in entry.said]
        known = set(self.vocabulary.pairs)
        asked = [normalise(question) for question in self._questions()]
        for text in (*said, *asked, *map(normalise, speech.fillers)):
            known.update(text[at : at + 2] for at in range(len(text) - 1))
        latin = {word for text in (*said, *asked) for word in _LATIN.findall(text)}
        return Ear(
            self.vocabulary, read_spoken(self.library), frozenset(known), self.vocabulary.latin | latin
        )

    def _questions(self) -> Iterator[str]:
        for clause in self.library.speech.questions:
            yield from clause.everything
        for topic in self.library.speech.outside:
            yield from topic.asked

    @cached_property
    def _sayings(self) -> WordList[tuple[str, ...]]:
        return WordList(
            {
                normalise(word): tuple(map(normalise, entry.written))
                for entry in self.library.speech.synonyms
                for word in entry.said
            }
        )

    @cached_property
    def _fillers(self) -> WordList[None]:
        return WordList({normalise(word): None for word in self.library.speech.fillers})

    @cached_property
    def _names(self) -> WordList[str]:
        return WordList(
            {
                normalise(name): entry.document_id
                for entry in self.library.speech.names
                for name in entry.names
            }
        )

    @cached_property
    def _units(self) -> WordList[str]:
        """Responsible units by their name, with or without 市 in front."""
        names = dict.fromkeys(unit.name for clause in self.library.clauses.values() for unit in clause.units)
        short = {normalise(name.removeprefix("市")): name for name in names}
        return WordList(short | {normalise(name): name for name in names})


def _mended(text: str, slips: Iterable[Reading]) -> str:
    for slip in slips:
        text = text.replace(slip.said, slip.meant[0])
    return text


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order that do not overlap."""
    last = 0
    for start, end in spans:
        if start >= last:
            yield start, end
            last = end
