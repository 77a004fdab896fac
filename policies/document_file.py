"""Reading a committed document file back into a Document."""

from collections.abc import Iterable

from policies.cursor import Cursor
from policies.document import Document
from policies.gazette.keys import from_plain


def read_document(cursor: Cursor) -> Iterable[Document]:
    """The document of one file, or none after a reported fault."""
    if not isinstance(cursor.value, dict):
        cursor.report("一份文件（由 policyhub gazette 写出）", "别的内容")
        return ()
    try:
        return (from_plain(cursor.value),)
    except (ValueError, KeyError, TypeError) as error:
        cursor.report("policyhub gazette 写出的文件格式", str(error))
        return ()
