"""条款检索 as a page: every hit with its reason, filters, an honest nothing, clauses side by side, a file to keep."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from openpyxl import load_workbook

from policies.library import Library
from policyhub.bootstrap import Services
from policyhub.services.search import SearchQuery, search

Client = TestClient[Litestar]


def page(client: Client, status: int = 200, **asked: str) -> str:
    response = client.get("/search", params=asked)
    assert response.status_code == status
    return unescape(response.text)


def words(html: str) -> str:
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def hits(html: str) -> list[str]:
    """The clauses found, in order."""
    return re.findall(r'<h3><a href="/clauses/([^"]+)"', html)


@pytest.mark.parametrize("q", ["光伏", "市财政局牵头哪些", "盖厂房买地能便宜多少", "huanping"])
def test_the_page_shows_what_the_search_finds(packaged_client: Client, packaged: Services, q: str) -> None:
    """The same clauses in the same order as the API, the same count, and a reason for each."""
    answer = search(packaged.snapshot, SearchQuery(q=q, limit=10), packaged.today())
    html = page(packaged_client, q=q)

    assert hits(html) == [one.clause_id for one in answer.items]
    assert f"找到 {answer.total} 条" in words(html)
    reasons = re.findall(r"<dt>为什么找到</dt><dd>([^<]+)</dd>", html)
    assert len(reasons) == len(answer.items)


def test_a_hit_quotes_the_clause_and_marks_the_words(
    packaged_client: Client, packaged_library: Library
) -> None:
    """Sentences are printed so in the clause; what is marked is what was asked for."""
    html = page(packaged_client, q="特许经营")
    clause = packaged_library.clauses[hits(html)[0]].text
    sentences = re.findall(r'<p class="hit__text">(.*?)</p>', html)
    first = sentences[0]

    assert words(first) in clause
    assert set(re.findall(r"<mark>(.*?)</mark>", first)) == {"特许经营"}


def test_a_hit_says_who_is_responsible_and_what_it_gives(packaged_client: Client) -> None:
    """The lead is marked; a measure has its kind, and 金额未载明 where money is given and no amount named."""
    text = words(page(packaged_client, q="最低价标准"))

    assert "市规划和自然资源局 牵头" in text
    assert "支持类工业项目用地，出让底价按最低价标准的 70％ 执行 优惠 · 用地价格 · 金额未载明" in text
    assert "另有 10 项" in text


def test_a_clause_that_does_not_exist_is_said_so(packaged_client: Client) -> None:
    """With the document beside it; a document that is named alone has its link too."""
    html = page(packaged_client, q="19号99条")
    answer = packaged_client.get("/v1/answers", params={"q": "99号1条"}).json()

    assert "晋市政办〔2023〕19号没有第99条。" in words(html)
    assert html.count('<p class="notice"><a href="/documents/jszb-2023-19">') == 1
    assert (answer["found"], answer["note"]) == (False, "政策库没有收录99号文件。")
    assert '<p class="notice"><a href="/documents/jszb-2023-19">' in page(
        packaged_client, q="晋市政办〔2023〕19号"
    )


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("特许精营", "已按“特许经营”检索（错别字：特许精营）"),
        ("huanping", "已按读音把 huanping 读作“环评”"),
        ("光伏用地", "口头说的“光伏用地”，条文里写作“光伏复合项目”"),
    ],
)
def test_another_reading_is_said_and_can_be_refused(packaged_client: Client, q: str, said: str) -> None:
    """Once, above the hits, with a link that asks for exactly what was typed."""
    html = page(packaged_client, q=q)
    refuse = re.search(r'<a href="([^"]+)">只查原样', html)

    assert words(html).count(said) == 1
    assert refuse is not None
    exact = unescape(packaged_client.get(refuse[1]).text)
    assert f'value="“{q}”"' in exact
    assert "只查原样" not in exact


def test_a_reading_said_ten_times_is_shown_once(packaged_client: Client) -> None:
    """Callers repeat themselves."""
    text = words(page(packaged_client, q="买地能便宜多少，" * 10))

    assert text.count("口头说的“买地”") == 1


def test_what_was_let_go_is_said(packaged_client: Client, packaged: Services) -> None:
    """In the words of the search."""
    answer = search(packaged.snapshot, SearchQuery(q="容积率 光伏 REITs"), packaged.today())

    assert answer.relaxed
    assert all(one in words(page(packaged_client, q="容积率 光伏 REITs")) for one in answer.relaxed)


def test_a_citation_alone_leads_to_its_clause(packaged_client: Client) -> None:
    """Enter goes there; the query is kept for the way back. Anything more than a citation stays here."""
    response = packaged_client.get("/search", params={"q": "19号15条"}, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/clauses/jszb-2023-19/15?q=19%E5%8F%B715%E6%9D%A1"
    assert hits(page(packaged_client, q="19号15条 光伏"))[0] == "jszb-2023-19/15"
    assert packaged_client.get("/search?q=19号", follow_redirects=False).status_code == 200


def test_a_citation_is_offered_first_while_typing(packaged_client: Client) -> None:
    """The part that changes while typing does not run away."""
    html = packaged_client.get("/search/results?q=19号15条", headers={"HX-Request": "true"}).text

    assert hits(html) == ["jszb-2023-19/15"]
    assert "按回车打开" in html
    assert "<html" not in html


def test_the_changing_part_alone_is_never_a_page(packaged_client: Client) -> None:
    """Whoever opens its address gets the page, with what was asked."""
    response = packaged_client.get("/search/results?q=光伏&kind=benefit", follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/search?q=%E5%85%89%E4%BC%8F&kind=benefit"


def test_every_filter_leads_to_as_many_hits_as_it_says(packaged_client: Client) -> None:
    """Each value of each facet, followed; and each can be taken away again."""
    html = page(packaged_client, q="盘活闲置厂房")
    links = re.findall(r'<li><a href="(/search\?[^"]+)"><span>[^<]+</span> <span class="count">(\d+)<', html)

    assert {"document", "unit", "category", "subject"} <= {re.split("[&=]", link)[2] for link, _ in links}
    for link, count in links:
        narrowed = unescape(packaged_client.get(link).text)
        assert f"找到 {count} 条" in words(narrowed), link
        assert f'href="/search?{urlencode({"q": "盘活闲置厂房"})}"' in narrowed, link


def test_nothing_within_the_filters_is_told_from_nothing_at_all(packaged_client: Client) -> None:
    """Each filter can be dropped, with what that leaves."""
    asked = {"q": "光伏", "document": "jszb-2023-20"}
    text = words(page(packaged_client, **asked))

    assert "这个范围里没有" in text
    assert "不看范围，“光伏”有 3 条" in text
    assert "不限文件 （晋市政办〔2023〕20号） 3 条" in text


def test_another_topic_is_not_passed_off_as_an_answer(packaged_client: Client) -> None:
    """The documents do not speak of it; what looks alike is called so."""
    text = words(page(packaged_client, q="公积金怎么提"))

    assert "问的像是“住房公积金”，不在这些文件里" in text
    assert "不是答案" in text
    assert "找到" not in text.partition("字面相近的")[2].partition("为什么找到")[0]


def test_nothing_is_said_kindly(packaged_client: Client) -> None:
    """Neither an error nor an empty list."""
    html = page(packaged_client, q="。。。")

    assert "没有找到“。。。”" in words(html)
    assert hits(html) == []
    assert 'href="/library"' in html


def test_bad_parameters_keep_the_good_ones(packaged_client: Client) -> None:
    """400, each fault in words, and the hits for the rest."""
    html = page(
        packaged_client, 400, q="光伏", document="jszb-2023-91", kind="gift", next="abc", unit="市能源局"
    )
    text = words(html)

    assert "文件：没有「jszb-2023-91」" in text
    assert "措施性质：没有「gift」" in text
    assert "翻页的位置对不上，已从第一条看起" in text
    assert "找到 2 条" in text
    assert 'name="unit" value="市能源局"' in html
    assert 'name="document"' not in html


def test_a_query_that_is_too_long_is_cut_and_said(packaged_client: Client) -> None:
    """Never an error of ours, whatever is typed."""
    for times in (90, 200):
        assert "写得很长，只按前 300 个字检索" in words(page(packaged_client, q="光伏用地" * times))


@pytest.mark.parametrize("q", ["<b>x", "\x00", "“", "-", "((((", "𠮷" * 20, "a:b AND", "*", " "])
def test_whatever_is_typed_is_no_error_and_no_markup(packaged_client: Client, q: str) -> None:
    """The page answers, and shows it as text."""
    response = packaged_client.get("/search", params={"q": q})

    assert response.status_code == 200
    assert "<b>x" not in response.text


def test_all_hits_can_be_reached(packaged_client: Client) -> None:
    """Following 接着看后面的 shows every clause once."""
    html = page(packaged_client, q="企业")
    total = re.search(r"找到 (\d+) 条", words(html))
    seen = hits(html)
    while more := re.search(r'href="([^"]+)" rel="next"', html):
        html = unescape(packaged_client.get(more[1]).text)
        seen += hits(html)

    assert total is not None
    assert len(seen) == len(set(seen)) == int(total[1])


def test_the_citation_is_that_of_the_clause_page(packaged_client: Client) -> None:
    """Word for word, so that nobody cites a clause in two ways."""
    found = re.search(r'<textarea[^>]*id="cite-1"[^>]*>([^<]+)<', page(packaged_client, q="特许经营"))
    clause = unescape(packaged_client.get("/clauses/jszb-2023-19/6").text)

    assert found is not None
    assert found[1] in clause


def test_beside_clauses_stand_projects_and_sources(packaged_client: Client) -> None:
    """Each where it can be read."""
    html = page(packaged_client, q="光伏")
    projects = re.findall(r'href="(/library/key-projects\?[^"]+)"', html)
    sources = re.findall(r'href="/library/sources#([^"]+)"', html)

    assert projects
    assert sources
    assert "名单里没有" not in packaged_client.get(projects[0]).text
    assert f'id="{sources[0]}"' in packaged_client.get("/library/sources").text


def test_the_first_page_helps_to_begin(packaged_client: Client, packaged_library: Library) -> None:
    """Ways of asking that find something, all documents, all units."""
    html = page(packaged_client)

    for document in packaged_library.documents:
        assert f'href="/documents/{document.id}"' in html
    units = {unit.name for clause in packaged_library.clauses.values() for unit in clause.units}
    assert all(f">{unit} <" in html for unit in units)
    for link in re.findall(r'<dd><a href="(/search\?[^"]+)"', html):
        assert "没有找到" not in packaged_client.get(link).text, link


# —— Side by side ——


def test_clauses_stand_side_by_side(packaged_client: Client, packaged_library: Library) -> None:
    """By id or citation: the words of each, its measures, what they share."""
    html = unescape(packaged_client.get("/search/compare?clause=jszb-2023-19/15&clause=20号（十四）").text)

    for name in ("jszb-2023-19/15", "jszb-2023-20/14"):
        assert packaged_library.clauses[name].text.splitlines()[0] in html
        encoded = packaged_library.encoded_by_id[name]
        assert all(f'href="/measures/{one.id}"' in html for one in encoded.measures)
    assert "共同的责任单位" in html
    assert "/search/compare?clause=jszb-2023-20/14" in html


def test_units_that_clauses_share_are_exactly_those(
    packaged_client: Client, packaged_library: Library
) -> None:
    """A unit of one clause alone is not called shared."""
    names = ("jszb-2023-19/15", "jszb-2023-19/9")
    one, other = ({unit.name for unit in packaged_library.clauses[name].units} for name in names)
    html = packaged_client.get("/search/compare", params={"clause": list(names)}).text
    shared = re.search(r"<dt>共同的责任单位</dt><dd>([^<]+)</dd>", html)

    assert shared is not None
    assert set(shared[1].split("、")) == one & other
    assert one ^ other


@pytest.mark.parametrize(
    ("clauses", "status", "said", "columns"),
    [
        ([], 200, "还没有选条款", 0),
        (["19号15条"], 200, "再加一条就能对照", 1),
        (["19号15条", "19号99条"], 400, "没有「19号99条」", 1),
        ([f"19号{number}条" for number in range(1, 7)], 400, "一次最多对照 4 条", 4),
        (["19号15条", "jszb-2023-19/15"], 200, "再加一条就能对照", 1),
    ],
)
def test_a_comparison_says_what_is_missing(
    packaged_client: Client, clauses: list[str], status: int, said: str, columns: int
) -> None:
    """What can be compared is kept."""
    response = packaged_client.get("/search/compare", params={"clause": clauses})

    assert response.status_code == status
    assert said in response.text
    assert response.text.count('scope="col"') == columns


# —— A file to keep ——


def test_every_hit_is_exported_with_its_origin(packaged_client: Client, packaged: Services) -> None:
    """Not only those of one page; the library's version, the time, the filters."""
    asked = {"q": "企业", "document": "jszb-2023-19"}
    response = packaged_client.get("/search/export.xlsx", params=asked)
    book = load_workbook(BytesIO(response.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    about = dict(book["说明"].iter_rows(values_only=True))
    answer = search(packaged.snapshot, SearchQuery(**asked, limit=100), packaged.today())

    assert "attachment" in response.headers["content-disposition"]
    assert [row[1] for row in rows[1:]] == [one.cited for one in answer.items]
    assert all(row[5] for row in rows[1:])
    assert about["政策库版本"] == packaged.snapshot.short
    assert about["范围"] == "文件：晋市政办〔2023〕19号"
    assert re.fullmatch(r"\d{4}年\d+月\d+日\d\d:\d\d", about["导出时间"])


@pytest.mark.parametrize("q", ["=1+1 光伏", "@SUM(A1) 光伏", "＝光伏"])
def test_nothing_typed_becomes_a_formula(packaged_client: Client, q: str) -> None:
    """A spreadsheet shows the query and runs nothing."""
    book = load_workbook(BytesIO(packaged_client.get("/search/export.xlsx", params={"q": q}).content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]

    assert f"'{q}" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_an_export_that_cannot_be_is_a_page(packaged_client: Client) -> None:
    """400, and no file."""
    for asked in ({}, {"q": "光伏", "unit": "nobody"}):
        response = packaged_client.get("/search/export.xlsx", params=asked)

        assert response.status_code == 400
        assert response.headers["content-type"].startswith("text/html")


def test_another_library_can_be_searched(client: Client) -> None:
    """One document, no key projects that match, clauses without units."""
    assert client.get("/search").status_code == 200
    html = page(client, q="项目")
    assert hits(html)
    assert client.get("/search/export.xlsx?q=项目").status_code == 200
