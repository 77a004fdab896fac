"""Who may administer: named persons, each with a long random key of which only the SHA-256 is kept.

``policyhub keys 姓名`` makes one. The key is 256 bits of chance, so its plain digest cannot be guessed back; a
password chosen by a person would need more, and is not accepted as such. A person may have several keys, a key one
person: author and approver of a standard answer are two persons only if their keys are.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from hmac import compare_digest

from msgspec import Struct

CLOSED = (
    "管理没有开放：没有设 ADMIN_KEYS。请由运维人员运行 policyhub keys 姓名，"
    "把钥匙交给本人，把印出的「姓名:摘要」写进 ADMIN_KEYS，再启动服务。"
)
_NAME = re.compile(r"\w[\w·]{0,39}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PREFIX = "phk_"  # lets a person, and a scanner for leaked secrets, see what it is


class AdminKey(Struct, frozen=True, kw_only=True):
    """A person and the digest of one of their keys."""

    name: str
    digest: str


class Administrators:
    """The persons that the setting ADMIN_KEYS names. ``open`` is false when it names none; then say CLOSED."""

    def __init__(self, keys: Iterable[AdminKey] = ()) -> None:
        self._keys = tuple(keys)
        self.open = bool(self._keys)

    def who(self, key: str) -> str | None:
        """The person who holds this key. Takes as long for a wrong one as for a right one."""
        given = key_digest(key)
        found = None
        for known in self._keys:
            if compare_digest(known.digest, given):
                found = known.name
        return found


def make_key() -> str:
    """A new key, to be shown once."""
    return _PREFIX + secrets.token_urlsafe(32)


def key_digest(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.strip().encode("utf-8", "replace")).hexdigest()


def person(text: str) -> str:
    """A name in the one spelling in which persons are compared. Raises ValueError for what is no name."""
    name = unicodedata.normalize("NFKC", text).strip()
    if not _NAME.fullmatch(name):
        raise ValueError(text)
    return name


def read_admin_keys(text: str) -> tuple[AdminKey, ...]:
    """``name:digest`` pairs with commas between. Raises ValueError for a wrong one, or a key of two persons."""
    keys = tuple(_read(pair) for pair in re.split("[,，]", text) if pair.strip())
    owners: dict[str, str] = {}
    for key in keys:
        if owners.setdefault(key.digest, key.name) != key.name:
            raise ValueError(key.name)
    return keys


def _read(pair: str) -> AdminKey:
    name, _, digest = pair.replace("：", ":").partition(":")
    digest = digest.strip().lower()
    if not _DIGEST.fullmatch(digest):
        raise ValueError(name)
    return AdminKey(name=person(name), digest=digest)
