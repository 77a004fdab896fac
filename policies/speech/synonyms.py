"""What officials, bosses and callers say, and the words that the clauses write for it."""

from collections.abc import Iterable

from msgspec import Struct

from policies.cursor import Cursor


class Synonym(Struct, frozen=True, kw_only=True):
    """Spellings that people use, the clauses' own words, and a query that must lead to one of the clauses."""

    said: tuple[str, ...]
    written: tuple[str, ...]
    trial: str
    clauses: tuple[str, ...]
    file: str
    line: int


def read_synonyms(cursor: Cursor) -> Iterable[Synonym]:
    """Every entry of one file."""
    for item in cursor.items():
        fields = item.fields(["说法", "条文词", "试", "条款"])
        yield Synonym(
            said=fields["说法"].texts() if "说法" in fields else (),
            written=fields["条文词"].texts() if "条文词" in fields else (),
            trial=fields["试"].text() if "试" in fields else "",
            clauses=fields["条款"].texts() if "条款" in fields else (),
            file=item.file,
            line=item.line,
        )


def read_fillers(cursor: Cursor) -> tuple[str, ...]:
    """Words that carry no meaning for a search."""
    return cursor.texts()
