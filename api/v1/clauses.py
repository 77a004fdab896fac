"""Clauses, word for word."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.doc import Doc, Given, documented
from policyhub.bootstrap import Services
from policyhub.services.library import show_clause
from policyhub.services.queries import DayQuery
from policyhub.services.views import ClauseView


def _first(services: Services) -> str:
    library = services.snapshot.library
    return next(iter([*library.encoded_by_id, *library.clauses]))


@get(
    "/clauses/{clause_id:path}",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="getClause",
            tag="条款",
            summary="一条条款",
            description="原文一字不差；ledger 说明每段文字属于哪一类；还没有编成规则的，encoded 为 false，ledger 为 null。",
            query=DayQuery,
            answer=ClauseView,
            name_of=_first,
            example=lambda services: show_clause(services.snapshot, _first(services), services.today()),
            problems=(400, 404, 406),
        )
    ),
)
def get_clause(clause_id: FromPath[str], services: Given, asked: NamedDependency[DayQuery]) -> ClauseView:
    return show_clause(services.snapshot, clause_id.strip("/"), asked.as_of or services.today())
