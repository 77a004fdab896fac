"""What a person types for a clause or a measure: 19号15条, 20号（十二）, 晋市政办〔2023〕19号第15条, an id."""

import re
import unicodedata

from policies.document import Document
from policies.library import Library
from policies.quantity import parse_quantity

_NUMERALS = "零〇一二三四五六七八九十百"
_CITATION = re.compile(
    r"^(?P<issuer>[^\d〔\[(]*?)(?:[〔\[(]?(?P<year>20\d\d)[〕\])]?年?)?(?:第)?(?P<serial>\d+)号(?P<rest>.*)$"
)
_STEP = re.compile(rf"\d+|[{_NUMERALS}]+")


def find_cited(text: str, library: Library) -> str | None:
    """The id of the clause or measure that ``text`` cites; ``None`` when it cites none of the library."""
    known = (library.clauses, library.measures)
    return next((name for name in spelled_ids(text, library) if any(name in ids for ids in known)), None)


def spelled_ids(text: str, library: Library) -> list[str]:
    """The ids that ``text`` may mean, whether or not the library has them; the likeliest first."""
    typed = text.strip()
    found = _CITATION.match(_plain(typed))
    steps = _steps(found["rest"]) if found else []
    if found is None or not steps:
        return [typed]
    documents = [document for document in library.documents if _is(document, found)]
    return [f"{document.id}/{form}{'.'.join(steps)}" for document in documents for form in ("", "s")] or [
        typed
    ]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _steps(text: str) -> list[str]:
    """``第十五条`` and ``(十五)`` are 15; ``三(一)`` is 3 and 1."""
    quantities = [parse_quantity(step) for step in _STEP.findall(text)]
    return [str(quantity.amount) for quantity in quantities if quantity is not None]


def _is(document: Document, found: re.Match[str]) -> bool:
    number = _plain(document.number or "")
    parts = _CITATION.match(number)
    return (
        parts is not None
        and parts["serial"] == found["serial"]
        and found["year"] in (None, parts["year"])
        and found["issuer"] in ("", parts["issuer"])
    )
