"""The vocabulary of facts."""

from litestar import get
from litestar.di import NamedDependency

from api.doc import Doc, Given, documented
from policyhub.services.library import list_facts
from policyhub.services.queries import FactsQuery
from policyhub.services.views import FactList


@get(
    "/facts",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="listFacts",
            tag="事实",
            summary="事实词表",
            description="画像能写的全部事实：英文键、中文名、类型、单位、可选值、怎么问、凭什么证明、由哪些事实推得。",
            query=FactsQuery,
            answer=FactList,
            example=lambda services: list_facts(services.snapshot, FactsQuery(limit=2)),
            problems=(400, 406),
        )
    ),
)
def get_facts(services: Given, asked: NamedDependency[FactsQuery]) -> FactList:
    return list_facts(services.snapshot, asked)
