"""The eight documents of the gazette: what the print says of each, and how it is divided."""

from datetime import date

import pytest

from policies.document import Clause, Document, Section
from policies.gazette import Gazette

OFFICE = "晋城市人民政府办公室"
METADATA = [
    ("jszf-2023-6", "晋市政发〔2023〕6号", "晋城市人民政府", date(2023, 4, 27), 356),
    ("jszb-2023-13", "晋市政办〔2023〕13号", OFFICE, date(2023, 4, 18), 17),
    ("jszb-2023-14", "晋市政办〔2023〕14号", OFFICE, date(2023, 4, 17), 26),
    ("jszb-2023-16", "晋市政办〔2023〕16号", OFFICE, date(2023, 5, 22), 0),
    ("jszb-2023-18", "晋市政办〔2023〕18号", OFFICE, date(2023, 6, 1), 19),
    ("jszb-2023-19", "晋市政办〔2023〕19号", OFFICE, date(2023, 6, 2), 24),
    ("jszb-2023-20", "晋市政办〔2023〕20号", OFFICE, date(2023, 6, 2), 19),
    ("jszb-2023-21", "晋市政办〔2023〕21号", OFFICE, date(2023, 6, 2), 16),
]
TITLES = {
    "jszf-2023-6": "晋城市人民政府关于印发晋城市妇女发展“十四五”规划和儿童发展“十四五”规划的通知",
    "jszb-2023-13": OFFICE + "关于印发晋城市煤炭绿色开采工作方案的通知",
    "jszb-2023-14": OFFICE + "关于印发晋城市空气、水环境质量再提升和土壤、地下水污染防治2023年行动计划的通知",
    "jszb-2023-16": OFFICE + "关于印发晋城市 2023年省市重点工程项目名单的通知",
    "jszb-2023-18": OFFICE + "关于印发晋城市打造“一件事一次办”精品实施方案的通知",
    "jszb-2023-19": OFFICE + "印发关于进一步激发民间投资活力促进经济高质量发展的实施方案的通知",
    "jszb-2023-20": OFFICE + "印发关于进一步盘活存量资产扩大有效投资的实施方案的通知",
    "jszb-2023-21": OFFICE + "关于推动全市 12345政务服务便民热线与110报警服务台高效对接联动的实施意见",
}


def document(gazette: Gazette, name: str) -> Document:
    return next(d for d in gazette.documents if d.id == name)


def clause(gazette: Gazette, name: str) -> Clause:
    return next(c for c in document(gazette, name.split("/", maxsplit=1)[0]).clauses if c.id == name)


def all_sections(sections: tuple[Section, ...]) -> list[Section]:
    return [s for section in sections for s in (section, *all_sections(section.sections))]


def test_the_gazette_holds_eight_documents_in_the_order_of_the_print(gazette: Gazette) -> None:
    assert [d.id for d in gazette.documents] == [row[0] for row in METADATA]


@pytest.mark.parametrize("row", METADATA, ids=lambda row: str(row[0]))
def test_each_document_says_what_its_title_block_prints(
    gazette: Gazette, row: tuple[str, str, str, date, int]
) -> None:
    name, number, issuer, issued, clauses = row
    found = document(gazette, name)

    assert (found.number, found.issuer, found.issued) == (number, issuer, issued)
    assert found.title == TITLES[name]
    assert found.public == "此件公开发布"
    assert len(found.clauses) == clauses
    assert found.notice.startswith("各县（市、区）人民政府、开发区管委会，市人民政府各委、办、局")


def test_items_that_run_through_a_document_are_named_by_their_number(gazette: Gazette) -> None:
    nineteen = [c.id.partition("/")[2] for c in document(gazette, "jszb-2023-19").clauses]
    twenty = [c.id.partition("/")[2] for c in document(gazette, "jszb-2023-20").clauses]

    assert nineteen == ["s1", *map(str, range(1, 21)), "s3.1", "s3.2", "s3.3"]
    assert twenty == [str(n) for n in range(1, 20)]


def test_items_that_begin_anew_are_named_by_their_section(gazette: Gazette) -> None:
    found = [c.id.partition("/")[2] for c in document(gazette, "jszb-2023-21").clauses]

    assert found == [
        *("s1", "s2", "s3.1", "s3.2", "s3.3", "s3.4", "s3.5", "s3.6", "s3.7"),
        *("s4.1", "s4.2", "s5", "s6", "s7.1", "s7.2", "s7.3"),
    ]


def test_a_heading_without_number_is_a_level_where_numbering_begins_anew_under_it(gazette: Gazette) -> None:
    found = clause(gazette, "jszf-2023-6/p1.s2.1.2.5")

    assert found.heading == "完善宫颈癌和乳腺癌综合防治体系和救助政策"
    assert found.path == ("二、发展领域、主要目标和策略措施", "（一）妇女与健康", "策略措施")


def test_item_five_that_begins_with_a_figure_is_not_the_number_five_point_five(gazette: Gazette) -> None:
    found = clause(gazette, "jszf-2023-6/p2.s2.1.1.5")

    assert found.number == "5"
    assert found.body.startswith("5岁以下儿童贫血率、生长迟缓率、低体重率")


def test_a_notice_names_plans_that_the_gazette_does_not_print(gazette: Gazette) -> None:
    plans = document(gazette, "jszb-2023-14").plans

    assert [(plan.title, plan.printed) for plan in plans] == [
        ("晋城市空气质量再提升 2023年行动计划", True),
        ("晋城市水环境质量再提升 2023年行动计划", False),
        ("晋城市土壤污染防治 2023年行动计划", False),
        ("晋城市地下水污染防治 2023年行动计划", False),
    ]


def test_annexes_are_listed_and_said_to_be_online(gazette: Gazette) -> None:
    listed = {d.id: [(a.title, a.online) for a in d.annexes] for d in gazette.documents if d.annexes}

    assert listed == {
        "jszb-2023-13": [
            ("晋城市煤炭绿色开采 2023-2025年规划项目", True),
            ("晋城市新建矿井井下矸石智能分选系统和不可利用矸石全部返井试点项目名单", True),
        ],
        "jszb-2023-14": [
            ("2023年各县（市、区）环境空气质量预控制目标", True),
            ("晋城市 2023年大气污染防治重点工作任务台账", True),
        ],
        "jszb-2023-18": [("晋城市 2023年打造“一件事一次办”精品任务清单", True)],
        "jszb-2023-21": [("12345、110分流转办事项参考清单", True)],
    }


def test_ids_are_unique_and_the_contents_tree_holds_every_clause_once(gazette: Gazette) -> None:
    for found in gazette.documents:
        sections = [s for plan in found.plans for s in all_sections(plan.sections)]
        held = [name for section in sections for name in section.clauses]

        assert sorted(held) == sorted(c.id for c in found.clauses)
        assert len(set(held)) == len(held)
        assert len({s.id for s in sections}) == len(sections)


@pytest.mark.parametrize(
    ("name", "units", "still_open"),
    [
        ("jszb-2023-19/1", "市发展改革委、市审批服务管理局", True),
        ("jszb-2023-19/9", "市能源局、市发展改革委、市规划和自然资源局、国网晋城供电公司", True),
        ("jszb-2023-19/12", "市商务局、市审批服务管理局、市规划和自然资源局、市住建局、市政公用集团", True),
        ("jszb-2023-20/4", "市发展改革委", False),
        ("jszb-2023-20/12", "市税务局、市财政局、市金融办", True),
        ("jszb-2023-13/s5.1", "各县（市、区）政府、市能源局", False),
        ("jszb-2023-14/p1.11", "市交通局、市邮政管理局、市公安交警支队、城区人民政府", False),
    ],
)
def test_units_are_in_the_printed_order_and_the_first_leads(
    gazette: Gazette, name: str, units: str, still_open: bool
) -> None:
    found = clause(gazette, name)

    assert "、".join(unit.name for unit in found.units) == units
    assert [unit.lead for unit in found.units] == [True, *[False] * (len(found.units) - 1)]
    assert found.units_open is still_open
    assert "责任单位" not in found.body


def test_item_ten_of_document_nineteen_parts_units_by_comma_as_well(gazette: Gazette) -> None:
    names = [unit.name for unit in clause(gazette, "jszb-2023-19/10").units]

    assert names[-3:] == ["市能源局", "市国投公司", "国网晋城供电公司"]


def test_a_sentence_in_the_bracket_about_all_tasks_is_kept_for_the_document(gazette: Gazette) -> None:
    for name in ("jszb-2023-19", "jszb-2023-20"):
        assert document(gazette, name).units_note == (
            "各项任务均需各县<市、区>人民政府、开发区管委会贯彻落实，以下不再逐一列出。"
        )


def test_cited_titles_are_in_order_without_their_marks(gazette: Gazette) -> None:
    assert clause(gazette, "jszb-2023-19/4").cites == (
        "晋城市招商引资重点产业指导目录",
        "招商引资十条优惠政策",
    )
    assert clause(gazette, "jszb-2023-20/12").cites == (
        "关于基础设施领域不动产投资信托基金（REITs）试点税收政策的公告",
        "公共基础设施项目企业所得税优惠目录",
    )


def test_clauses_where_the_print_lost_words_are_marked(gazette: Gazette) -> None:
    lost = {c.id for d in gazette.documents for c in d.clauses if c.lost}

    assert lost == {"jszb-2023-14/p1.15", "jszb-2023-14/p1.16", "jszb-2023-21/s6"}
