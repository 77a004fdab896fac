"""The library as a whole, and what a profile may state."""

from typing import Any

from litestar import get
from litestar.di import NamedDependency

from api.doc import Doc, Given, documented
from policyhub.services.library import show_library
from policyhub.services.profile_schema import profile_schema
from policyhub.services.queries import DayQuery
from policyhub.services.views import LibraryView


@get(
    "/library",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="getLibrary",
            tag="政策库",
            summary="政策库概况",
            description="政策库的摘要（digest）、数量、收录的文件和开始使用的时间。",
            query=DayQuery,
            answer=LibraryView,
            example=lambda services: show_library(services.snapshot, services.today()),
            problems=(400, 406),
        )
    ),
)
def get_library(services: Given, asked: NamedDependency[DayQuery]) -> LibraryView:
    return show_library(services.snapshot, asked.as_of or services.today())


@get(
    "/schemas/profile.json",
    sync_to_thread=False,
    opt=documented(
        Doc(
            id="getProfileSchema",
            tag="事实",
            summary="画像的 JSON Schema",
            description="一份画像可以写哪些事实、各是什么类型。键可用英文名或中文名；未知的不写，或写 null。",
            problems=(400, 406),
        )
    ),
)
def get_profile_schema(services: Given) -> dict[str, Any]:
    return profile_schema(services.snapshot)
