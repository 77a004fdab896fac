"""The forms of the self-check: what stands in their fields, as the services take it."""

from datetime import date
from typing import Any

from litestar.datastructures import FormMultiDict, UploadFile

from api.doc import ApiRequest
from api.web.check_examples import case_text
from matcher.intake import EARLIEST, LATEST, Fault
from policies.library import Library
from policies.rules import Subject
from policyhub.services.answering import Given, read_lines
from policyhub.services.errors import EncodingError, InputError
from policyhub.services.json_text import read_json
from policyhub.services.moves import Asked
from policyhub.services.sheet import Key, Sheet, add_subject, open_sheet, read_key, read_sheet

UNSURE = "不知道"
_NOTHING = Fault(pointer="have", detail="请至少选一样：企业、项目或存量资产")
_NO_FILE = Fault(pointer="file", detail="请先选一个文件，或把文件里的字贴在下面")
_MOST = 60  # fields in one form


async def form_of(request: ApiRequest) -> FormMultiDict:
    """The form that came with a request. Raises EncodingError unless it is all UTF-8."""
    try:
        form = await request.form()
        for value in form.values():
            if isinstance(value, str):
                value.encode()
    except (UnicodeError, LookupError) as error:
        raise EncodingError([Fault(pointer="", detail="表单里的文字不是 UTF-8 编码")]) from error
    return form


def text_in(form: FormMultiDict, name: str) -> str:
    """A field as text; empty where there is none."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def day_in(form: FormMultiDict, name: str) -> date | None:
    """A day that the service answers for; anything else counts as none."""
    try:
        day = date.fromisoformat(text_in(form, name))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


async def file_in(form: FormMultiDict, name: str) -> bytes:
    """The bytes of an uploaded file; empty where none was chosen."""
    value = form.get(name)
    return await value.read() if isinstance(value, UploadFile) else b""


def sheet_in(library: Library, form: FormMultiDict) -> Sheet:
    """The sheet that travels with the form. Raises InputError when it was changed into something else."""
    profile: Any = read_json((text_in(form, "profile") or "{}").encode())
    return open_sheet(library, {"profile": profile, "as_of": text_in(form, "as_of")}, text_in(form, "trail"))


def have_in(form: FormMultiDict) -> frozenset[str]:
    """What was ticked: enterprise, project, asset."""
    return frozenset(kind.value for kind in Subject if kind.value in form.getall("have", []))


def sheet_begun(library: Library, form: FormMultiDict, file: bytes) -> Sheet:
    """A sheet from an example, a file, pasted JSON, or from written lines and what was ticked.

    Raises InputError with everything that cannot be read.
    """
    pressed = text_in(form, "from")
    text = case_text(text_in(form, "example"))
    if not text and pressed != "lines":
        text = file or text_in(form, "paste").strip().encode()
    if text:
        return read_sheet(library, text)
    if pressed == "file":
        raise InputError([_NO_FILE])
    have = have_in(form)
    lines = text_in(form, "lines")
    if not have and not lines.strip():
        raise InputError([_NOTHING])
    sheet = read_lines(library, lines)
    for kind in Subject:
        if kind.value in have and not sheet.section(kind):
            sheet = add_subject(sheet, kind)
    return sheet


def asked_in(library: Library, form: FormMultiDict) -> Asked:
    """The button that was pressed, with the fields of the open questions."""
    words = [word for word in form.getall("k", []) if isinstance(word, str)][:_MOST]
    keys = [key for word in words if (key := read_key(library.vocabulary, word)) is not None]
    return Asked(
        do=text_in(form, "do") or "answer",
        given={key: _given(form, key) for key in keys},
        several=text_in(form, "view") == "several",
        at=read_key(library.vocabulary, text_in(form, "at")),
    )


def _given(form: FormMultiDict, key: Key) -> Given:
    values = [value for value in form.getall(f"v:{key}", []) if isinstance(value, str) and value]
    return Given(
        values=tuple(value for value in values if value != UNSURE),
        text=text_in(form, f"t:{key}"),
        unsure=UNSURE in values,
    )
