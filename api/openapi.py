"""OpenAPI 3.1, from what the routes say of themselves and the structs they return."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from api.doc import Doc, doc_of
from api.problems import KINDS, PROBLEM_JSON, Problem
from api.words import FIELDS, STATUSES, STRUCTS, TAGS
from matcher.finding import BriefFinding, Finding
from policyhub.bootstrap import Services
from policyhub.services.compare import SubjectRef
from policyhub.services.errors import PolicyHubError
from policyhub.services.profile_schema import profile_schema

Json = dict[str, Any]

_REF = "#/components/schemas/"
_SUBJECT = {"$ref": f"{_REF}SubjectRef"}
_PROFILE = {"$ref": f"{_REF}Profile"}
_FINDINGS = {"anyOf": [{"$ref": f"{_REF}Finding"}, {"$ref": f"{_REF}BriefFinding"}]}
_VALUE: Json = {
    "type": ["object", "null"],
    "properties": {"value": {}, "text": {"type": "string"}, "origin": {"type": "object"}},
    "required": ["value", "text", "origin"],
}
_COMPUTED: Json = {
    "type": ["object", "null"],
    "properties": {name: {"type": "string"} for name in ("name", "amount", "working")},
    "required": ["name", "amount", "working"],
}
# Fields that are spliced in as JSON already written, so that their type does not tell their shape.
_WRITTEN: Mapping[tuple[str, str], Json] = {
    ("Finding", "subject"): _SUBJECT,
    ("Finding", "score"): {"type": "integer", "minimum": 0, "maximum": 100},
    ("BriefFinding", "subject"): _SUBJECT,
    ("BriefFinding", "score"): {"type": "integer", "minimum": 0, "maximum": 100},
    ("BenefitFinding", "computed"): _COMPUTED,
    ("ConditionFinding", "stated"): _VALUE,
    ("MatchAnswer", "findings"): {"type": "array", "items": _FINDINGS},
    ("MatchRequest", "profile"): _PROFILE,
    ("VerifyRequest", "profile"): _PROFILE,
    ("CompareRequest", "profiles"): {"type": "array", "items": _PROFILE},
}


def describe(app: Litestar, services: Services) -> Json:
    """The whole document. Its examples are real answers of the library that is served."""
    documented = [(route.path_format, h) for route in app.routes for h in _handlers(route) if doc_of(h)]
    docs = [doc for _, handler in documented if (doc := doc_of(handler))]
    components = _components(docs) | _profile(services)
    paths: dict[str, Json] = {}
    for path, handler in documented:
        doc = doc_of(handler)
        if doc is not None:
            method = next(iter(handler.http_methods)).lower()
            paths.setdefault(path, {})[method] = _operation(doc, path, services, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "晋城惠企政策匹配",
            "version": "1",
            "description": "把企业、项目、存量资产的实情对照政策原文：符合什么、还缺什么、由谁认定，句句有出处。"
            "错误一律为 application/problem+json，errors 一次列出全部错处。",
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": said} for name, said in TAGS.items()],
        "paths": paths,
        "components": {"schemas": components},
    }


def _handlers(route: object) -> Iterable[HTTPRouteHandler]:
    found = getattr(route, "route_handlers", ())
    return (handler for handler in found if isinstance(handler, HTTPRouteHandler))


def _components(docs: Iterable[Doc]) -> dict[str, Json]:
    shapes = [shape for doc in docs for shape in (doc.answer, doc.body, doc.query) if shape]
    wanted = dict.fromkeys([*shapes, Problem, Finding, BriefFinding, SubjectRef])
    _, components = msgspec.json.schema_components(wanted, ref_template=_REF + "{name}")
    for name, schema in components.items():
        schema["description"] = STRUCTS[name]
        for field, shape in schema.get("properties", {}).items():
            if (name, field) in _WRITTEN:
                shape.pop("type", None)
                shape.pop("additionalProperties", None)
                shape.update(_WRITTEN[name, field])
            shape["description"] = FIELDS.get(f"{name}.{field}") or FIELDS[field]
    return components


def _profile(services: Services) -> dict[str, Json]:
    """The schema of a profile, its parts beside it."""
    schema = profile_schema(services.snapshot)
    parts = {name: f"Profile{name.capitalize()}" for name in schema["$defs"]}
    text = msgspec.json.encode(schema["properties"]).decode()
    for name, part in parts.items():
        text = text.replace(f"#/$defs/{name}", _REF + part)
    kept = {key: schema[key] for key in ("title", "description", "type", "additionalProperties")}
    whole = {**kept, "properties": msgspec.json.decode(text)}
    return {"Profile": whole, **{part: schema["$defs"][name] for name, part in parts.items()}}


def _operation(doc: Doc, path: str, services: Services, components: Mapping[str, Json]) -> Json:
    operation: Json = {
        "operationId": doc.id,
        "tags": [doc.tag],
        "summary": doc.summary,
        "description": doc.description or doc.summary,
        "parameters": [*_path_parameters(doc, path, services), *_query_parameters(doc.query, components)],
        "responses": {"200": _answer(doc, services), **{str(s): _problem(s) for s in doc.problems}},
    }
    if doc.body is not None:
        content = {"schema": {"$ref": _REF + doc.body.__name__}, "examples": _requests(doc, services)}
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    return operation


def _requests(doc: Doc, services: Services) -> Json:
    if doc.examples is None:
        return {}
    with suppress(PolicyHubError):  # another city's library may not know what the examples speak of
        return {
            name: {"summary": name, "value": _plain(value)} for name, value in doc.examples(services).items()
        }
    return {}


def _path_parameters(doc: Doc, path: str, services: Services) -> Iterable[Json]:
    for name in (part.strip("{}") for part in path.split("/") if part.startswith("{")):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": FIELDS[name] + "；编号里的斜线可以照写",
            "schema": {"type": "string", "minLength": 1},
            "example": doc.name_of(services) if doc.name_of else "",
        }


def _query_parameters(query: type[Struct], components: Mapping[str, Json]) -> Iterable[Json]:
    for name, schema in components[query.__name__].get("properties", {}).items():
        said = schema["description"]
        shape = next(iter(schema.get("anyOf", [])), {k: v for k, v in schema.items() if k != "description"})
        yield {"name": name, "in": "query", "required": False, "description": said, "schema": shape}


def _answer(doc: Doc, services: Services) -> Json:
    content: Json = {"schema": {"$ref": _REF + doc.answer.__name__} if doc.answer else {"type": "object"}}
    if doc.example is not None:
        with suppress(PolicyHubError):
            content["example"] = _plain(doc.example(services))
    headers = {"X-Library": {"description": FIELDS["library"], "schema": {"type": "string"}}}
    return {"description": "成功", "headers": headers, "content": {"application/json": content}}


def _problem(status: int) -> Json:
    titles = [kind.title for kind in KINDS.values() if kind.status == status]
    content = {PROBLEM_JSON: {"schema": {"$ref": _REF + "Problem"}}}
    return {"description": f"{STATUSES[status]}：{'；'.join(titles)}", "content": content}


def _plain(value: object) -> Any:
    """As a caller would see it: through the bytes, since findings are written already."""
    return msgspec.json.decode(msgspec.json.encode(value))
