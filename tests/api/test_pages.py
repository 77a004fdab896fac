"""Pages for people: complete HTML that says what the library says, word for word, and asks nobody else."""

import re
from collections import Counter
from html import escape, unescape

import pytest
from litestar import Litestar
from litestar.testing import RequestFactory, TestClient
from msgspec.structs import replace

from api.app import build_app
from api.web.page import client_of
from policies.library import Library
from policyhub.bootstrap import Services
from tests.api.conftest import services_over
from tests.browser.pages_table import PAGES, PATHS, PageCase
from tests.sample import sample_library

Client = TestClient[Litestar]

OUTSIDE = re.compile(r"""(?:href|src|action|srcset)\s*=\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def words_of(html: str) -> str:
    """The text of a page, its tags left out."""
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("case", PAGES, ids=PATHS)
def test_every_page_is_whole_and_keeps_to_itself(packaged_client: Client, case: PageCase) -> None:
    """Language, one heading, a title, no id twice, nothing inline, nobody else asked."""
    response = packaged_client.get(case.path)
    html = response.text

    assert response.status_code == case.status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert '<html lang="zh-CN"' in html
    assert html.count("<h1") == 1
    assert case.heading in words_of(html[html.index("<h1") :].partition("</h1>")[0])
    assert re.search(r"<title>[^<·]+ · 晋城惠企政策匹配</title>", html)
    assert [name for name, count in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if count > 1] == []
    assert OUTSIDE.findall(html) == []
    assert INLINE.findall(html) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unix", "", False),
    ],
)
def test_a_client_of_ipv6_is_its_network(one: str, other: str, same: bool) -> None:
    """Whoever has one address of a /64 has them all; of IPv4 each address is a client."""
    requests = [RequestFactory().get("/") for _ in range(2)]
    for request, host in zip(requests, (one, other), strict=True):
        request.scope["client"] = (host, 50000)

    assert (client_of(requests[0]) == client_of(requests[1])) is same


def test_every_clause_is_on_its_page_word_for_word(
    packaged_client: Client, packaged_library: Library
) -> None:
    """All of 19号 and 20号, and each page's ids are its own."""
    for document in ("jszb-2023-19", "jszb-2023-20"):
        for clause in packaged_library.documents_by_id[document].clauses:
            html = packaged_client.get(f"/clauses/{clause.id}").text
            ids = re.findall(r'\sid="([^"]+)"', html)

            assert len(set(ids)) == len(ids), clause.id
            assert all(
                escape(line, quote=False) in html.replace("&#34;", '"') for line in clause.text.splitlines()
            )
            assert all(escape(unit.name) in html for unit in clause.units)


def test_every_measure_has_a_page(packaged_client: Client, packaged_library: Library) -> None:
    """Title, the words it rests on, and its responsible units."""
    for measure in packaged_library.measures.values():
        text = packaged_client.get(f"/measures/{measure.id}").text

        assert escape(measure.title) in text
        assert "<mark>" in text


def test_every_document_has_a_page(packaged_client: Client, packaged_library: Library) -> None:
    """It leads to every clause of the document."""
    for document in packaged_library.documents:
        html = packaged_client.get(f"/documents/{document.id}").text

        assert [clause.id for clause in document.clauses if f'"/clauses/{clause.id}"' not in html] == []


def test_a_clause_page_says_what_to_cite_and_what_stands_beside_it(packaged_client: Client) -> None:
    """Citation with permalink, library and date; neighbours; siblings; a cited text that we lack."""
    html = packaged_client.get("/clauses/jszb-2023-20/12").text

    assert "晋市政办〔2023〕20号 第四部分（十二）“落实财税金融政策”，http" in html
    assert "/clauses/jszb-2023-20/12，政策库版本" in html
    assert "2023年7月1日查阅" in html
    assert 'rel="prev"' in html
    assert 'rel="next"' in html
    assert "公共基础设施项目企业所得税优惠目录" in html
    assert "未收录" in html
    assert '"/clauses/jszb-2023-19/' in html


def test_a_measure_that_names_no_amount_says_so(packaged_client: Client) -> None:
    """金额未载明, never a guess."""
    assert "金额未载明" in packaged_client.get("/measures/jszb-2023-19/15/land-floor-price").text


def test_the_coverage_map_holds_every_clause(packaged_client: Client, packaged_library: Library) -> None:
    """Every class has its word and its colour; every clause its anchor."""
    html = packaged_client.get("/library/coverage/jszb-2023-19").text

    for clause in packaged_library.documents_by_id["jszb-2023-19"].clauses:
        assert f'id="{clause.id.rpartition("/")[2]}"' in html
    assert {"措施", "政府职责", "目标", "倡导", "引用", "标题", "责任单位"} <= set(
        re.findall(r'class="word">([^<]+)<', html)
    )


def test_key_projects_are_filtered_and_paged(packaged_client: Client) -> None:
    """161 rows, each once over all pages; filters narrow them; nothing found is said kindly."""
    pages = [packaged_client.get(f"/library/key-projects?page={number}").text for number in range(1, 6)]
    rows = [re.findall(r'data-label="序号">([^<]*)<', page) for page in pages]

    assert sum(map(len, rows)) == 161
    assert "共 5 页" in pages[0]
    solar = packaged_client.get("/library/key-projects", params={"q": "光伏", "level": "省级"}).text
    assert 0 < solar.count('data-label="序号"') < 40
    assert "市级</td>" not in solar
    assert "名单里没有" in packaged_client.get("/library/key-projects?q=zzz").text
    assert packaged_client.get("/library/key-projects?page=x9").status_code == 200


def test_open_points_are_found_by_unit(packaged_client: Client) -> None:
    """A unit's own, counted; an unknown unit has none."""
    page = packaged_client.get("/library/open-points", params={"unit": "市财政局"}).text
    count = re.search(r"市财政局：(\d+) 处", page)

    assert count is not None
    assert int(count[1]) > 0
    assert "没有这个单位" in packaged_client.get("/library/open-points?unit=nobody").text


def test_an_unknown_id_is_a_page_with_the_nearest(packaged_client: Client) -> None:
    """404, readable names, links; the API says the same as a problem."""
    response = packaged_client.get("/clauses/jszb-2023-19/99")

    assert response.status_code == 404
    assert 'href="/clauses/jszb-2023-19/9"' in response.text
    assert "第二部分第9条" in response.text
    assert packaged_client.get("/v1/clauses/jszb-2023-19/99").json()["type"] == "/problems/not-found"


@pytest.mark.parametrize(
    "path",
    ["/", "/library", "/clauses/jszb-2023-19/15", "/measures/jszb-2023-19/15/land-floor-price", "/nothing"],
)
def test_every_link_leads_somewhere(packaged_client: Client, path: str) -> None:
    """Pages and anchors alike."""
    html = packaged_client.get(path).text
    links = {unescape(link) for link in re.findall(r'href="([/#][^"]*)"', html)}
    anchors = {link[1:] for link in links if link.startswith("#")}
    pages = {link for link in links if link.startswith("/")}

    assert anchors <= set(re.findall(r'\sid="([^"]+)"', html))
    assert {link for link in pages if packaged_client.get(link).status_code != 200} == set()


def test_what_was_typed_is_never_markup(packaged_client: Client) -> None:
    """Neither in an error nor in a filter."""
    for address in ("/clauses/<b>x", "/library/key-projects?q=%22><b>x", "/library/open-points?unit=<b>x"):
        assert "<b>x" not in packaged_client.get(address).text


def test_an_error_of_ours_is_a_page_that_shows_nothing_of_itself() -> None:
    """500, kind words, no word of the exception."""

    def broken() -> object:
        raise RuntimeError("secret")

    services = services_over(sample_library())
    spoilt = Services(**{f: getattr(services, f) for f in services.__struct_fields__} | {"today": broken})
    with TestClient(build_app(spoilt), raise_server_exceptions=False) as client:
        response = client.get("/library")

    assert response.status_code == 500
    assert response.headers["content-type"].startswith("text/html")
    assert "服务出错了" in response.text
    assert "secret" not in response.text


def test_the_wrong_method_is_a_page(packaged_client: Client) -> None:
    """405."""
    response = packaged_client.post("/library")

    assert response.status_code == 405
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/library?x=1", "/library?x=1"),
        ("//elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_preferences_lead_back_and_nowhere_else(client: Client, back: str, leads: str) -> None:
    """The cookie holds the wish alone; a form cannot send anyone to another site."""
    response = client.post("/preferences", data={"large": "on", "back": back}, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == leads
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("display=large;")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize(
    ("back", "leads", "status"),
    [
        ("/check/ask", "/check/ask", 307),
        ("/verify", "/verify", 307),
        ("/admin/flags/1", "/", 303),
        ("//elsewhere.example/check/", "/", 303),
    ],
)
def test_a_page_that_answers_a_form_is_asked_for_again(
    client: Client, back: str, leads: str, status: int
) -> None:
    """With what it held, and only where that changes nothing."""
    response = client.post(f"/preferences?back={back}", data={"large": "on"}, follow_redirects=False)

    assert (response.status_code, response.headers["location"]) == (status, leads)


def test_preferences_mark_the_page(client: Client) -> None:
    """Classes on the html element; foreign words in the cookie do nothing."""
    client.cookies.set("display", "contrast.<script>")

    assert '<html lang="zh-CN" class="high-contrast">' in client.get("/").text


def test_another_library_has_its_pages(client: Client) -> None:
    """A document without parts, a clause without heading, no list of key projects."""
    for path in ("/", "/library", "/documents/yang-2023-1", "/clauses/yang-2023-1/1", "/library/sources",
                 "/library/coverage/yang-2023-1", "/library/open-points", "/library/key-projects"):  # fmt: skip
        assert client.get(path).status_code == 200, path


def test_a_clause_that_has_lost_text_says_so() -> None:
    """Nothing is filled in."""
    library = sample_library()
    [document] = library.documents
    lost = replace(document, clauses=tuple(replace(clause, lost=True) for clause in document.clauses))
    with TestClient(build_app(services_over(replace(library, documents=(lost,))))) as client:
        assert "缺字" in client.get("/clauses/yang-2023-1/1").text


def test_static_files_are_kept_under_their_own_address(client: Client) -> None:
    """The address changes with the file, so it may be kept for good."""
    address = re.search(r'href="(/static/page\.css\?v=[0-9a-f]{12})"', client.get("/").text)

    assert address is not None
    assert "max-age=31536000" in client.get(address[1]).headers["cache-control"]
