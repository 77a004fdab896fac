"""Citations are short, and each means one clause."""

from policies.library import Library


def test_a_citation_is_of_one_clause(packaged_library: Library) -> None:
    """Over all documents, those that promulgate two plans among them."""
    assert list(packaged_library.citations) == list(packaged_library.clauses)
    assert len(set(packaged_library.citations.values())) == len(packaged_library.clauses)


def test_a_citation_is_no_longer_than_it_must_be(packaged_library: Library) -> None:
    """Part and number where those do; the steps between, and the plan, only where they leave a doubt."""
    expected = {
        "jszb-2023-19/15": "晋市政办〔2023〕19号 第二部分第15条",
        "jszb-2023-20/12": "晋市政办〔2023〕20号 第四部分（十二）",
        "jszb-2023-13/s1": "晋市政办〔2023〕13号 第一部分",
        "jszf-2023-6/p1.s1.1": "晋市政发〔2023〕6号 《晋城市妇女发展“十四五”规划》第一部分（一）",
    }

    assert {name: packaged_library.citations[name] for name in expected} == expected
