"""The coverage map of a document."""

from litestar import get
from litestar.params import FromPath

from api.doc import Doc, Given, documented
from api.v1.documents import first_document
from policyhub.bootstrap import Services
from policyhub.services.coverage import CoverageView, show_coverage


def _example(services: Services) -> CoverageView:
    return show_coverage(services.snapshot, first_document(services))


@get(
    "/coverage/{document_id:path}",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="getCoverage",
            tag="文件",
            summary="一份文件的覆盖图",
            description="每一句归哪一类、编成了哪些措施，各类的字数，以及按责任单位列出的待明确之处和缺少的目录。",
            answer=CoverageView,
            name_of=first_document,
            example=_example,
            problems=(400, 404, 406),
        )
    ),
)
def get_coverage(document_id: FromPath[str], services: Given) -> CoverageView:
    return show_coverage(services.snapshot, document_id.strip("/"))
