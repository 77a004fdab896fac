"""Reading pages: a document, a clause, a measure."""

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.page import permalink, render
from policyhub.services import labels
from policyhub.services.citing import ready_citation
from policyhub.services.clause_page import show_clause_page
from policyhub.services.library import show_document
from policyhub.services.library_pages import mapped_documents, openings
from policyhub.services.measure_page import show_measure_page


@get("/documents/{document_id:path}", sync_to_thread=False)
def get_document_page(request: ApiRequest, document_id: FromPath[str], services: Given) -> Template:
    view = show_document(services.snapshot, document_id.strip("/"), services.today())
    mapped = view.id in mapped_documents(services.snapshot)
    first = openings(services.snapshot, view.id)
    return render(request, "document.html", nav="library", view=view, mapped=mapped, openings=first)


@get("/clauses/{clause_id:path}", sync_to_thread=False)
def get_clause_page(request: ApiRequest, clause_id: FromPath[str], services: Given) -> Template:
    page = show_clause_page(services.snapshot, clause_id.strip("/"), services.today())
    address = permalink(request, f"/clauses/{page.clause.id}")
    citation = ready_citation(page.cited, address, services.snapshot.short, services.today())
    return render(
        request, "clause.html", nav="library", page=page, citation=citation, meanings=labels.LEDGER_MEANINGS
    )


@get("/measures/{measure_id:path}", sync_to_thread=False)
def get_measure_page(request: ApiRequest, measure_id: FromPath[str], services: Given) -> Template:
    page = show_measure_page(services.snapshot, measure_id.strip("/"), services.today())
    return render(request, "measure.html", nav="library", page=page)
