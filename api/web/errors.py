"""Errors of pages are pages: what happened, and where to go from here."""

from litestar.response import Template

from api.doc import ApiRequest
from api.problems import ProblemKind, detail_of, headers_of, kind_of, log_ours
from api.web.check_page import carrying
from api.web.page import render
from policyhub.bootstrap import Services
from policyhub.limits import LimitedError
from policyhub.services.citing import words_for
from policyhub.services.errors import InputError, NotFoundError

_WHERE = {"文件": "/documents/", "条款": "/clauses/", "措施": "/measures/", "问题": "/problems/"}
_KIND_WORDS = {
    "no-such-address": ("没有这一页", "地址可能抄错了一个字，或者这一页已经改名。"),
    "not-found": ("没有这个编号", "政策库里没有这个编号；编号公布以后不会改变，可能是抄错了一处。"),
    "bad-input": ("填写的内容有误", "有的内容读不懂，请按下面的说明改正。"),
    "foreign-form": ("这个表单不是从本站提交的", "什么也没有做。请回到本站的页面，从那里再提交一次。"),
    "internal": ("服务出错了", "是我们的问题，不是您的。没有保存也没有泄露所填内容，请稍后再试。"),
    "too-many-requests": ("请稍等一会儿", "这件事做得太频繁了。"),
    "not-ready": ("服务正在准备", "政策库暂时不可用，请过一会儿再试。"),
}


def answer_page(request: ApiRequest, error: Exception) -> Template:
    """Any exception as a page."""
    kind = kind_of(error)
    log_ours(request, error, kind)
    title, said = _KIND_WORDS.get(kind.slug, (kind.title, kind.meaning))
    page = render(
        request,
        "error.html",
        status=kind.status,
        kind=kind,
        title=title,
        said=_said(kind, error, said),
        faults=error.faults if isinstance(error, InputError) else (),
        nearest=_nearest(request, error),
    )
    page.headers.update(headers_of(error))
    return page if request.method in ("GET", "HEAD") else carrying(page)


def _said(kind: ProblemKind, error: Exception, said: str) -> str:
    if isinstance(error, NotFoundError):
        return f"没有编号为「{error.name}」的{error.what}。{said}"
    if isinstance(error, InputError) and len(error.faults) > 1:
        return f"共 {len(error.faults)} 处要改："
    return detail_of(kind, error) if isinstance(error, InputError | LimitedError) else said


def _nearest(request: ApiRequest, error: Exception) -> list[tuple[str, str]]:
    if not isinstance(error, NotFoundError):
        return []
    services: Services = request.app.state.services
    library = services.snapshot.library
    return [(words_for(library, name), _WHERE.get(error.what, "/") + name) for name in error.nearest]
