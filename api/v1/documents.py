"""Documents and their contents."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.doc import Doc, Given, documented
from policyhub.bootstrap import Services
from policyhub.services.library import list_documents, show_document
from policyhub.services.queries import DayQuery, DocumentsQuery
from policyhub.services.views import DocumentList, DocumentView


def first_document(services: Services) -> str:
    """A document that examples may speak of: one of which something is encoded, if there is one."""
    library = services.snapshot.library
    names = [clause.id.partition("/")[0] for clause in library.encoded] or list(library.documents_by_id)
    return names[0]


@get(
    "/documents",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="listDocuments",
            tag="文件",
            summary="文件列表",
            description="按公报刊印的次序。",
            query=DocumentsQuery,
            answer=DocumentList,
            example=lambda services: list_documents(
                services.snapshot, DocumentsQuery(limit=2), services.today()
            ),
            problems=(400, 406),
        )
    ),
)
def get_documents(services: Given, asked: NamedDependency[DocumentsQuery]) -> DocumentList:
    return list_documents(services.snapshot, asked, asked.as_of or services.today())


@get(
    "/documents/{document_id:path}",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="getDocument",
            tag="文件",
            summary="一份文件及其目录",
            description="文号、标题、发文机关、日期，以及到条款一级的目录；每条注明是否已编成规则。",
            query=DayQuery,
            answer=DocumentView,
            name_of=first_document,
            example=lambda services: show_document(
                services.snapshot, first_document(services), services.today()
            ),
            problems=(400, 404, 406),
        )
    ),
)
def get_document(
    document_id: FromPath[str], services: Given, asked: NamedDependency[DayQuery]
) -> DocumentView:
    return show_document(services.snapshot, document_id.strip("/"), asked.as_of or services.today())
