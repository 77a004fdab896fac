"""The list of 161 key projects, checked against the numbers that it prints."""

from itertools import groupby

from policies.gazette import Gazette, KeyProject, KeyProjects, parse_gazette


def listed(gazette: Gazette) -> KeyProjects:
    assert gazette.key_projects is not None
    return gazette.key_projects


def project(gazette: Gazette, section: str, number: int) -> KeyProject:
    return next(p for p in listed(gazette).projects if (p.section, p.number) == (section, number))


def test_the_list_has_as_many_rows_as_it_prints_in_all_and_in_each_part(gazette: Gazette) -> None:
    found = listed(gazette)

    assert (found.printed, len(found.projects), found.mismatches) == (161, 161, ())
    assert sum(count for _, count in found.sections) == 161
    assert sum(programme.printed for programme in found.programmes) == 161
    assert [count for _, count in found.sections] == [47, 38, 19, 21, 8, 5, 18, 5]


def test_numbers_run_through_each_section_and_every_row_is_complete(gazette: Gazette) -> None:
    for _, group in groupby(listed(gazette).projects, key=lambda p: p.section):
        rows = list(group)
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    for row in listed(gazette).projects:
        assert row.name
        assert row.level in {"省级", "市级"}
        assert row.counties


def test_rows_in_preparation_are_as_many_as_are_printed_so(raw: str, gazette: Gazette) -> None:
    table = raw[raw.index("合 计（161") : raw.index("关于印发晋城市打造“一件事一次办”")]
    marks = "".join(table.split()).replace("（前期）省道367", "省道367").count("（前期）")

    assert sum(p.preliminary for p in listed(gazette).projects) == marks


def test_a_plain_row(gazette: Gazette) -> None:
    found = project(gazette, "能源革命", 19)

    assert (found.name, found.level, found.preliminary) == ("科源 100MW 光伏发电项目", "市级", False)
    assert (found.place, found.counties, found.townships) == ("泽州县大阳镇", ("泽州县",), ("大阳镇",))


def test_wrapped_names_and_places_are_joined(gazette: Gazette) -> None:
    assert project(gazette, "能源革命", 10).name == "山西高平源野煤业有限公司沟底矿井及选煤厂项目"
    assert project(gazette, "能源革命", 10).preliminary
    assert project(gazette, "社会民生", 18).name == "晋城市消防支队消防救援指挥中心暨消防站项目"
    assert project(gazette, "基础设施", 15).place == "陵川县六泉乡、平城镇、崇文镇、附城镇、西河底镇"
    assert project(gazette, "基础设施", 9).place == "城区南村镇\n泽州县大箕镇"
    assert project(gazette, "基础设施", 7).counties == ("泽州县", "阳城县")
    assert project(gazette, "基础设施", 7).townships == (
        "大箕镇",
        "南村镇",
        "周村镇",
        "北留镇",
        "润城镇",
        "凤城镇",
    )


def test_the_upright_cell_is_no_part_of_a_name(gazette: Gazette) -> None:
    found = project(gazette, "基础设施", 14)

    assert found.name == "省道 367 泽州至临汾（泽州至沁水段）公路"
    assert found.group == "全省普通国省道重点前期项目（前期）"
    assert found.counties == ("高平市", "泽州县", "沁水县", "阳城县")


def test_places_without_a_county_stay_as_printed(gazette: Gazette) -> None:
    assert project(gazette, "能源革命", 16).counties == ("全市",)
    assert project(gazette, "基础设施", 1).counties == ("主城区",)
    assert project(gazette, "产业转型", 3).counties == ("晋城经济技术开发区",)
    assert project(gazette, "区域发展", 15).counties == ("城区", "晋城经济技术开发区")
    assert project(gazette, "产业转型", 2).counties == ("高平市",)


def test_a_row_that_is_missing_is_told(raw: str) -> None:
    row = "19 科源 100MW 光伏发电项目 市级 泽州县大阳镇\n"
    found = listed(parse_gazette(raw.replace(row, ""), "cut.txt"))

    assert any("能源革命" in told and "读出" in told for told in found.mismatches)
