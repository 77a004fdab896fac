"""The result of the self-check, and what can be taken away: 告知单 on screen and paper, Word, Excel."""

from asyncio import to_thread
from collections.abc import Sequence

from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.response import Template
from markupsafe import Markup
from msgspec.structs import replace

from api.doc import ApiRequest, Given
from api.web.check_form import asked_in, day_in, form_of, sheet_in, text_in
from api.web.check_page import carrying, download, hidden
from api.web.page import permalink, render
from matcher.intake import EARLIEST, LATEST
from policyhub.bootstrap import Services
from policyhub.exports.excel import MEDIA_TYPE as EXCEL
from policyhub.exports.excel import excel_notice
from policyhub.exports.qr import qr_svg
from policyhub.exports.word import MEDIA_TYPE as WORD
from policyhub.exports.word import word_notice
from policyhub.services.moves import move
from policyhub.services.notice import Notice, notice
from policyhub.services.questionnaire import hanging, result_of
from policyhub.services.receipt_text import receipt_text
from policyhub.services.sheet import Sheet

# Cards of a group that are shown in full before one asks for more.
FULL = {"eligible": 40, "to_determine": 40, "ranking": 40, "missing": 8, "open": 20, "ineligible": 0}


@post("/check/result", status_code=200)
async def post_result(request: ApiRequest, services: Given) -> Template:
    """The open answer, if it is one, counts; what cannot be read of it is left out, and said so."""
    return await to_thread(_result, request, services, await form_of(request))


def _result(request: ApiRequest, services: Services, form: FormMultiDict) -> Template:
    library = services.snapshot.library
    sheet = sheet_in(library, form)
    asked = asked_in(library, form)
    unread: list[str] = []
    if any(not given.empty for given in asked.given.values()):
        moved = move(library, sheet, replace(asked, do="answer", several=True))
        sheet, unread = moved.sheet, [fault.detail for fault in moved.faults.values()]
    if wanted := text_in(form, "as_of_wanted"):
        day = day_in(form, "as_of_wanted")
        sheet = sheet if day is None else replace(sheet, as_of=day)
        unread += [f"日期应在 {EARLIEST} 到 {LATEST} 之间，实为「{wanted[:20]}」"] if day is None else []
    return result_page(request, services, sheet, text_in(form, "full"), unread)


@post("/check/notice", status_code=200)
async def post_notice(request: ApiRequest, services: Given) -> Template:
    sheet, told = await to_thread(_notice, request, services, await form_of(request))
    picture = Markup(qr_svg(told.check, told.check_label))  # noqa: S704 drawn by us, from a digest
    return carrying(
        render(request, "check_notice.html", nav="check", notice=told, picture=picture, **hidden(sheet))
    )


@post("/check/notice.docx", status_code=200)
async def post_word(request: ApiRequest, services: Given) -> Response[bytes]:
    _, told = await to_thread(_notice, request, services, await form_of(request))
    return download(await to_thread(word_notice, told), WORD, f"{told.title}.docx")


@post("/check/notice.xlsx", status_code=200)
async def post_excel(request: ApiRequest, services: Given) -> Response[bytes]:
    _, told = await to_thread(_notice, request, services, await form_of(request))
    return download(await to_thread(excel_notice, told), EXCEL, f"{told.title}.xlsx")


def result_page(
    request: ApiRequest, services: Services, sheet: Sheet, full: str = "", unread: Sequence[str] = ()
) -> Template:
    """The page of a result; ``full`` names a group to be shown with every card in full.

    ``unread`` says what was just filled in and could not be read.
    """
    found = result_of(services.snapshot, services.today, sheet)
    return carrying(
        render(
            request,
            "check_result.html",
            nav="check",
            found=found,
            hanging=hanging(services.snapshot, services.today, sheet, found.questions),
            shown={**FULL, full: 1000},
            full=full,
            unread=unread,
            receipt_line=receipt_text(found.receipt),
            **hidden(sheet),
        )
    )


def _notice(request: ApiRequest, services: Services, form: FormMultiDict) -> tuple[Sheet, Notice]:
    library = services.snapshot.library
    sheet = sheet_in(library, form)
    found = result_of(services.snapshot, services.today, sheet)
    return sheet, notice(library, found, base=permalink(request, ""))
