"""Administration in a browser: from a draft to what the desk shows, by keyboard and without script, in every state."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from policies.library import Library
from policyhub import clock
from policyhub.admin_keys import AdminKey, key_digest
from policyhub.bootstrap import open_desk
from policyhub.services.acting import Act
from policyhub.services.flags import raise_flag
from policyhub.services.gaps import note_gap
from policyhub.services.standard_answers import (
    Seen,
    approve_card,
    cards_for,
    edit_card,
    submit_card,
    write_card,
)
from policyhub.storage import Records, open_storage
from tests.api.conftest import services_over
from tests.browser.rules import broken_rules
from tests.sample import AS_OF
from tests.services.application import served

KEYS = {"张三": "phk_zhang", "李四": "phk_li"}
MEASURE = "jszb-2023-19/15/land-floor-price"


class Office(NamedTuple):
    """An address, the records behind it, and a card with a history."""

    address: str
    records: Records
    card: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, packaged_library: Library) -> Iterator[Office]:
    """Administration with something in every list."""
    storage = open_storage(f"sqlite:///{tmp_path_factory.mktemp('office')}/records.sqlite3")
    keys = [AdminKey(name=name, digest=key_digest(key)) for name, key in KEYS.items()]
    services = services_over(packaged_library, max_body_bytes=1 << 20)
    services = replace(services, desk=open_desk(storage.records, None, keys))
    card = filled(storage.records, packaged_library)
    with served(services) as address:
        yield Office(address, storage.records, card)
    storage.close()


def filled(records: Records, library: Library) -> str:
    """A long list of gaps, a flag, and a card approved, edited and pending; its id."""

    def by(who: str) -> Act:
        return Act(who=who, now=clock.now(), today=AS_OF)

    for number in range(60):
        note_gap(records.gaps, f"第{number}种问法，高新技术企业怎样申请", AS_OF - timedelta(number))
    raise_flag(records, library, {"target": MEASURE, "reason": "牵头单位已经改名"}, by("坐席"))
    draft = {
        "target": MEASURE,
        "question": "工业用地底价怎么定？",
        "answer": "按条款办理。",
        "review_by": "2023-12-31",
    }
    first = write_card(records.answers, library, draft, by("张三"))
    submit_card(records.answers, Seen(first.id, 1), by("张三"))
    approve_card(records.answers, library, Seen(first.id, 1), by("李四"))
    edit_card(
        records.answers,
        library,
        Seen(first.id, 1),
        draft | {"answer": "按条款办理，不能承诺价格。"},
        by("张三"),
    )
    submit_card(records.answers, Seen(first.id, 2), by("张三"))
    return first.id


def sign_in(page: Page, office: Office, name: str) -> None:
    """By the keyboard alone."""
    page.goto(f"{office.address}/admin")
    page.get_by_label("您的钥匙").fill(KEYS[name])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="等着办的")).to_be_visible()


def test_a_card_goes_from_one_person_to_another_to_the_desk(
    browser: Browser, office: Office, packaged_library: Library
) -> None:
    """Found, written with a fault, corrected, submitted; approved by somebody else. No script anywhere."""
    question = "工业项目土地出让底价是多少？"
    author = browser.new_context(java_script_enabled=False).new_page()
    sign_in(author, office, "张三")
    author.goto(f"{office.address}/admin/answers/new")
    author.get_by_label("条款或措施").fill("19号15条")
    author.keyboard.press("Enter")
    author.get_by_role("radio", name="出让底价按最低价标准").check()
    author.get_by_role("button", name="看所选的原文").click()
    expect(author.get_by_text("对支持类工业项目土地出让底价按最低价标准的 70％执行")).to_be_visible()
    author.get_by_label("问题", exact=True).fill(question)
    author.get_by_label("口径", exact=True).fill("支持类工业项目按最低价标准的 60％ 执行。")
    author.get_by_label("复核日期").fill("2023-12-31")
    author.get_by_role("button", name="存为草稿").click()
    expect(author.get_by_role("alert")).to_contain_text("「60」不是条款里印有的数")
    expect(author.get_by_label("问题", exact=True)).to_have_value(question)
    author.get_by_label("口径", exact=True).fill("支持类工业项目按最低价标准的 70％ 执行。")
    author.get_by_role("button", name="存为草稿").click()
    author.get_by_role("button", name="送审").click()
    expect(author.get_by_text("须请另一位同事核准")).to_be_visible()
    address = author.url

    other = browser.new_context(java_script_enabled=False).new_page()
    sign_in(other, office, "李四")
    other.goto(f"{office.address}/admin/answers?status=待审")
    other.get_by_role("link", name=question).click()
    assert other.url == address
    other.get_by_role("button", name="核准第 1 版").click()
    expect(other.get_by_role("article", name="第 1 版")).to_contain_text("已核准")

    cards = cards_for(office.records.answers, packaged_library, MEASURE, AS_OF)
    assert question in [card.version.question for card in cards]
    for page in (author, other):
        page.context.close()


def states(office: Office) -> list[str]:
    """Every page, full, empty, filtered to nothing."""
    card = f"/admin/answers/{office.card}"
    return [
        "/admin",
        "/admin/gaps",
        "/admin/gaps?status=已解决&unit=市财政局",
        "/admin/gaps/1",
        "/admin/gaps/replay",
        "/admin/flags",
        "/admin/flags?status=不成立",
        "/admin/flags/1",
        "/admin/answers",
        "/admin/answers?status=到期待复核",
        "/admin/answers/new",
        "/admin/answers/new?gap=2",
        f"/admin/answers/new?target={MEASURE}",
        card,
        f"{card}/edit",
        "/admin/audit",
        "/admin/audit/verify",
        "/admin/audit/verify?number=x&head=y",
        "/admin/session",
        "/admin/gaps/999",
    ]


def test_no_rule_is_broken_in_any_state(page: Page, office: Office) -> None:
    """Axe in every way of showing, and no sideways scrolling."""
    sign_in(page, office, "张三")
    broken = {}
    for path in states(office):
        page.goto(office.address + path)
        if found := broken_rules(page):
            broken[path] = found

    assert broken == {}


def test_a_form_with_faults_breaks_no_rule(page: Page, office: Office) -> None:
    """The faults are announced and linked to their fields."""
    sign_in(page, office, "张三")
    for path, button in (
        ("/admin/answers/new", "存为草稿"),
        ("/admin/flags/1", "记下"),
        ("/admin/gaps/1", "派出"),
    ):
        page.goto(office.address + path)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert broken_rules(page) == [], path
    page.goto(f"{office.address}/admin/answers/new")
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_role("alert").get_by_role("link", name="问题").click()
    expect(page.get_by_label("问题", exact=True)).to_be_in_viewport()


def test_the_sheet_is_a_file(page: Page, office: Office, tmp_path: Path) -> None:
    """With a name that says the days."""
    sign_in(page, office, "张三")
    page.goto(f"{office.address}/admin/gaps?since=2023-06-01&until=2023-07-01")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载周表").click()
    waiting.value.save_as(tmp_path / "sheet.xlsx")

    assert waiting.value.suggested_filename == "缺口周表 2023-06-01 至 2023-07-01.xlsx"
    assert (tmp_path / "sheet.xlsx").read_bytes().startswith(b"PK")


def test_signing_out_leaves_nothing_behind(page: Page, office: Office) -> None:
    """Going back shows no page of administration."""
    sign_in(page, office, "张三")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("您的钥匙")).to_be_visible()
    page.go_back()

    expect(page.get_by_label("您的钥匙")).to_be_visible()
    assert page.context.cookies() == []
