"""Receipts: what lets anybody replay a match, and say what has changed since (semantics §6)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from matcher.finding import encode, json_value
from matcher.match import Answer
from matcher.profile import Profile, StatedFact
from policies.library import Library

_SHORT = 16


class Receipt(Struct, frozen=True, kw_only=True):
    """Digests of texts, rules, engine, canonical profile and verdicts, with the date asked for."""

    id: str
    text: str
    rules: str
    engine: str
    profile: str
    as_of: date
    verdicts: str


def issue(library: Library, engine: str, profile: Profile, as_of: date, answer: Answer) -> Receipt:
    """The receipt of an answer; equal inputs give the same receipt, byte for byte."""
    parts = {
        "text": library.digests.text[:_SHORT],
        "rules": library.digests.rules[:_SHORT],
        "engine": engine[:_SHORT],
        "profile": profile_digest(profile)[:_SHORT],
    }
    verdicts = sha256(answer.patterns).hexdigest()[:_SHORT]
    unnumbered = Receipt(id="", as_of=as_of, verdicts=verdicts, **parts)
    return replace(unnumbered, id=number(unnumbered))


def number(receipt: Receipt) -> str:
    """The id that the other parts of a receipt make; another id means that it was altered by hand."""
    parts = [receipt.text, receipt.rules, receipt.engine, receipt.profile, receipt.as_of, receipt.verdicts]
    return sha256(encode(parts)).hexdigest()[:_SHORT]


def profile_digest(profile: Profile) -> str:
    """The digest of the canonical profile: stated facts by id; spelling of keys and their order do not count."""
    canonical = [
        [subject.kind.value, subject.index, _canonical(subject.facts)] for subject in profile.subjects()
    ]
    return sha256(encode(canonical)).hexdigest()


def _canonical(facts: Mapping[str, StatedFact]) -> list[list[object]]:
    return [
        [name, _exact(stated), stated.origin.source, stated.origin.similarity]
        for name, stated in sorted(facts.items())
        if stated.origin.kind != "derived"
    ]


def _exact(stated: StatedFact) -> object:
    return str(stated.value) if isinstance(stated.value, Fraction) else json_value(stated)
