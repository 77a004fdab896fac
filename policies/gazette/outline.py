"""From paragraphs to an outline: what is a heading, what stands under it, what is text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policies.gazette.markers import Marker, Rank, marker_of
from policies.gazette.paragraphs import Paragraph
from policies.gazette.passage import Passage, joined

_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_AHEAD = "。；：:;〕）”】"
_HEADING = 44
_TERM = re.compile(r"([\u4e00-\u9fff]{4,8}) (?=[0-9]{4} ?年)")


class Node:
    """A numbered part of a text with what stands under it. ``rank`` is None for the whole."""

    def __init__(self, rank: Rank | None, marker: Marker | None, above: "Node | None") -> None:
        self.rank, self.marker, self.above = rank, marker, above
        self.head = Passage("", ())
        self.text: list[Passage] = []
        self.children: list[Node] = []
        self.inline = False  # the text runs on behind the heading, in the same paragraph
        self.gap = ""  # blanks between the two

    @property
    def value(self) -> int:
        """The number printed; for a label its place among its siblings."""
        if self.marker is None and self.above:
            labels = [n for n in self.above.children if n.rank is self.rank]
            return labels.index(self) + 1
        return self.marker.value if self.marker else 0

    @property
    def number(self) -> str:
        """The number as printed."""
        return self.marker.number if self.marker else ""

    @property
    def heading(self) -> str:
        """The heading without its number and the stop behind it."""
        return self.head.text[self.marker.length if self.marker else 0 :].strip(" 。：:\u3000")

    def walk(self) -> Iterator["Node"]:
        """This part and all under it, in the order printed."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(paragraphs: Sequence[Paragraph]) -> Node:
    """The outline of one text. Text before the first number is the text of the whole."""
    root = Node(None, None, None)
    at = root
    pieces = [piece for paragraph in paragraphs for piece in _run_on(paragraph, _by_articles(paragraphs))]
    labels = _labels(pieces)
    for place, piece in enumerate(pieces):
        marker = piece.marker
        if place in labels:
            at = _under(at, Rank.LABEL, None)
            at.head = piece.passage
        elif marker and not (marker.rank > Rank.ARTICLE and _within_article(at)):
            at = _under(at, marker.rank, marker)
            at.text.append(piece.passage)
        else:
            at.text.append(piece.passage)
    for node in root.walk():
        _take_heading(node)
    return root


def _under(at: Node, rank: Rank, marker: Marker | None) -> Node:
    while at.above is not None and at.rank is not None and at.rank >= rank:
        at = at.above
    node = Node(rank, marker, at)
    at.children.append(node)
    return node


def _within_article(at: Node) -> bool:
    return at.rank is Rank.ARTICLE


def _by_articles(paragraphs: Sequence[Paragraph]) -> bool:
    return any(p.marker and p.marker.rank is Rank.ARTICLE for p in paragraphs)


def _labels(pieces: Sequence[Paragraph]) -> set[int]:
    """Headings without a number under which item numbers begin anew; one alone is mere text."""
    found = {
        place
        for place, (a, b) in enumerate(pairwise(pieces))
        if a.marker is None
        and _LABEL.fullmatch(a.text)
        and b.marker
        and b.marker.rank is Rank.ITEM
        and b.marker.value == 1
    }
    return found if len(found) > 1 else set()


def _run_on(paragraph: Paragraph, by_articles: bool) -> list[Paragraph]:
    """The items of a paragraph that run on within it, each as a paragraph of its own."""
    marker = paragraph.marker
    if by_articles:
        return [paragraph]
    pieces = [paragraph]
    for rank in (Rank.PART, Rank.ITEM):
        if marker is None or marker.rank <= rank:
            pieces = [part for piece in pieces for part in _split(piece, rank)]
    return pieces


def _split(piece: Paragraph, rank: Rank) -> list[Paragraph]:
    own = piece.marker
    goes_on = own is not None and own.rank is rank
    expected = own.value + 1 if own is not None and goes_on else 1
    cuts: list[int] = []
    for at in range(own.length if own else 1, len(piece.text)):
        marker = marker_of(piece.text[at:]) if piece.text[at - 1] in _AHEAD else None
        if marker and marker.rank is rank and marker.value == expected and _apart(piece.text, at, marker):
            cuts.append(at)
            expected += 1
    if len(cuts) + goes_on <= 1 or (rank is Rank.ITEM and _listing(piece.text, cuts)):
        return [piece]
    edges = [0, *cuts, len(piece.text)]
    parts = [piece.passage.cut(a, b) for a, b in pairwise(edges)]
    markers = [own, *(marker_of(part.text) for part in parts[1:])]
    return [
        Paragraph(part, marker, piece.first, piece.doubled)
        for part, marker in zip(parts, markers, strict=True)
        if part.text
    ]


def _apart(text: str, at: int, marker: Marker) -> bool:
    following = text[at + marker.length : at + marker.length + 1]
    return not (marker.rank is Rank.ITEM and following.isdecimal()) and text[at - 1] != "》"


def _listing(text: str, cuts: Sequence[int]) -> bool:
    """Whether items are parted by ；: then they are a list within a sentence, not items of their own."""
    return any(text[cut - 1] in "；;，" for cut in cuts)


def _take_heading(node: Node) -> None:
    """Part the heading of a node from its text."""
    if node.rank is None or node.marker is None or not node.text:
        return
    first = node.text[0]
    more = len(node.text) > 1 or bool(node.children)
    cut = _heading_end(first.text, node.marker, more=more, goal=_under_goals(node))
    node.head = first.cut(0, cut)
    rest = first.cut(cut)
    node.inline = bool(rest.text)
    node.gap = first.text[len(node.head.text) : len(first.text) - len(rest.text)]
    node.text = [rest, *node.text[1:]] if rest.text else node.text[1:]


def _under_goals(node: Node) -> bool:
    return node.above is not None and node.above.rank is Rank.LABEL and "目标" in node.above.head.text


def _heading_end(text: str, marker: Marker, *, more: bool, goal: bool) -> int:
    """Where the heading ends; right after the number when there is none."""
    start = marker.length
    if marker.rank is Rank.CHAPTER:
        return len(text)
    if marker.rank is Rank.ARTICLE or goal:
        return start
    stop = text.find("。", start)
    if stop < 0:
        alone = len(text) - start <= _HEADING and text[-1] not in "；，、："
        return len(text) if alone else start
    if found := _TERM.match(text, start):
        return found.end()
    sentence = text[start:stop]
    if len(sentence) > _HEADING or any(c in sentence for c in "；：") or _bracket_open(sentence):
        return start
    ends = stop + 1 >= len(text.rstrip())
    return start if ends and not more else stop + 1


def _bracket_open(text: str) -> bool:
    return sum(text.count(c) for c in "（〔“") != sum(text.count(c) for c in "）〕”")


def passage_of(node: Node) -> Passage:
    """The whole of a node that holds no others: its heading and text as printed."""
    if not node.head.text:
        return joined(node.text, "\n")
    if not node.text:
        return node.head
    if not node.inline:
        return joined([node.head, *node.text], "\n")
    return joined(
        [joined([node.head, Passage(node.gap, _between(node)), node.text[0]]), *node.text[1:]], "\n"
    )


def _between(node: Node) -> tuple[int, ...]:
    """Where the blanks stand that part a heading from the text that runs on behind it."""
    last = node.head.at[-1]
    return tuple(range(last + 1, last + 1 + len(node.gap)))
