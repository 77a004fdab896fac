"""Text that may stand in a cell or a paragraph of an office file: readable, and never run as a formula."""

import re

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 forbids
_RUNS = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r]")  # noqa: RUF001 spreadsheets take the wide signs as well
_LONGEST = 32_767  # characters that a cell of Excel holds
_CUT = "……（以下略，单元格放不下）"


def printable(text: str) -> str:
    """The text with � for characters that no XML file may hold."""
    return _UNPRINTABLE.sub("�", text)


def safe_cell(text: str) -> str:
    """The text for a cell of Excel or CSV: what a spreadsheet would run as a formula gets ``'`` in front."""
    plain = printable(text)
    if _RUNS.match(plain):
        plain = f"'{plain}"
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - len(_CUT)] + _CUT
