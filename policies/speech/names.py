"""The short names by which people call a document: 民间投资 for 晋市政办〔2023〕19号."""

from collections.abc import Iterable

from msgspec import Struct

from policies.cursor import Cursor


class DocumentNames(Struct, frozen=True, kw_only=True):
    """The short names of one document; none names another document of the library."""

    document_id: str
    names: tuple[str, ...]
    file: str
    line: int


def read_names(cursor: Cursor) -> Iterable[DocumentNames]:
    """Every document of one file."""
    for item in cursor.items():
        fields = item.fields(["文件", "简称"])
        yield DocumentNames(
            document_id=fields["文件"].text() if "文件" in fields else "",
            names=fields["简称"].texts() if "简称" in fields else (),
            file=item.file,
            line=item.line,
        )
