"""Details that people ask for and that a clause must print before it answers: a price, a form, a phone number."""

from collections.abc import Iterable

from msgspec import Struct

from policies.cursor import Cursor


class Detail(Struct, frozen=True, kw_only=True):
    """A question with one of the words ``asked`` is answered only by a clause with one of the words ``printed``."""

    detail: str
    asked: tuple[str, ...]
    printed: tuple[str, ...]


def read_details(cursor: Cursor) -> Iterable[Detail]:
    """Every detail of one file."""
    for item in cursor.items():
        fields = item.fields(["细节", "问", "条文须有"])
        yield Detail(
            detail=fields["细节"].text() if "细节" in fields else "",
            asked=fields["问"].texts() if "问" in fields else (),
            printed=fields["条文须有"].texts() if "条文须有" in fields else (),
        )
