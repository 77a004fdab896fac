"""The one table from what went wrong to a problem (RFC 9457), and the pages that explain each."""

import logging
from collections.abc import Mapping
from traceback import format_tb

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR
from msgspec import Struct

from api.doc import ApiRequest
from matcher.intake import Fault
from policyhub.limits import LimitedError
from policyhub.services.errors import EncodingError, InputError, JsonError, NotFoundError
from policyhub.storage import StorageError

logger = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"


class ProblemKind(Struct, frozen=True, kw_only=True):
    """A kind of problem: its page is ``/problems/<slug>``."""

    slug: str
    status: int
    title: str
    meaning: str
    remedy: str


class Problem(Struct, frozen=True, kw_only=True):
    """What is answered instead. ``errors`` lists every fault; ``nearest`` are ids that look alike."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Fault, ...]
    nearest: tuple[str, ...]
    library: str


def _kind(slug: str, status: int, title: str, meaning: str, remedy: str) -> ProblemKind:
    return ProblemKind(slug=slug, status=status, title=title, meaning=meaning, remedy=remedy)


KINDS: Mapping[str, ProblemKind] = {
    kind.slug: kind
    for kind in (
        _kind(
            "bad-input", 400, "请求内容有误",
            "请求读得懂，但其中有的项不存在、类型或单位不对、超出范围。errors 一次列出全部错误："
            "pointer 指出位置（/profile/… 是正文里的位置，/query/… 是地址里的参数），detail 说应为什么、实为什么。",
            "按 errors 逐项改正后重发。事实的名称、类型和可选值见 GET /v1/facts；画像的写法见 GET /v1/schemas/profile.json。",
        ),
        _kind(
            "bad-json", 400, "正文不是合法的 JSON",
            "正文不能按 JSON 读出，或同一处有两个相同的键。errors 写明第几行第几列。",
            "检查那一处的逗号、引号和括号；每个键只写一次；数写成普通的数，不写 NaN。",
        ),
        _kind("bad-encoding", 400, "正文不是 UTF-8", "正文的字节不是 UTF-8 编码。", "把文件另存为 UTF-8 再发送。"),
        _kind(
            "foreign-form", 403, "表单不是从本站的页面提交的",
            "会记下什么的表单只接受从本站页面提交的：请求头 Sec-Fetch-Site 如有，须为 same-origin 或 none；"
            "管理页面的，请求头 Origin 的主机还须与 Host 相同。什么也没有做。",
            "回到本站的页面，从那里再提交一次。前面设有代理的，请让它原样转交 Host。",
        ),
        _kind(
            "not-found", 404, "没有这个编号", "地址对，但政策库里没有这个编号的文件、条款或措施。",
            "看 nearest 里相近的编号；全部编号见 GET /v1/documents 和 GET /v1/measures。",
        ),
        _kind("no-such-address", 404, "没有这个地址", "本服务没有这个地址。", "全部地址见 /docs。"),
        _kind(
            "method-not-allowed", 405, "这个地址不接受这种方法", "例如用 GET 请求了只接受 POST 的地址。",
            "看响应头 Allow 列出的方法。",
        ),
        _kind(
            "not-acceptable", 406, "只能给出 JSON", "请求头 Accept 不含 application/json，而接口只给出 JSON。",
            "去掉 Accept，或写 Accept: application/json。",
        ),
        _kind(
            "too-large", 413, "正文太大", "正文超过了本安装允许的大小（缺省 1 MiB）。",
            "分几次发送；一次匹配最多 50 个项目、50 项资产。",
        ),
        _kind(
            "unsupported-media-type", 415, "正文须为 JSON", "请求头 Content-Type 不是 application/json。",
            "写 Content-Type: application/json；用 curl 时加 -H 'Content-Type: application/json'。",
        ),
        _kind(
            "too-many-requests", 429, "太频繁了", "同一个来源，或全部来源合计，在一小段时间里做这件事的次数超过了上限。",
            "等响应头 Retry-After 写的秒数，再试。",
        ),
        _kind("internal", 500, "服务出错", "服务自己出了错，不是请求的问题。没有泄露也没有保存所填内容。", "稍后再试；仍不行请联系运维。"),
        _kind("not-ready", 503, "服务尚未就绪", "政策库或数据库暂不可用。", "稍后再试。"),
    )
}  # fmt: skip

_BY_ERROR: Mapping[type[Exception], str] = {
    JsonError: "bad-json",
    EncodingError: "bad-encoding",
    InputError: "bad-input",
    NotFoundError: "not-found",
    LimitedError: "too-many-requests",
    StorageError: "not-ready",
}
_BY_STATUS = {
    400: "bad-input", 403: "foreign-form", 404: "no-such-address", 405: "method-not-allowed", 406: "not-acceptable",
    413: "too-large", 415: "unsupported-media-type", 429: "too-many-requests", 503: "not-ready",
}  # fmt: skip


def answer_problem(request: ApiRequest, error: Exception) -> Response[Problem]:
    """Any exception as a problem. What is not in the table is ours: logged here, and not shown."""
    kind = kind_of(error)
    log_ours(request, error, kind)
    return Response(
        Problem(
            type=f"/problems/{kind.slug}",
            title=kind.title,
            status=kind.status,
            detail=detail_of(kind, error),
            errors=error.faults if isinstance(error, InputError) else (),
            nearest=error.nearest if isinstance(error, NotFoundError) else (),
            library=request.app.state.services.snapshot.short,
        ),
        status_code=kind.status,
        media_type=PROBLEM_JSON,
        headers=headers_of(error),
    )


def kind_of(error: Exception) -> ProblemKind:
    """The row of the table for an exception."""
    slug = next((slug for known, slug in _BY_ERROR.items() if isinstance(error, known)), None)
    if slug is None and isinstance(error, HTTPException):
        slug = _BY_STATUS.get(error.status_code)
    return KINDS[slug or "internal"]


def headers_of(error: Exception) -> Mapping[str, str]:
    """What an exception says in headers: which methods are allowed, when to come again."""
    if isinstance(error, LimitedError):
        return {"Retry-After": str(error.retry_after)}
    return (error.headers or {}) if isinstance(error, HTTPException) else {}


def log_ours(request: ApiRequest, error: Exception, kind: ProblemKind) -> None:
    """An error of ours goes to the log with its route, never with an address or a value.

    So of an unforeseen one the kinds and places, not the messages: these may quote what was sent.
    """
    if kind.status == HTTP_500_INTERNAL_SERVER_ERROR:
        logger.error("%s %s\n%s", request.method, request.scope.get("path_template"), _places(error))
    elif isinstance(error, StorageError):
        logger.error("%s %s：%s", request.method, request.scope.get("path_template"), error)


def _places(error: BaseException) -> str:
    """What kind of error it is and where it arose, its causes first."""
    cause = error.__cause__ or error.__context__
    before = "" if cause is None else _places(cause)
    return f"{before}{''.join(format_tb(error.__traceback__))}{type(error).__name__}\n"


def detail_of(kind: ProblemKind, error: Exception) -> str:
    """One sentence on what went wrong."""
    if isinstance(error, InputError) and len(error.faults) == 1:
        return error.faults[0].detail
    if isinstance(error, InputError):
        return f"共 {len(error.faults)} 处，见 errors"
    if isinstance(error, NotFoundError | LimitedError):
        return str(error)
    return f"{kind.meaning}{kind.remedy}"
