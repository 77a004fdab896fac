"""What a person types for a clause or a measure: 19号15条, 20号（十二）, 民间投资 15, 第十五条, an id.

``find_cited`` is for a text that is nothing but a citation; ``read_citation`` also finds one within words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from policies.document import Document, Section
from policies.library import Library
from policies.quantity import parse_quantity

_NUMBER = "(?:[0-9]{1,3}|[零〇一二三四五六七八九十百]{1,5})"
_HEAD = re.compile(
    rf"(?P<issuer>[一-鿿]{{0,6}}?)[〔［【\[(]?(?P<year>20[0-9]{{2}})?[〕］】\])]?年?第?(?P<serial>{_NUMBER})号(?:文件|文)?(?![令楼线门院井台])"
)
_BRIEF = re.compile(rf"(?P<serial>[0-9]{{1,3}})[-/.—](?={_NUMBER})")
_AFTER_NAME = re.compile("(?:工作|实施)?(?:方案|意见|通知|文件|文)?")
_STEP = rf"[(（]?{_NUMBER}[)）]?(?:条|款|项|点|部分|节)?"
# Within an article come 款 and 项; another 条, or a bracket after a bracket, is the next of a list.
_STEPS = re.compile(
    rf"[的里中第,，、:：]*(?P<steps>{_STEP}"
    rf"(?:(?<=条)[的第]?(?:{_NUMBER}[款项点]|[(（]{_NUMBER}[)）])"
    rf"|(?<!条)(?!(?<=[)）])[第,，、.]*[(（])[的第,，、.]*{_STEP}){{0,2}})"
)
_AND = re.compile(rf"(?:[和与跟及、,，]|以及|还有)+|(?=第?{_NUMBER}条|[(（]{_NUMBER}[)）])")
_LISTED = re.compile("[条款项点)）]")  # how a number in a list ends: 15条和3个项目 lists one clause
_ARTICLE = re.compile(rf"(?P<number>{_NUMBER})条")
_BARE = re.compile(rf"第?(?P<steps>{_NUMBER})条")
_APART = re.compile(rf"^([0-9]{{1,3}})\s+({_NUMBER}条?)$")
_ID = re.compile(r"js[a-z]{1,3}-20[0-9]{2}-[0-9]+(?:/[a-z0-9.-]+){0,2}")


class Citation(Struct, frozen=True, kw_only=True):
    """What a text cites: ids of clauses or measures, the likeliest first, or documents; and the words left over.

    ``certain`` is false where the document had to be supplied (第十五条 alone). ``absent`` says what a text that is
    nothing but a citation cites in vain: 19号99条, 99号1条.
    """

    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    rest: str = ""
    certain: bool = True
    absent: str = ""


def find_cited(text: str, library: Library) -> str | None:
    """The id of the clause or measure that ``text`` cites; ``None`` when it cites none of the library."""
    cited = read_citation(text, library)
    return cited.names[0] if cited.names and cited.certain and not cited.rest else None


def read_citation(text: str, library: Library) -> Citation:
    """What ``text`` cites, and what else it says; everything is left over where it cites nothing."""
    plain = _plain(_APART.sub(r"\1-\2", text.strip()))
    if found := _ID.search(plain):
        name = found.group().rstrip(".")
        if name in library.clauses or name in library.measures:
            return Citation(names=(name,), rest=_without(plain, found.span()))
        if name in library.documents_by_id:
            return Citation(documents=(name,), rest=_without(plain, found.span()))
    heads = list(_heads(plain, library))
    listed = _listed(heads, plain, library)
    if listed:
        names = tuple(dict.fromkeys(name for found, _, _ in listed for name in found))
        rest = _without(plain, *((start, end) for _, start, end in listed))
        return Citation(names=names, rest="" if _AND.fullmatch(rest) else rest)
    if heads:
        named = tuple(dict.fromkeys(document.id for documents, _, _ in heads for document in documents))
        rest = _without(plain, *((start, end) for _, start, end in heads))
        return Citation(documents=named, rest=rest, absent=_no_clause(heads, rest))
    if bare := _BARE.fullmatch(plain):
        reviewed = {questions.clause_id.partition("/")[0] for questions in library.speech.questions}
        documents = [document for document in library.documents if document.id in reviewed]
        return Citation(names=tuple(_named(documents, bare["steps"], library)), certain=False)
    return Citation(rest=text.strip(), absent=_no_document(plain))


def _no_clause(heads: Sequence[tuple[list[Document], int, int]], rest: str) -> str:
    """19号没有第99条, where one document and a number are all that was written."""
    found = _BARE.fullmatch(rest)
    if found is None or len(heads) > 1:
        return ""
    [document, *_] = heads[0][0]
    return f"{document.number or document.title}没有第{_arabic(found['steps'])}条"


def _no_document(plain: str) -> str:
    """99号文件没有收录, where a number and perhaps a clause are all that was written."""
    found = _HEAD.match(plain)
    rest = "" if found is None else plain[found.end() :]
    whole = found is not None and (_BARE.fullmatch(rest) or (found.group().endswith("文件") and not rest))
    return f"政策库没有收录{found.group().removesuffix('文件')}文件" if found is not None and whole else ""


def _heads(plain: str, library: Library) -> Iterator[tuple[list[Document], int, int]]:
    """Where documents are named, by 文号, by serial number in front of a number, or by a short name."""
    for found in _HEAD.finditer(plain):
        if documents := [one for one in library.documents if _is(one, found)]:
            yield documents, found.end("issuer") - len(_issuer(found)), found.end()
    brief = _BRIEF.match(plain)
    if brief and (documents := [one for one in library.documents if _serial(one) == brief["serial"]]):
        yield documents, 0, brief.end()
    names = ((name, entry.document_id) for entry in library.speech.names for name in entry.names)
    for name, document_id in sorted(names, key=lambda one: -len(one[0])):
        if plain.startswith(name):
            called = _AFTER_NAME.match(plain, len(name))
            end = len(name) if called is None else called.end()
            if _STEPS.match(plain, end):
                yield [library.documents_by_id[document_id]], 0, end


def _listed(
    heads: Iterable[tuple[list[Document], int, int]], plain: str, library: Library
) -> list[tuple[tuple[str, ...], int, int]]:
    """The clauses cited after each document's name, and the stretch of the text that cites them."""
    found: list[tuple[tuple[str, ...], int, int]] = []
    for documents, start, end in heads:
        names, after = _clauses(documents, plain, end, library)
        while names and (joint := _AND.match(plain, after)):
            more, last = _clauses(documents, plain, joint.end(), library, beside=names[-1])
            if not more or not _LISTED.match(plain, last - 1):
                break
            names, after = (*names, *more), last
        if names:
            found.append((names, start, after))
    return found


def _clauses(
    documents: list[Document], plain: str, end: int, library: Library, beside: str = ""
) -> tuple[tuple[str, ...], int]:
    """The clauses that the numbers after a document's name mean, and where those numbers end.

    ``beside`` is the clause named before in the same list: 三（一）和（二） stays within 三.
    """
    for document in documents:
        for section in _sections(document):
            heading = _plain(section.heading)
            at = plain.find(heading, end) if heading else -1
            if 0 <= at - end <= 1 and (steps := _STEPS.match(plain, at + len(heading))):
                names = _named([document], f"{section.id.rpartition('/s')[2]}.{steps['steps']}", library)
                if names:
                    return tuple(names), steps.end()
    steps = _STEPS.match(plain, end)
    if steps is None or plain.startswith("号", steps.end()):
        return (), end
    sibling = f"{beside.rpartition('.')[0]}.{''.join(_numbers(steps['steps']))}"
    names = [sibling] if sibling in library.clauses else _named(documents, steps["steps"], library)
    return tuple(names), steps.end() if names else end


def _named(documents: list[Document], steps: str, library: Library) -> list[str]:
    """Ids of the library for the numbers in ``steps``: 三（一） is s3.1, 第二部分第15条 and 15条2款 are 15."""
    numbers = _numbers(steps)
    article = _ARTICLE.search(steps)
    whole, own = ".".join(numbers), _arabic(article["number"]) if article else ".".join(numbers[-1:])
    forms = [whole, f"s{whole}", own] if "." in whole else [whole, f"s{whole}"]
    if steps.endswith(("部分", "节")):
        forms.reverse()
    found = (
        [f"{one.id}/{form}" for form in forms if f"{one.id}/{form}" in library.clauses] for one in documents
    )
    return [names[0] for names in found if names]


def _numbers(steps: str) -> list[str]:
    quantities = (parse_quantity(step) for step in re.findall(_NUMBER, steps))
    return [str(quantity.amount) for quantity in quantities if quantity is not None]


def _sections(document: Document) -> list[Section]:
    return [section for plan in document.plans for section in plan.sections]


def _is(document: Document, found: re.Match[str]) -> bool:
    number = _HEAD.fullmatch(_plain(document.number or ""))
    issuer = _issuer(found)
    return (
        number is not None
        and number["serial"] == _arabic(found["serial"])
        and found["year"] in (None, number["year"])
        and issuer in ("", number["issuer"])
    )


def _issuer(found: re.Match[str]) -> str:
    """The issuer's abbreviation; other words in front of a number belong to the sentence."""
    said: str = found["issuer"]
    return said[said.find("晋市政") :] if "晋市政" in said else ""


def _serial(document: Document) -> str:
    number = _HEAD.fullmatch(_plain(document.number or ""))
    return number["serial"] if number else ""


def _arabic(text: str) -> str:
    quantity = parse_quantity(text)
    return text if quantity is None else str(quantity.amount)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _without(text: str, *spans: tuple[int, int]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text
