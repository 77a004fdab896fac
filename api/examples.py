"""Requests as a caller would write them; the documentation shows them and tests send them."""

from importlib.resources import files
from typing import Any

from policyhub.services.json_text import read_json


def example(name: str) -> dict[str, Any]:
    """The example of this name, decoded."""
    plain = read_json((files("api") / "web" / "examples" / f"{name}.json").read_bytes())
    return plain if isinstance(plain, dict) else {}
