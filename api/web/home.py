"""The front page: one search box, three doors, what is in the library and how fresh it is."""

from litestar import get
from litestar.response import Template

from api.doc import ApiRequest, Given
from api.web.page import render
from policyhub.services.library import show_library


@get("/", sync_to_thread=False)
def get_home(request: ApiRequest, services: Given) -> Template:
    return render(request, "home.html", view=show_library(services.snapshot, services.today()))
