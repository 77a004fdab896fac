"""Ids have words for people."""

from policies.library import Library
from policyhub.services.citing import words_for


def test_ids_have_words(packaged_library: Library) -> None:
    """Of a document, a clause, a measure; anything else stands for itself."""
    assert words_for(packaged_library, "jszb-2023-19/15").endswith("第二部分第15条 强化用地保障")
    assert "民间投资" in words_for(packaged_library, "jszb-2023-19")
    assert words_for(packaged_library, "jszb-2023-19/15/land-floor-price").startswith("支持类工业项目")
    assert words_for(packaged_library, "bad-input") == "bad-input"
