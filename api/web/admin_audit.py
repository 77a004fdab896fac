"""Administration: the log of changes, and whether it is whole."""

import re

from litestar import get
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.admin_page import admin_page
from matcher.intake import Fault
from policyhub.services.admin_audit import show_log
from policyhub.services.audit import Head, verify_log
from policyhub.services.errors import InputError
from policyhub.services.slices import exact_number, read_number

_WHERE = {"口径": "/admin/answers/", "缺口": "/admin/gaps/", "标记": "/admin/flags/"}
_SUBJECT = re.compile("(口径|缺口|标记)/([0-9a-f]+)")
_HEAD = re.compile("[0-9a-f]{64}")


@get("/audit", sync_to_thread=True)
def get_audit(request: ApiRequest, services: Given) -> Template:
    view = show_log(services.desk.records.audit, read_number(request.query_params.get("page")))
    return admin_page(request, "admin_audit.html", "audit", view=view, where=where)


@get("/audit/verify", sync_to_thread=True)
def get_verify(request: ApiRequest, services: Given) -> Template:
    """Walks the whole chain; with what was noted down before, also sees lines that were cut off the end."""
    given = request.query_params
    filled = {name: given.get(name, "").strip() for name in ("number", "head")}
    try:
        known = _known(filled["number"], filled["head"].lower())
    except InputError as error:
        return admin_page(
            request, "admin_verify.html", "audit", view=None, filled=filled, known=None, faults=error.faults
        )
    view = verify_log(services.desk.records.audit, known)
    return admin_page(request, "admin_verify.html", "audit", view=view, filled=filled, known=known)


def where(subject: str) -> str:
    """The page of the record that a line is about; empty where it has none."""
    found = _SUBJECT.match(subject)
    return _WHERE[found[1]] + found[2] if found else ""


def _known(number: str, head: str) -> Head | None:
    if not number and not head:
        return None
    faults, count = [], exact_number(number)
    if count is None:
        faults.append(Fault(pointer="/number", detail="应为当时记下的行数，如 128"))
    if not _HEAD.fullmatch(head):
        faults.append(Fault(pointer="/head", detail="应为当时记下的 64 位摘要"))
    if count is None or faults:
        raise InputError(faults)
    return Head(count, head)
