"""Replaying receipts."""

from litestar import post
from litestar.params import RawBody
from msgspec import to_builtins

from api.doc import Doc, Given, documented
from api.examples import example
from policyhub.bootstrap import Services
from policyhub.services.json_text import read_json
from policyhub.services.match import match
from policyhub.services.receipts import Verification, VerifyRequest, verify


def _issued(services: Services) -> dict[str, object]:
    """A receipt that holds today, with its profile."""
    asked = example("match-brief")
    issued = match(services.snapshot, services.today, asked).receipt
    return {"receipt": to_builtins(issued), "profile": asked["profile"]}


@post(
    "/receipts/verify",
    status_code=200,
    sync_to_thread=True,
    opt=documented(
        Doc(
            id="verifyReceipt",
            tag="回执",
            summary="复核一张回执",
            description="用回执和当时的画像重新匹配：相同，或事实、规则、文本、日期、引擎中哪些不同（两边的值都给出）；"
            "被改动过的回执能看出来。给出 as_of 则按另一天重做。",
            body=VerifyRequest,
            examples=lambda services: {"复核": _issued(services)},
            answer=Verification,
            example=lambda services: verify(services.snapshot, _issued(services)),
            problems=(400, 406, 413, 415),
        )
    ),
)
def post_verify(body: RawBody, services: Given) -> Verification:
    return verify(services.snapshot, read_json(body))
