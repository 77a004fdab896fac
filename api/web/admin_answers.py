"""Administration of standard answers: the list, writing beside the clause, and the way to approval by a second person."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Template
from msgspec import Struct
from msgspec.structs import replace

from api.doc import ApiRequest, Given
from api.web.admin_page import act_of, admin_page, done, given_of
from matcher.intake import Fault
from policyhub.bootstrap import Services
from policyhub.services.admin_answers import (
    OVERDUE,
    STEPS,
    offer_targets,
    show_beside,
    show_card,
    show_cards,
    take_step,
)
from policyhub.services.admin_gaps import drafted
from policyhub.services.card_checks import MOST_ANSWER, MOST_QUESTION
from policyhub.services.errors import InputError
from policyhub.services.slices import exact_number, read_number
from policyhub.services.standard_answers import Seen, edit_card, newest_version, write_card
from policyhub.storage import AnswerStatus

_LISTS = ("", *(status.value for status in AnswerStatus), OVERDUE)


class DraftForm(Struct, frozen=True, kw_only=True):
    """A card being written. ``pick`` is what was chosen from the offered clauses; ``do`` is the button."""

    target: str = ""
    pick: str = ""
    question: str = ""
    answer: str = ""
    review_by: str = ""
    version: str = ""
    do: str = "save"


class VersionForm(Struct, frozen=True, kw_only=True):
    """The version that was on the screen."""

    version: str = ""


Draft = Annotated[DraftForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Version = Annotated[VersionForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/answers", sync_to_thread=True)
def get_answers(request: ApiRequest, services: Given) -> Template:
    given, library = request.query_params, services.snapshot.library
    status = given.get("status", "")
    status = status if status in _LISTS else ""
    page = read_number(given.get("page"))
    view = show_cards(services.desk.records.answers, library, status, page, services.today())
    lists = [(word, word or "全部", view.counts[word]) for word in _LISTS]
    return admin_page(request, "admin_answers.html", "answers", view=view, listed=status, lists=lists)


@get("/answers/new", sync_to_thread=True)
def get_new(request: ApiRequest, services: Given) -> Template:
    """Empty, for a clause or measure, or for a gap, whose words come from the records and stand in no address."""
    given = request.query_params
    filled = DraftForm(target=given.get("target", ""))
    if given.get("gap"):
        number = exact_number(given["gap"]) or 0
        begun = drafted(services.desk.records, services.snapshot, number, services.today())
        filled = replace(filled, **begun, do="find")
    return _form(request, services, filled, "")


@post("/answers/new", sync_to_thread=True, status_code=303)
def post_new(request: ApiRequest, services: Given, data: Draft) -> Response[Any]:
    data = _picked(data)
    if data.do == "find":
        return _form(request, services, data, "")
    try:
        written = write_card(
            services.desk.records.answers, services.snapshot.library, _given(data), act_of(request, services)
        )
    except InputError as error:
        return _form(request, services, data, "", error)
    return done(f"/admin/answers/{written.id}")


@get("/answers/{name:str}", sync_to_thread=True)
def get_answer(request: ApiRequest, name: FromPath[str], services: Given) -> Template:
    return _page(request, services, name)


@get("/answers/{name:str}/edit", sync_to_thread=True)
def get_edit(request: ApiRequest, name: FromPath[str], services: Given) -> Template:
    newest = newest_version(services.desk.records.answers, name)
    filled = DraftForm(
        target=newest.target,
        question=newest.question,
        answer=newest.answer,
        review_by=newest.review_by.isoformat(),
        version=str(newest.version),
    )
    return _form(request, services, filled, name)


@post("/answers/{name:str}/edit", sync_to_thread=True, status_code=303)
def post_edit(request: ApiRequest, name: FromPath[str], services: Given, data: Draft) -> Response[Any]:
    data = _picked(data)
    if data.do == "find":
        return _form(request, services, data, name)
    store, act = services.desk.records.answers, act_of(request, services)
    try:
        edit_card(store, services.snapshot.library, _seen(name, data.version), _given(data), act)
    except InputError as error:
        return _form(request, services, data, name, error)
    return done(f"/admin/answers/{name}")


@post("/answers/{name:str}/{step:str}", sync_to_thread=True, status_code=303)
def post_step(
    request: ApiRequest, name: FromPath[str], step: FromPath[str], services: Given, data: Version
) -> Response[Any]:
    """Submit, approve or withdraw the version that was on the screen."""
    store, act = services.desk.records.answers, act_of(request, services)
    if step not in STEPS:
        raise NotFoundException
    try:
        take_step(store, services.snapshot.library, step, _seen(name, data.version), act)
    except InputError as error:
        return _page(request, services, name, error)
    return done(f"/admin/answers/{name}")


def _seen(name: str, version: str) -> Seen:
    """Raises InputError: where a form does not say which version was on the screen, none is guessed."""
    number = exact_number(version)
    if number is None:
        detail = f"应为屏幕上这一版的版次，如 2，实为「{version[:40]}」；请重新打开这一页再做"
        raise InputError([Fault(pointer="/version", detail=detail)])
    return Seen(name, number)


def _page(request: ApiRequest, services: Services, name: str, error: InputError | None = None) -> Template:
    view = show_card(services.desk.records.answers, services.snapshot.library, name, services.today())
    return admin_page(
        request, "admin_answer.html", "answers", view=view, faults=error.faults if error else ()
    )


def _form(
    request: ApiRequest, services: Services, filled: DraftForm, name: str, error: InputError | None = None
) -> Template:
    beside = show_beside(services.snapshot.library, filled.target)
    words = "" if beside else filled.target or (filled.question if filled.do == "find" else "")
    return admin_page(
        request,
        "admin_answer_form.html",
        "answers",
        faults=error.faults if error else (),
        filled=filled,
        name=name,
        beside=beside,
        words=words,
        offers=offer_targets(services.snapshot, words, services.today()),
        today=services.today(),
        most={"question": MOST_QUESTION, "answer": MOST_ANSWER},
    )


def _picked(data: DraftForm) -> DraftForm:
    return replace(data, target=(data.pick or data.target).strip(), pick="")


def _given(data: DraftForm) -> Any:
    return given_of(target=data.target, question=data.question, answer=data.answer, review_by=data.review_by)
