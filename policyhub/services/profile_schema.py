"""The JSON Schema of a profile, from the vocabulary."""

from typing import Any

from matcher.intake import MAX_SUBJECTS, MAX_TEXT, SECTIONS
from policies.rules import Subject
from policies.vocabulary import Fact, FactType, Vocabulary
from policyhub.snapshot import Snapshot

_TEXT = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
_NULL = {"type": "null"}


def profile_schema(snapshot: Snapshot) -> dict[str, Any]:
    """Draft 2020-12. Keys are the facts' English keys or their Chinese names; ``null`` means unknown."""
    vocabulary = snapshot.library.vocabulary
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "/v1/schemas/profile.json",
        "title": "画像",
        "description": "一家企业和它的项目、存量资产；没有说明的事实可以不写，或写 null。",
        "type": "object",
        "properties": {key: value for kind in Subject for key, value in _section(kind).items()},
        "additionalProperties": False,
        "$defs": {kind.value: _subject(kind, vocabulary) for kind in Subject},
        "library": snapshot.short,
    }


def _section(kind: Subject) -> dict[str, Any]:
    english, chinese, *_ = SECTIONS[kind]
    one = {"$ref": f"#/$defs/{kind.value}"}
    many = {"type": "array", "items": one, "maxItems": MAX_SUBJECTS}
    shape = {"anyOf": [one if kind is Subject.ENTERPRISE else many, _NULL]}
    return {
        english: {"title": chinese, **shape},
        chinese: {"description": f"同 {english}，二者只写一个", **shape},
    }


def _subject(kind: Subject, vocabulary: Vocabulary) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for fact in vocabulary.facts.values():
        if fact.subject is kind:
            properties[fact.key] = _fact(fact, vocabulary)
            properties[fact.name] = {
                "description": f"同 {fact.key}，二者只写一个",
                **_shape(fact, vocabulary),
            }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _fact(fact: Fact, vocabulary: Vocabulary) -> dict[str, Any]:
    said = fact.question + (f" {fact.help}" if fact.help else "")
    return {"title": fact.name, "description": said, **_shape(fact, vocabulary)}


def _shape(fact: Fact, vocabulary: Vocabulary) -> dict[str, Any]:
    words = {"enum": [choice.name for choice in fact.choices]}
    places = {"enum": [region.name for region in vocabulary.regions.values()]}
    shapes: dict[FactType, list[dict[str, Any]]] = {
        FactType.BOOLEAN: [{"type": "boolean"}, {"enum": ["是", "否"]}],
        FactType.CHOICE: [words, _TEXT],
        FactType.CHOICES: [{"type": "array", "items": {"anyOf": [words, _TEXT]}}, _TEXT],
        FactType.NUMBER: [
            {"type": "number", "minimum": 0, "description": f"以{fact.unit}计"},
            {**_TEXT, "description": f"带单位的数，如 3{fact.unit}"},
        ],
        FactType.DATE: [{"type": "string", "format": "date"}],
        FactType.REGION: [places, _TEXT],
        FactType.TEXT: [_TEXT],
    }
    return {"anyOf": [*shapes[fact.type], _NULL]}
