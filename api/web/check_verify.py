"""核验: whether a receipt is unaltered; with the facts it was issued for, whether the verdicts are still the same."""

from asyncio import to_thread
from typing import Any

from litestar import get, post
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.check_form import file_in, form_of, text_in
from api.web.check_page import carrying
from api.web.page import render
from policyhub.bootstrap import Services
from policyhub.services.errors import InputError
from policyhub.services.receipt_text import ReceiptCheck, check_receipt, read_receipt_text
from policyhub.services.receipts import verify
from policyhub.services.sheet import read_sheet


@get("/verify", sync_to_thread=False)
def get_verify(request: ApiRequest, services: Given) -> Template:
    return _page(request, services, request.query_params.get("r", ""), "")


@post("/verify", status_code=200)
async def post_verify(request: ApiRequest, services: Given) -> Template:
    form = await form_of(request)
    facts = (await file_in(form, "file")).decode(errors="replace") or text_in(form, "facts")
    return carrying(await to_thread(_page, request, services, text_in(form, "r"), facts))


def _page(request: ApiRequest, services: Services, line: str, facts: str) -> Template:
    """The check of the line alone, then the replay with the facts; each says its own faults."""
    check: ReceiptCheck | None = None
    told: dict[str, Any] = {"replay": None, "line_faults": (), "facts_faults": ()}
    try:
        if line.strip():
            check = check_receipt(services.snapshot, read_receipt_text(line))
    except InputError as error:
        told["line_faults"] = error.faults
    try:
        if check is not None and facts.strip():
            profile = read_sheet(services.snapshot.library, facts.encode()).profile
            told["replay"] = verify(services.snapshot, {"receipt": _plain(check), "profile": profile})
    except InputError as error:
        told["facts_faults"] = error.faults
    faulty = told["line_faults"] or told["facts_faults"]
    return render(
        request,
        "verify.html",
        nav="check",
        status=400 if faulty else 200,
        line=line,
        facts=facts,
        check=check,
        **told,
    )


def _plain(check: ReceiptCheck) -> dict[str, str]:
    receipt = check.receipt
    return {name: str(getattr(receipt, name)) for name in receipt.__struct_fields__}
