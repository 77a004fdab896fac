"""Up to four cases side by side: what is filled in now, and the same with a few facts changed."""

from asyncio import to_thread
from collections.abc import Iterator, Sequence

from litestar import post
from litestar.datastructures import FormMultiDict
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.check_form import file_in, form_of, sheet_in, text_in
from api.web.check_page import carrying, hidden
from api.web.page import render
from policyhub.bootstrap import Services
from policyhub.services.scenarios import MOST, ROWS, Scenario, compare_scenarios


@post("/check/compare", status_code=200)
async def post_compare(request: ApiRequest, services: Given) -> Template:
    form = await form_of(request)
    scenarios = [await _scenario(form, number) for number in range(1, MOST + 1)]
    return await to_thread(_compared, request, services, form, scenarios)


def _compared(
    request: ApiRequest, services: Services, form: FormMultiDict, scenarios: list[Scenario]
) -> Template:
    library = services.snapshot.library
    sheet = sheet_in(library, form)
    compared = compare_scenarios(services.snapshot, services.today, sheet, scenarios)
    kinds = sheet.kinds
    facts = [fact for fact in library.vocabulary.facts.values() if fact.subject in kinds]
    return carrying(
        render(
            request,
            "check_compare.html",
            nav="check",
            scenarios=scenarios,
            fields=dict(_fields(scenarios)),
            nothing=text_in(form, "do") == "compare" and all(one.empty for one in scenarios),
            compared=compared,
            view=compared.comparison,
            facts=facts,
            **hidden(sheet),
        )
    )


async def _scenario(form: FormMultiDict, number: int) -> Scenario:
    pasted = (await file_in(form, f"file{number}")).decode(errors="replace") or text_in(
        form, f"paste{number}"
    )
    return Scenario(
        name=text_in(form, f"name{number}").strip()[:40],
        changes=tuple(
            (text_in(form, f"n{number}.{row}").strip(), text_in(form, f"v{number}.{row}").strip())
            for row in range(ROWS)
        ),
        pasted=pasted,
    )


def _fields(scenarios: Sequence[Scenario]) -> Iterator[tuple[str, str]]:
    """The scenarios as the form has them."""
    for number, one in enumerate(scenarios, start=1):
        yield f"name{number}", one.name
        yield f"paste{number}", one.pasted
        for row, (name, value) in enumerate(one.changes):
            yield f"n{number}.{row}", name
            yield f"v{number}.{row}", value
