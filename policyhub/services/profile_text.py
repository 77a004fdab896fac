"""A profile file in JSON or YAML, as plain data."""

from matcher.intake import Fault
from policies.strict_yaml import Plain, read_yaml
from policyhub.services.errors import EncodingError, InputError
from policyhub.services.json_text import read_json

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_profile_text(content: bytes, name: str) -> object:
    """JSON when it begins like JSON, else YAML; in YAML every scalar is the text that stands there."""
    if content.lstrip()[:1] in (b"{", b"["):
        return read_json(content)
    try:
        tree = read_yaml(content.decode(), name)
    except UnicodeDecodeError as error:
        raise EncodingError([Fault(pointer="", detail=f"第 {error.start + 1} 个字节起不是 UTF-8")]) from error
    if tree.problems:
        raise InputError([Fault(pointer="", detail=str(problem)) for problem in tree.problems])
    return _scalars(tree.content)


def _scalars(plain: Plain) -> object:
    """true, false and null mean what they say; numbers are left as text, which keeps them exact."""
    if isinstance(plain, dict):
        return {key: _scalars(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_scalars(value) for value in plain]
    return _WORDS.get(plain, plain)
