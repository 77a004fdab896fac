"""A query as people type it leads to its clause, and says what was read into it."""

import pytest

from search_index.find import Finder, Found
from search_index.hear import How


def first(found: Found) -> str:
    return found.hits[0].clause_id


def ids(found: Found) -> list[str]:
    return [hit.clause_id for hit in found.hits]


@pytest.mark.parametrize(
    ("query", "clause"),
    [
        ("19号15条", "jszb-2023-19/15"),
        ("晋市政办[2023]19号第十五条", "jszb-2023-19/15"),
        ("晋市政办【2023】20号 （十二）", "jszb-2023-20/12"),
        ("民间投资 15", "jszb-2023-19/15"),
        ("十九号文件第七条", "jszb-2023-19/7"),
        ("jszb-2023-19/15/land-floor-price", "jszb-2023-19/15"),
    ],
)
def test_a_number_jumps_to_its_clause_and_nowhere_else(finder: Finder, query: str, clause: str) -> None:
    assert ids(finder.find(query)) == [clause]


def test_a_number_within_words_puts_its_clause_first(finder: Finder) -> None:
    found = finder.find("19号15条 光伏方阵")

    assert first(found) == "jszb-2023-19/15"
    assert "按文号、条号找到" in found.hits[0].why


def test_a_document_number_alone_lists_its_clauses_as_printed(finder: Finder) -> None:
    found = finder.find("晋市政办〔2023〕20号")

    assert ids(found) == [clause.id for clause in finder.library.documents_by_id["jszb-2023-20"].clauses]


@pytest.mark.parametrize(
    ("query", "clause", "how"),
    [
        ("huanping", "jszb-2023-19/14", How.SOUND),
        ("bzcf", "jszb-2023-19/17", How.SOUND),
        ("jnsc zmqd", "jszb-2023-19/13", How.SOUND),
        ("huan ping huo mian", "jszb-2023-19/14", How.SOUND),
        ("huanping豁免", "jszb-2023-19/14", How.SOUND),
        ("特许精营", "jszb-2023-19/6", How.SLIP),
        ("抽水续能", "jszb-2023-19/9", How.SLIP),
        ("人才公遇", "jszb-2023-19/17", How.SLIP),
        ("EIA", "jszb-2023-19/14", How.SAYING),
    ],
)
def test_sound_slips_and_sayings_are_read_and_said(finder: Finder, query: str, clause: str, how: How) -> None:
    found = finder.find(query)

    assert first(found) == clause
    assert how in [reading.how for reading in found.understood.readings]
    assert any(how.value in reason for reason in found.hits[0].why)


def test_words_written_rightly_are_left_alone(finder: Finder) -> None:
    for query in ("特许经营", "核心企业欠款", "公益项目捆绑", "市体育局在盘活里负责什么", "三十个互联网平台"):
        readings = finder.find(query).understood.readings
        assert [one for one in readings if one.how is How.SLIP] == [], query


def test_all_words_come_before_some(finder: Finder) -> None:
    found = finder.find("保函 政府投资项目")

    assert first(found) == "jszb-2023-19/4"
    assert found.relaxed == ()


def test_what_no_clause_has_is_let_go_and_said(finder: Finder) -> None:
    found = finder.find("容积率 魑魅魍魉")

    assert first(found) == "jszb-2023-19/15"
    assert found.relaxed == ("没有同时含全部字词的条款，放宽了“魑魅魍魉”",)


def test_an_exact_phrase_stands_in_every_hit(finder: Finder) -> None:
    found = finder.find("“一项一策”")

    assert found.hits
    assert all("一项一策" in finder.library.clauses[name].text for name in ids(found))


def test_a_phrase_that_is_nowhere_is_said(finder: Finder) -> None:
    assert "没有原样写着" in finder.find("“环评全部取消”").relaxed[0]


def test_minus_leaves_out(finder: Finder) -> None:
    assert "jszb-2023-19/15" in ids(finder.find("用地"))
    assert "jszb-2023-19/15" not in ids(finder.find("用地 -光伏"))


def test_a_unit_alone_lists_its_tasks_those_it_leads_first(finder: Finder) -> None:
    found = finder.find("市财政局在盘活方案里负责哪几条")
    clauses = [finder.library.clauses[name] for name in ids(found)]
    leads = [any(unit.lead and unit.name == "市财政局" for unit in clause.units) for clause in clauses]

    assert clauses
    assert all(clause.id.startswith("jszb-2023-20/") for clause in clauses)
    assert all("市财政局" in [unit.name for unit in clause.units] for clause in clauses)
    assert leads == sorted(leads, reverse=True)


def test_one_character_finds_what_has_it(finder: Finder) -> None:
    found = finder.find("税")

    assert {"jszb-2023-20/12", "jszb-2023-19/4"} <= set(ids(found))


def test_two_questions_in_one_find_both_clauses(finder: Finder) -> None:
    found = finder.find("厂里想盖职工宿舍能占多少地，还有新办的小厂没有抵押公家给担保不")

    assert {"jszb-2023-19/17", "jszb-2023-19/16"} <= set(ids(found)[:3])


def test_the_point_in_half_a_sentence_of_a_long_story_is_heard(finder: Finder) -> None:
    story = (
        "你好啊我跟你说我是陵川这边的，前几年跟人合伙弄了个厂，中间停过一阵子，后来又起来了，"
        "今年想把那个容积率提上去再加盖一层，也不知道国土会不会让我再补钱"
    )

    assert first(finder.find(story)) == "jszb-2023-19/15"


def test_key_projects_and_sources_stand_beside(finder: Finder) -> None:
    assert finder.find("科源 光伏发电项目").beside[0].kind.value == "key_project"
    assert "source" in {one.kind.value for one in finder.find("产业用地支持政策23条").beside}


def test_nothing_found_offers_what_looks_alike(finder: Finder) -> None:
    found = finder.find("魑魅魍魉")

    assert found.hits == ()


@pytest.mark.parametrize(
    "query", ["", " ", "?", "()", "“", "-", "- -", "\x00", "的" * 400, "a" * 400, "🙂🙂"]
)
def test_anything_may_be_typed(finder: Finder, query: str) -> None:
    assert isinstance(finder.find(query), Found)


def test_marks_lie_on_the_words_of_the_query_as_printed(finder: Finder) -> None:
    found = finder.find("最低价标准七折")
    sentences = finder.highlights("jszb-2023-19/15", found.understood)
    clause = finder.library.clauses["jszb-2023-19/15"]

    assert any("70％" in one.text[start:end] for one in sentences for start, end in one.marks)
    assert all(clause.text[one.start : one.start + len(one.text)] == one.text for one in sentences)


def test_the_same_query_finds_the_same_again(finder: Finder) -> None:
    assert finder.find("存量资产 盘活") == finder.find("存量资产 盘活")
