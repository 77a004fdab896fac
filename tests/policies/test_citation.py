"""What people type for a clause leads to its id."""

import pytest

from policies import load_library
from policies.citation import find_cited, read_citation
from policies.library import Library


@pytest.fixture(scope="module")
def library() -> Library:
    """The packaged library: its documents have real numbers."""
    return load_library()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("19号15条", "jszb-2023-19/15"),
        ("19号第15条", "jszb-2023-19/15"),
        ("19号第十五条", "jszb-2023-19/15"),
        ("１９号１５条", "jszb-2023-19/15"),
        ("19 号 15", "jszb-2023-19/15"),
        ("晋市政办〔2023〕19号第15条", "jszb-2023-19/15"),
        ("晋市政办(2023)19号15条", "jszb-2023-19/15"),
        ("2023年19号15条", "jszb-2023-19/15"),
        ("20号（十二）", "jszb-2023-20/12"),
        ("20号(十二)", "jszb-2023-20/12"),
        ("20号十二", "jszb-2023-20/12"),
        ("20号12条", "jszb-2023-20/12"),
        ("jszb-2023-19/15", "jszb-2023-19/15"),
        (" jszb-2023-19/15/land-floor-price ", "jszb-2023-19/15/land-floor-price"),
        ("21号三（一）", "jszb-2023-21/s3.1"),
    ],
)
def test_a_citation_is_understood(library: Library, text: str, name: str) -> None:
    """In any of the usual spellings."""
    assert find_cited(text, library) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19号",
        "15条",
        "19号99条",
        "99号15条",
        "晋市政发〔2023〕19号15条",
        "晋市政办〔2022〕19号15条",
        "用地",
    ],
)
def test_what_cites_nothing_is_not_guessed(library: Library, text: str) -> None:
    """The wrong year or issuer is another document."""
    assert find_cited(text, library) is None


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("19号第15条和20号第12条", ("jszb-2023-19/15", "jszb-2023-20/12"), ""),
        ("19号15条与晋市政办〔2023〕20号第十二条", ("jszb-2023-19/15", "jszb-2023-20/12"), ""),
        ("19号15条、16条", ("jszb-2023-19/15", "jszb-2023-19/16"), ""),
        ("19号15条16条", ("jszb-2023-19/15", "jszb-2023-19/16"), ""),
        ("19号第15条第16条第17条怎么说", ("jszb-2023-19/15", "jszb-2023-19/16", "jszb-2023-19/17"), "怎么说"),
        ("20号（十一）和（十二）", ("jszb-2023-20/11", "jszb-2023-20/12"), ""),
        ("20号（十一）（十二）", ("jszb-2023-20/11", "jszb-2023-20/12"), ""),
        ("20号（十一）、（十二）", ("jszb-2023-20/11", "jszb-2023-20/12"), ""),
        ("19号第15条第2款", ("jszb-2023-19/15",), ""),
        ("19号15条3个项目", ("jszb-2023-19/15",), "3个项目"),
        ("21号三（一）和（二）", ("jszb-2023-21/s3.1", "jszb-2023-21/s3.2"), ""),
        ("19号第15条和3个项目", ("jszb-2023-19/15",), "和3个项目"),
        ("19号15条和20号怎么说", ("jszb-2023-19/15",), "和20号怎么说"),
        ("民间投资19号15条", ("jszb-2023-19/15",), "民间投资"),
    ],
)
def test_several_clauses_may_be_cited_at_once(
    library: Library, text: str, names: tuple[str, ...], rest: str
) -> None:
    """Of one document or of two; a number that is none of a clause stays a word."""
    cited = read_citation(text, library)

    assert (cited.names, cited.rest) == (names, rest)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("19号99条", "晋市政办〔2023〕19号没有第99条"),
        ("19号第九十九条", "晋市政办〔2023〕19号没有第99条"),
        ("99号1条", "政策库没有收录99号文件"),
        ("99号文件", "政策库没有收录99号文件"),
        ("19号15条", ""),
        ("19号", ""),
        ("19号99条怎么说", ""),
        ("110号线", ""),
        ("5号楼", ""),
    ],
)
def test_what_is_cited_in_vain_is_said(library: Library, text: str, words: str) -> None:
    """Only where nothing else was written."""
    assert read_citation(text, library).absent == words
