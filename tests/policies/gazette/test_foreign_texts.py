"""Texts of other offices, each with what a person reads from it, and texts that are none."""

from pathlib import Path

import pytest

from policies.document import Document
from policies.gazette import NotAGazette, parse_gazette

TEXTS = Path(__file__).parent / "texts"
GOOD = sorted(path.stem for path in TEXTS.glob("*.expected"))
ABSENT = "未载明"


def text_of(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_bytes().decode("utf-8")


def told(document: Document) -> list[str]:
    """A document in the lines that the expectations are written in."""
    lines = [
        f"文号 {document.number or ABSENT}",
        f"标题 {document.title or ABSENT}",
        f"机关 {document.issuer or ABSENT}",
        f"日期 {document.issued.isoformat() if document.issued else ABSENT}",
        f"公开 {document.public or ABSENT}",
    ]
    lines += [f"方案 {plan.title}" for plan in document.plans]
    lines += [f"通注 {document.units_note}"] if document.units_note else []
    lines += [f"附件 {annex.title}｜{'见网络' if annex.online else ''}" for annex in document.annexes]
    for clause in document.clauses:
        units = [("*" if unit.lead else "") + unit.name for unit in clause.units]
        shown = "、".join(units + (["等"] if clause.units_open else []))
        lines.append(f"条款 {clause.id}｜{clause.number}｜{clause.heading}｜{shown}")
    return lines


def read(text: str, name: str) -> list[str]:
    return [line for document in parse_gazette(text, f"{name}.txt").documents for line in told(document)]


@pytest.mark.parametrize("name", GOOD)
def test_a_text_of_another_office_gives_the_draft_that_a_person_expects(name: str) -> None:
    expected = (TEXTS / f"{name}.expected").read_text(encoding="utf-8").splitlines()

    assert read(text_of(name), name) == expected


@pytest.mark.parametrize("name", GOOD)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(name: str) -> None:
    text = text_of(name)

    assert read("\ufeff" + text.replace("\n", "\r\n"), name) == read(text, name)


@pytest.mark.parametrize("name", GOOD)
def test_blank_lines_between_lines_change_nothing(name: str) -> None:
    text = text_of(name)

    assert read(text.replace("\n", "\n\n"), name) == read(text, name)


def test_a_wrapped_text_reads_like_the_same_text_unwrapped() -> None:
    body = "云岭市民政局关于加强社区食堂建设的意见\n云民发〔2024〕6号\n各区民政局：\n{}云岭市民政局\n2024年7月1日\n"
    paragraphs = [
        "为健全养老助餐服务体系，切实满足老年人就近用餐的需要，结合我市实际，现就加强社区食堂建设提出以下意见。",
        "一、合理布局",
        "（一）编制布点规划。按照十五分钟生活圈的要求，统筹利用社区用房、闲置校舍等资源，逐年安排社区食堂布点，做到应设尽设。（责任单位：市民政局、市住建局，各区人民政府）",
        "（二）鼓励社会力量参与。支持餐饮企业连锁运营，对新开办的社区食堂给予一次性建设补助，补助标准由市民政局会同市财政局另行制定。（责任单位：市民政局、市财政局等）",
        "二、加强监管",
        "（三）严格食品安全管理。落实进货查验和留样制度，公开后厨操作画面，每季度开展一次专项检查，检查结果向社会公布。",
    ]
    flat = body.format("".join(p + "\n" for p in paragraphs))
    wrapped = body.format("".join(_wrapped(p) for p in paragraphs))

    one, other = (parse_gazette(text, "yunling.txt").documents[0] for text in (flat, wrapped))

    assert [c.text for c in other.clauses] == [c.text for c in one.clauses]
    assert [c.id for c in one.clauses] == ["ymf-2024-6/1", "ymf-2024-6/2", "ymf-2024-6/3"]
    assert other.plans[0].preamble == one.plans[0].preamble


def _wrapped(paragraph: str) -> str:
    """As printed in a column of twenty-two characters, the first line indented by two."""
    first, rest = paragraph[:20], paragraph[20:]
    lines = [first, *(rest[at : at + 22] for at in range(0, len(rest), 22))]
    return "".join(line + "\n\n" for line in lines)


def test_a_text_under_articles_keeps_its_items_within_the_article() -> None:
    document = parse_gazette(text_of("hanshui-articles"), "hanshui.txt").documents[0]
    third = document.clauses[2]

    assert third.text == (
        "第三条 申请人应当符合下列条件：\n（一）有本县城镇户籍；\n（二）人均住房建筑面积低于16平方米；\n"
        "（三）法律、法规规定的其他条件。"
    )
    assert document.plans[0].preamble == ""
    assert third.path == ("第二章 申请与审核",)
    assert [section.heading for section in document.plans[0].sections] == ["总则", "申请与审核", "附则"]


@pytest.mark.parametrize("name", GOOD)
def test_every_character_of_a_text_belongs_to_a_part_or_to_a_mend(name: str) -> None:
    text = text_of(name)
    gazette = parse_gazette(text, f"{name}.txt")
    spans = [span for part in gazette.parts for span in part.spans] + [mend.span for mend in gazette.mends]
    held = {i for span in spans for i in range(span.start, span.end)}

    assert "".join(c for i, c in enumerate(text) if i not in held and not c.isspace()) == ""


def test_page_headers_and_numbers_are_taken_out_of_a_clause() -> None:
    document = parse_gazette(text_of("yunling-pages"), "yunling.txt").documents[0]

    assert document.clauses[0].body == (
        "推广喷灌、微灌和水肥一体化技术，到2026年新增高效节水灌溉面积10万亩。"
    )


def test_items_parted_by_semicolons_stay_in_their_clause() -> None:
    document = parse_gazette(text_of("qingyuan-run-on"), "qingyuan.txt").documents[0]

    assert document.clauses[2].body == "按季度通报；重点督导三项：1.清单更新；2.接口质量；3.投诉办理。"


def test_all_brackets_of_a_clause_give_units_and_none_stays_in_its_body() -> None:
    document = parse_gazette(text_of("xinhe-implied-units"), "xinhe.txt").documents[0]

    assert document.clauses[3].body == "实行“欠费不停供”缓冲期。另对中小企业实行阶段性减免。"


def test_what_is_absent_is_told_and_not_invented() -> None:
    gazette = parse_gazette(text_of("chishan-nothing-stated"), "chishan-nothing-stated.txt")
    remarks = "\n".join(remark.text for remark in gazette.remarks)

    for name in ("文号未载明", "印发机关未载明", "印发日期未载明", "编号暂取自文件名"):
        assert name in remarks


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("bad-empty", "空白"),
        ("bad-garbled", "乱码"),
        ("bad-web-page", "网页"),
        ("bad-table", "表格"),
        ("bad-english", "几乎没有中文正文"),
    ],
)
def test_a_text_that_is_none_is_turned_away_with_place_expected_and_found(name: str, found: str) -> None:
    with pytest.raises(NotAGazette) as refusal:
        parse_gazette(text_of(name), f"{name}.txt")

    assert str(refusal.value).startswith(f"{name}.txt:")
    assert "应为公报或公文的文字，实为" in str(refusal.value)
    assert found in str(refusal.value)
