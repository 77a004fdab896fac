"""企业自测 by its forms: each page, each error, nothing lost and nothing kept."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.web.check_examples import cases
from policyhub.services.json_text import read_json

Client = TestClient[Litestar]
ROOT = Path(__file__).parents[2]


def carried(page: str) -> dict[str, str]:
    """What the form of a page carries on."""
    fields = re.findall(r'<input type="hidden" name="(profile|trail|as_of|view|at|k)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields}


def profile_of(page: str) -> Any:
    """The profile that a page carries."""
    return json.loads(carried(page)["profile"])


def begin(client: Client, *have: str) -> str:
    """The first question for what somebody has."""
    return client.post("/check/start", data={"have": list(have)}).text


def press(client: Client, page: str, do: str, **fields: str | list[str]) -> str:
    """The page that a button of a page leads to."""
    response = client.post("/check/ask", data={**carried(page), "do": do, **fields})
    assert response.status_code == 200, response.text[:300]
    assert response.headers["cache-control"] == "no-store"
    return response.text


def test_the_first_page_says_what_is_kept_and_offers_cases(packaged_client: Client) -> None:
    """At least ten local cases, each of which leads to a result."""
    page = packaged_client.get("/check").text

    assert "服务器上什么也不留" in page
    assert len(cases()) >= 10
    for case in cases():
        found = packaged_client.post("/check/start", data={"example": case.id})
        assert case.name in page
        assert found.status_code == 200
        assert "自测结果" in found.text


def test_cases_are_the_examples_of_the_project() -> None:
    """Copied with the pages, word for word."""
    folder = ROOT / "api" / "web" / "examples" / "check"
    for case in cases():
        [source] = [
            *(ROOT / "examples").glob(f"{case.id}.json"),
            *(ROOT / "examples" / "projects").glob(f"{case.id}.json"),
        ]
        assert read_json((folder / f"{case.id}.json").read_bytes()) == read_json(source.read_bytes()), case.id


def test_to_have_nothing_is_a_fault_that_loses_nothing(packaged_client: Client) -> None:
    """Written lines stay, with every fault at once."""
    nothing = packaged_client.post("/check/start", data={})
    wrong = packaged_client.post("/check/start", data={"lines": "所有制：民企\n胡说：1\n建设地点：泽洲县"})

    assert nothing.status_code == 400
    assert "请至少选一样" in nothing.text
    assert "第 2 行" in wrong.text
    assert "最接近的是：泽州县" in wrong.text
    assert "所有制：民企\n胡说：1" in wrong.text


def test_lines_are_understood(packaged_client: Client) -> None:
    """With units and aliases, for the subjects they speak of."""
    page = packaged_client.post("/check/start", data={"lines": "所有制：民企\n上年实际投资额: 2亿"}).text

    assert profile_of(page) == {"enterprise": {"所有制": "民企"}, "projects": [{"上年实际投资额": "2亿"}]}
    assert "由所填的“民企”对应" in page


def test_an_answer_settles_and_says_what(packaged_client: Client) -> None:
    """The next question comes with counts and with what the answer settled."""
    first = begin(packaged_client, "enterprise")
    second = press(packaged_client, first, "answer", **{"v:enterprise.ownership@0": "民营企业"})

    assert "企业是民营、国有" in first
    assert "为什么问" in first
    assert re.search(r"再答 \d 题可定 \d+ 项", first)
    assert re.search(r"刚才这一答，定下 \d+ 项", second)
    assert profile_of(second) == {"enterprise": {"所有制": "民营企业"}}


def test_not_knowing_is_an_answer_and_is_not_asked_again(packaged_client: Client) -> None:
    """It is null in the profile; it can be asked for again."""
    page = begin(packaged_client, "enterprise")
    page = press(packaged_client, page, "unsure")

    assert profile_of(page) == {"enterprise": {"所有制": None}}
    assert carried(page)["at"] != "enterprise.ownership@0"
    assert "不知道" in page
    again = press(packaged_client, page, "ask:enterprise.ownership@0")
    assert carried(again)["at"] == "enterprise.ownership@0"


def test_going_back_loses_nothing(packaged_client: Client) -> None:
    """The answer before is shown as it was given, and all others stand."""
    page = begin(packaged_client, "enterprise")
    page = press(packaged_client, page, "answer", **{"v:enterprise.ownership@0": "民营企业"})
    page = press(packaged_client, page, "unsure")
    said = profile_of(page)
    back = re.search(r'value="(ask:[^"]+)" hx-post="/check/ask">上一题', page)
    assert back is not None
    page = press(packaged_client, page, back[1])
    back = re.search(r'value="(ask:[^"]+)" hx-post="/check/ask">上一题', page)
    assert back is not None
    page = press(packaged_client, page, back[1])

    assert profile_of(page) == said
    assert 'value="民营企业" checked' in page


def test_an_empty_answer_is_a_fault(packaged_client: Client) -> None:
    """At the field, and the question stays."""
    first = begin(packaged_client, "enterprise")
    page = press(packaged_client, first, "answer")

    assert "请选一项；说不准的，选“不知道”" in page
    assert carried(page)["at"] == carried(first)["at"]


def test_words_that_fit_nothing_get_the_three_nearest(packaged_client: Client) -> None:
    """What was typed stays; one of the nearest is one press away."""
    page = press(packaged_client, begin(packaged_client, "project"), "ask:project.place@0")
    page = press(packaged_client, page, "answer", **{"t:project.place@0": "泽洲县"})

    assert "没有对上" in page
    assert 'value="泽洲县"' in page
    near = re.findall(r'value="(near:project\.place@0:[^"]+)"', page)
    assert len(near) == 3
    page = press(packaged_client, page, near[0])
    assert profile_of(page) == {"projects": [{"建设地点": "泽州县"}]}


def test_a_number_with_a_wrong_unit_is_a_fault(packaged_client: Client) -> None:
    """With what was expected; a right one is echoed."""
    page = press(packaged_client, begin(packaged_client, "project"), "ask:project.last_year_investment@0")
    wrong = press(packaged_client, page, "answer", **{"t:project.last_year_investment@0": "60亩"})
    right = press(packaged_client, page, "answer", **{"t:project.last_year_investment@0": "20000万元"})

    assert "应为金额，如 3亿元" in wrong
    assert 'value="60亩"' in wrong
    assert "20000万元 = 2亿元" in right


def test_several_at_once(packaged_client: Client) -> None:
    """Empty ones are passed over, wrong ones are told together, good ones count."""
    page = press(packaged_client, begin(packaged_client, "enterprise", "project"), "view:several")
    keys = re.findall(r'name="k" value="([^"]+)"', page)
    after = press(
        packaged_client,
        page,
        "answer",
        k=keys,
        **{"v:enterprise.ownership@0": "民营企业", "t:project.project_type@0": "完全对不上的说法甲乙丙"},
    )

    assert len(keys) > 4
    assert "有 1 处要改" in after
    assert profile_of(after)["enterprise"] == {"所有制": "民营企业"}
    assert "完全对不上的说法甲乙丙" in after


def test_subjects_come_and_go(packaged_client: Client) -> None:
    """The last one stays."""
    page = press(packaged_client, begin(packaged_client, "project"), "add:project")
    assert profile_of(page) == {"projects": [{}, {}]}
    page = press(packaged_client, page, "ask:project.industrial@1")
    page = press(packaged_client, page, "answer", **{"v:project.industrial@1": "是"})
    page = press(packaged_client, page, "drop:project:0")
    assert profile_of(page) == {"projects": [{"工业项目": True}]}
    assert carried(page)["trail"] == "project.industrial@0"
    page = press(packaged_client, page, "drop:project:0")
    assert profile_of(page) == {"projects": [{"工业项目": True}]}


@pytest.mark.parametrize(
    "do", ["", "nothing", "ask:x", "ask:project.place@9", "drop:project:x", "near:x:y", "add:x"]
)
def test_a_button_that_does_not_exist_does_nothing(packaged_client: Client, do: str) -> None:
    """The question is shown again."""
    page = begin(packaged_client, "project")

    assert profile_of(press(packaged_client, page, do or "x")) == {"projects": [{}]}


def test_it_stops_by_itself(packaged_client: Client) -> None:
    """Every question is asked once, and then there is none."""
    page, asked = begin(packaged_client, "asset"), []
    while (at := carried(page).get("at")) is not None and at not in asked:
        asked.append(at)
        page = press(packaged_client, page, "unsure")

    assert len(asked) == len(set(asked)) > 20
    assert "问完了" in page


def test_what_is_filled_in_can_be_saved_and_opened(packaged_client: Client) -> None:
    """As a request of the API; opening it goes on where it stopped."""
    page = press(
        packaged_client,
        begin(packaged_client, "enterprise"),
        "answer",
        **{"v:enterprise.ownership@0": "民营企业"},
    )
    page = press(packaged_client, page, "unsure")
    file = packaged_client.post("/check/profile.json", data=carried(page))
    opened = packaged_client.post("/check/start", data={"paste": file.text}).text
    uploaded = packaged_client.post("/check/start", files={"file": ("x.json", file.content)}).text

    assert file.headers["content-disposition"].startswith("attachment")
    assert packaged_client.post("/v1/match", json=file.json()).status_code == 200
    assert profile_of(opened) == profile_of(uploaded) == profile_of(page)
    assert carried(opened)["at"] == carried(page)["at"]


def test_words_are_understood_while_they_are_typed(packaged_client: Client) -> None:
    """A fragment for the script."""

    def told(key: str, text: str) -> str:
        return packaged_client.post("/check/understood", data={"key": key, f"t:{key}": text}).text

    assert "理解为：2亿元 = 2亿元" not in told("project.last_year_investment@0", "2亿元")
    assert "2亿 = 2亿元" in told("project.last_year_investment@0", "2亿")
    assert "最接近的：泽州县" in told("project.place@0", "泽洲县")
    assert "民营企业" in told("enterprise.ownership@0", "民企")
    assert '<p id="echo"></p>' in told("x", "y")


def test_the_result_has_every_finding(packaged_client: Client) -> None:
    """Whole cards, or a line with the reason; kindly."""
    page = packaged_client.post("/check/start", data={"example": "gaoping-equipment-park"}).text
    anchors = re.findall(r'id="(jszb-2023-[^"]+)"', page)

    assert len(anchors) == len(set(anchors)) == 213
    for words in ("还缺：", "条文要的是：", "金额未载明", "没有填写", "责任单位", "下一题", "这是预判"):
        assert words in page
    assert "check_code.html" not in page
    full = packaged_client.post("/check/result", data={**carried(page), "full": "ineligible"}).text
    assert "差距" in full


def test_the_result_can_be_asked_for_another_day(packaged_client: Client) -> None:
    """A day that is none changes nothing."""
    page = packaged_client.post("/check/start", data={"example": "keyuan-solar"}).text
    early = packaged_client.post("/check/result", data={**carried(page), "as_of_wanted": "2023-05-01"}).text
    odd = packaged_client.post("/check/result", data={**carried(page), "as_of_wanted": "x"}).text

    assert "按 2023年5月1日 的条文对照" in early
    assert carried(early)["as_of"] == "2023-05-01"
    assert carried(odd)["as_of"] == carried(page)["as_of"]


def test_a_day_before_the_documents_is_said(packaged_client: Client) -> None:
    """On the page and on the sheet; not on a later day."""
    form = carried(packaged_client.post("/check/start", data={"example": "keyuan-solar"}).text)
    early = packaged_client.post("/check/result", data={**form, "as_of_wanted": "2022-01-01"}).text
    sheet = packaged_client.post("/check/notice", data=carried(early)).text

    assert "所问日期（2022年1月1日）早于" in early
    assert "所问日期（2022年1月1日）早于" in sheet
    assert "所问日期" not in packaged_client.post("/check/result", data=form).text


def test_an_open_answer_counts_when_one_stops(packaged_client: Client) -> None:
    """The field that is filled in when the result is asked for."""
    page = begin(packaged_client, "enterprise")
    found = packaged_client.post(
        "/check/result", data={**carried(page), "v:enterprise.ownership@0": "民营企业"}
    ).text

    assert profile_of(found) == {"enterprise": {"所有制": "民营企业"}}


def test_what_hangs_on_not_knowing_is_said(packaged_client: Client) -> None:
    """In the result, one press from being answered."""
    page = press(packaged_client, begin(packaged_client, "enterprise"), "unsure")
    found = packaged_client.post("/check/result", data=carried(page)).text

    assert "1 项您说不知道" in found
    assert 'value="ask:enterprise.ownership@0"' in found


def test_the_notice_on_paper_in_word_and_in_excel(packaged_client: Client) -> None:
    """With a picture to verify it, and never stored."""
    form = carried(packaged_client.post("/check/start", data={"example": "keyuan-solar"}).text)
    sheet = packaged_client.post("/check/notice", data=form)
    word = packaged_client.post("/check/notice.docx", data=form)
    excel = packaged_client.post("/check/notice.xlsx", data=form)

    assert "政策适用情况告知单" in sheet.text
    assert "<svg" in sheet.text
    assert re.search(r'<td data-label="对照情况">还缺：[^<]+</td>', sheet.text)
    assert re.search(r'<td data-label="理解为">[^<]+<br>推得：[^<]+</td>', sheet.text)
    assert re.search(r'<th scope="row">原文</th><td>“[^<]+”</td>', sheet.text)
    assert "style=" not in sheet.text
    for response in (sheet, word, excel):
        assert response.headers["cache-control"] == "no-store"
    assert word.content[:2] == excel.content[:2] == b"PK"


def test_cases_are_compared(packaged_client: Client) -> None:
    """What differs, by name; what cannot be read is told at its case and not counted."""
    form = carried(packaged_client.post("/check/start", data={"example": "gaoping-equipment-park"}).text)
    start = packaged_client.post("/check/compare", data=form).text
    changes = {
        "name1": "多建宿舍",
        "n1.0": "项目.配套用地面积",
        "v1.0": "30亩",
        "n2.0": "没有这项",
        "paste3": "{",
    }
    page = packaged_client.post("/check/compare", data={**form, **changes}).text

    assert "不一样的地方" not in start
    for words in ("多建宿舍", "21亩", "30亩", "按现有信息暂不符合", "没有名为「没有这项」", "没有算进来"):
        assert words in page
    other = packaged_client.post(
        "/check/compare", data={**form, "paste1": '{"enterprise": {"所有制": "国企"}}'}
    ).text
    assert "没有这个对象" in other


def test_comparing_nothing_or_too_much_is_said(packaged_client: Client) -> None:
    """Only when one asked for it; and not half of it is taken."""
    form = carried(packaged_client.post("/check/start", data={"example": "keyuan-solar"}).text)
    opened = packaged_client.post("/check/compare", data=form).text
    asked = packaged_client.post("/check/compare", data={**form, "do": "compare"}).text
    both = {"n1.0": "项目.总投资", "v1.0": "2亿", "paste1": "{}"}

    assert "还没有可比的" not in opened
    assert "还没有可比的" in asked
    assert "只能用一样" in packaged_client.post("/check/compare", data={**form, **both}).text


def test_comparing_says_what_has_no_subject_or_no_value(packaged_client: Client) -> None:
    """One fault a change."""
    form = carried(begin(packaged_client, "enterprise"))
    changes = {
        "n1.0": "项目.工业项目",
        "v1.0": "是",
        "n1.1": "登记地",
        "v1.1": "泽洲县",
        "n2.0": "从业人员",
        "v2.0": "",
    }
    page = packaged_client.post("/check/compare", data={**form, **changes}).text

    assert "说的对象没有填" in page
    assert "最接近的是：泽州县" in page
    assert "改的这些不影响任何一项结论" in page


def test_a_receipt_is_verified(packaged_client: Client) -> None:
    """Alone, with its facts, with other facts, altered, unreadable."""
    page = packaged_client.post("/check/start", data={"example": "keyuan-solar"}).text
    line = re.search(r'/verify\?r=([^"]+)"', page)
    assert line is not None
    facts = carried(page)["profile"]

    def told(status: int = 200, **form: str) -> str:
        response = packaged_client.post("/verify", data=form)
        assert response.status_code == status
        return response.text

    assert "回执没有改动" in packaged_client.get("/verify", params={"r": line[1]}).text
    assert "重算的结论相同" in told(r=line[1], facts=facts)
    assert "事实变了，结论也变了" in told(r=line[1], facts=facts.replace("民企", "国企"))
    assert "回执被改动过" in told(r=line[1][:-1] + ("0" if line[1][-1] != "0" else "1"))
    assert "不是回执" in told(400, r="R2.x")
    assert "不是合法的 JSON" in told(400, r=line[1], facts="{") or "第 1 行" in told(
        400, r=line[1], facts="{"
    )
    assert "核验回执" in packaged_client.get("/verify").text


def test_a_form_that_was_tampered_with_is_a_page(packaged_client: Client) -> None:
    """400 in HTML; an address of a step leads to the start."""
    for profile in ("{", "[]", '{"x": 1}', '{"enterprise": {"所有制": 7}}'):
        response = packaged_client.post("/check/ask", data={"profile": profile})
        assert response.status_code == 400, profile
        assert response.headers["content-type"].startswith("text/html")
        assert response.headers["cache-control"] == "no-store"
    opened = packaged_client.get("/check/result", follow_redirects=False)
    assert opened.status_code == 200
    assert "刚才填的没有送到" in opened.text
    assert "刚才填的没有送到" not in packaged_client.get("/check").text


@pytest.mark.parametrize(
    ("media_type", "value"),
    [
        ("multipart/form-data; boundary=b", b"\xff\xfe"),
        ("multipart/form-data; boundary=b; charset=foo", b"x"),
        ("multipart/form-data; boundary=b; charset=unicode_escape", rb"\ud800"),
    ],
)
@pytest.mark.parametrize("path", ["/check/start", "/check/ask", "/check/compare", "/verify"])
def test_a_form_in_another_encoding_is_refused(
    packaged_client: Client, path: str, media_type: str, value: bytes
) -> None:
    """With words for a person, whatever the part claims to be."""
    charset = media_type.partition("; charset=")[2]
    kind = f"Content-Type: text/plain; charset={charset}\r\n".encode() if charset else b""
    parts = [b'--b\r\nContent-Disposition: form-data; name="%b"\r\n%b\r\n%b\r\n' % (name, kind, value)
             for name in (b"lines", b"paste", b"profile", b"r", b"paste1")]  # fmt: skip
    response = packaged_client.post(
        path, content=b"".join(parts) + b"--b--\r\n", headers={"content-type": media_type}
    )

    assert response.status_code == 400
    assert "UTF-8" in response.text


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/verify", {"r": "http://[x"}),
        ("/preferences", {"large": "on", "back": "//[x"}),
        ("/check/ask", {"profile": '{"projects": [{}, {}]}', "do": f"drop:project:{'9' * 5000}"}),
    ],
)
def test_nonsense_is_no_fault_of_ours(packaged_client: Client, path: str, form: dict[str, str]) -> None:
    """Addresses that are none, numbers without end."""
    assert packaged_client.post(path, data=form, follow_redirects=False).status_code < 500


def test_a_picture_holds_no_endless_address(packaged_client: Client) -> None:
    """The receipt alone is in it then."""
    form = carried(packaged_client.post("/check/start", data={"example": "keyuan-solar"}).text)
    sheet = packaged_client.post("/check/notice", data=form, headers={"host": "x" * 3000})

    assert sheet.status_code == 200
    assert "<svg" in sheet.text


def test_subjects_are_never_lost_by_adding_one(packaged_client: Client) -> None:
    """Up to as many as the API takes; then there is no button."""
    thirty = {"profile": json.dumps({"projects": [{}] * 30})}
    more = packaged_client.post("/check/ask", data={**thirty, "do": "add:project"}).text
    most = packaged_client.post("/check/ask", data={"profile": json.dumps({"projects": [{}] * 50})}).text

    assert len(profile_of(more)["projects"]) == 31
    assert 'value="add:project"' in more
    assert 'value="add:project"' not in most
    assert 'value="add:enterprise"' in most


def test_what_was_ticked_stays_ticked(packaged_client: Client) -> None:
    """Beside a line that could not be read."""
    page = packaged_client.post(
        "/check/start", data={"have": ["enterprise", "asset"], "lines": "无此事：1"}
    ).text

    assert re.findall(r'name="have" value="(\w+)" checked', page) == ["enterprise", "asset"]
    assert page.count('type="hidden" name="have"') == 2


def test_each_button_takes_what_stands_beside_it(packaged_client: Client) -> None:
    """A file that was not chosen is a fault; lines are not pushed aside by what was pasted elsewhere."""
    nothing = packaged_client.post("/check/start", data={"from": "file", "have": "enterprise"})
    both = packaged_client.post("/check/start", data={"from": "lines", "lines": "所有制 民企", "paste": "{"})

    assert nothing.status_code == 400
    assert "请先选一个文件" in nothing.text
    assert profile_of(both.text) == {"enterprise": {"所有制": "民企"}}


def test_too_many_lines_are_one_fault(packaged_client: Client) -> None:
    """Not thousands of them."""
    response = packaged_client.post("/check/start", data={"lines": "无此事：1\n" * 301})

    assert response.status_code == 400
    assert "一次最多写 300 行" in response.text


def test_what_could_not_be_read_when_one_stops_is_said(packaged_client: Client) -> None:
    """An open answer, and a day out of range."""
    page = press(packaged_client, begin(packaged_client, "project"), "ask:project.last_year_investment@0")
    form = {**carried(page), "t:project.last_year_investment@0": "很多", "as_of_wanted": "1234-01-01"}
    result = packaged_client.post("/check/result", data=form).text

    assert result.count("没有算进去：") == 2


def test_what_was_typed_is_never_markup(packaged_client: Client) -> None:
    """In a field, a name, a scenario, a receipt."""
    page = press(packaged_client, begin(packaged_client, "project"), "ask:project.name@0")
    page = press(packaged_client, page, "answer", **{"t:project.name@0": "<b>x"})
    form = carried(page)
    pages = [page, *(packaged_client.post(f"/check/{name}", data={**form, "name1": "<b>x", "n1.0": "<b>x"}).text
                     for name in ("result", "notice", "compare"))]  # fmt: skip
    pages.append(packaged_client.get("/verify", params={"r": "<b>x"}).text)

    assert not [one for one in pages if "<b>x" in one]
