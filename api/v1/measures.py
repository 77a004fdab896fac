"""Measures with their rules."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.doc import Doc, Given, documented
from policyhub.bootstrap import Services
from policyhub.services.library import list_measures, show_measure
from policyhub.services.queries import DayQuery, MeasuresQuery
from policyhub.services.views import MeasureList, MeasureView


def _first(services: Services) -> str:
    return next(iter(services.snapshot.library.measures), "jszb-2023-19/15/land-floor-price")


@get(
    "/measures",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="listMeasures",
            tag="措施",
            summary="措施列表",
            description="可按文件、条款、种类、类别、责任单位、对象筛选；几个条件同时给出时须全部符合。",
            query=MeasuresQuery,
            answer=MeasureList,
            example=lambda services: list_measures(
                services.snapshot, MeasuresQuery(limit=1), services.today()
            ),
            problems=(400, 406),
        )
    ),
)
def get_measures(services: Given, asked: NamedDependency[MeasuresQuery]) -> MeasureList:
    return list_measures(services.snapshot, asked, asked.as_of or services.today())


@get(
    "/measures/{measure_id:path}",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="getMeasure",
            tag="措施",
            summary="一项措施",
            description="条件树（每个条件带句子和所依据的原话）、整条读法、支持内容、责任单位、待明确之处和例子。",
            query=DayQuery,
            answer=MeasureView,
            name_of=_first,
            example=lambda services: show_measure(services.snapshot, _first(services), services.today()),
            problems=(400, 404, 406),
        )
    ),
)
def get_measure(measure_id: FromPath[str], services: Given, asked: NamedDependency[DayQuery]) -> MeasureView:
    return show_measure(services.snapshot, measure_id.strip("/"), asked.as_of or services.today())
