"""Errors of the core schemas in a curator's words. Finding the errors is not done here."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from jsonschema_rs import ValidationError

from django_stac.spec.geometry import OVERSHOOT, geometry_problems
from django_stac.validation.choices import alternatives, wanted_members
from django_stac.validation.problems import Problem, pointer_to

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}  # in the order in which they are named
_FORMATS = {
    "date-time": "must be a RFC 3339 time in UTC such as 2020-02-29T12:00:00Z",
    "iri": "must be a complete address such as https://example.com/about",
    "iri-reference": "must be an address; a blank in it is written %20",
}
_UTC = r"(\+00:00|Z)$"

# Where the schemas say only "one of these did not match" or "no": (keyword, pointer, sentence).
_SENTENCES = [
    (keyword, re.compile(pointer), sentence)
    for keyword, pointer, sentence in (
        ("not", "/collection", "must be left out, or `links` must have a link with rel `collection`"),
        ("not", "/item_assets/[^/]*/href", "must be left out: the assets of the items have hrefs"),
        ("falseSchema", "/properties/bands", "must be left out, for no asset has `bands`"),
        ("oneOf", "/extent/spatial/bbox", "must be one box, or the overall box and at least two parts of it"),
        ("oneOf", "/extent/spatial/bbox/[0-9]+", "must be 4 numbers, or 6 with heights"),
        ("minItems", "/bbox", "must be 4 numbers, or 6 with heights"),
        ("oneOf", ".*/nodata", "must be a number or one of nan, inf, -inf"),
        ("oneOf", "/links/[0-9]+/headers/.*", "must be text or a list of texts"),
        ("oneOf", "/properties", "must be an object"),
        ("oneOf", "/id", "must be text"),
        (
            "anyOf",
            "/summaries/[^/]*",
            "must be a list of values, a range with `minimum` and `maximum`, or a JSON Schema",
        ),
        ("pattern", ".*/license|/license", "must be one SPDX identifier such as CC-BY-4.0, or `other`"),
        ("pattern", "/links/[0-9]+/method", "must be a method in capitals such as GET"),
    )
]


def in_words(document: dict[str, Any], errors: Iterable[ValidationError]) -> list[Problem]:
    """Turn schema errors into problems: one for each place, the plainest wins."""
    found: dict[str, Problem] = {}
    for error in sorted(errors, key=_vagueness):
        for problem in _problems(document, error):
            found.setdefault(problem.pointer, problem)
    return sorted(found.values(), key=lambda problem: problem.pointer)


def _keyword(error: ValidationError) -> str:
    return error.kind.name


def _vagueness(error: ValidationError) -> int:
    """Rank what names the member itself before patterns, and those before choices and refusals."""
    keyword = _keyword(error)
    if keyword in ("anyOf", "oneOf", "not", "falseSchema"):
        return 2
    return 1 if keyword == "pattern" else 0


def _problems(document: dict[str, Any], error: ValidationError) -> Iterator[Problem]:
    path, keyword, kind = list(error.instance_path), _keyword(error), cast(Any, error.kind)
    if keyword == "required":
        yield Problem(pointer_to([*path, kind.property]), _missing(kind.property, path))
    elif keyword == "additionalProperties":
        for name in kind.unexpected:
            yield Problem(pointer_to([*path, name]), "must be left out: the schema knows no such member")
    elif keyword == "oneOf" and path in ([], ["geometry"]) and alternatives(error):
        yield from list(_shape_problems(document)) or [Problem(pointer_to(path), _CHOSEN[keyword])]
    elif keyword == "anyOf" and path == ["properties"] and _is_about_time(error):
        yield _time_problem(document["properties"])
    else:
        pointer = pointer_to(path)
        yield Problem(pointer, _sentence(error, keyword, pointer))


def _is_about_time(error: ValidationError) -> bool:
    return set(wanted_members(error)) <= {"datetime"}


def _missing(name: str, path: list[str | int]) -> str:
    if name == "collection" and not path:
        return "is missing, but `links` has a link with rel `collection`"
    if name in ("start_datetime", "end_datetime"):
        return "is missing: `start_datetime` and `end_datetime` go together"
    return "is missing"


def _sentence(error: ValidationError, keyword: str, pointer: str) -> str:
    for name, pattern, sentence in _SENTENCES:
        if name == keyword and pattern.fullmatch(pointer):
            return f"{sentence}; got {_shown(error.instance)}"
    if members := wanted_members(error):
        return f"must have at least one of {', '.join(members)}"
    write = _WRITERS.get(keyword)
    if write is None:
        return _CHOSEN.get(keyword, error.message[:200])
    return f"{write(error.kind)}; got {_shown(error.instance)}"


_WRITERS: dict[str, Any] = {
    "type": lambda kind: f"must be {' or '.join(word for name, word in _TYPES.items() if name in kind.types)}",
    "const": lambda kind: f"must be {kind.expected_value}",
    "enum": lambda kind: f"must be one of {', '.join(map(str, kind.options))}",
    "format": lambda kind: _FORMATS.get(kind.format, f"must be a {kind.format}"),
    "pattern": lambda kind: _FORMATS["date-time"] if kind.pattern == _UTC else f"must match {kind.pattern}",
    "minLength": lambda _: "must not be empty",
    "minItems": lambda kind: f"must have at least {_count(kind.limit, 'entry', 'entries')}",
    "maxItems": lambda kind: f"must have at most {_count(kind.limit, 'entry', 'entries')}",
    "minProperties": lambda kind: f"must have at least {_count(kind.limit, 'member', 'members')}",
    "minimum": lambda kind: f"must be at least {kind.limit}",
    "maximum": lambda kind: f"must be at most {kind.limit}",
    "exclusiveMinimum": lambda kind: f"must be greater than {kind.limit}",
    "uniqueItems": lambda _: "must not name anything twice",
}

# What the schema says of these is the whole value, cut off somewhere.
_CHOSEN = {
    "anyOf": "is in none of the forms that the schema allows",
    "oneOf": "is in none, or in several, of the forms that the schema allows",
    "not": "is in a form that the schema forbids",
}


def _count(limit: int, one: str, many: str) -> str:
    return f"{limit} {one if limit == 1 else many}"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _time_problem(properties: dict[str, Any]) -> Problem:
    pointer = "/properties/datetime"
    if "datetime" not in properties:
        return Problem(
            pointer, "is missing: give the time of the data, or null with `start_datetime` and `end_datetime`"
        )
    return Problem(pointer, "may be null only when `start_datetime` and `end_datetime` are given")


def _shape_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Name what is wrong with `geometry` and `bbox`, for which the schema offers a choice of two shapes."""
    geometry, bbox = document.get("geometry"), document.get("bbox")
    if geometry is None:
        if "geometry" in document and "bbox" in document:
            yield Problem("/bbox", "must be left out when `geometry` is null")
        return
    if isinstance(geometry, dict) and geometry.get("type") == "GeometryCollection":
        yield Problem("/geometry/type", "must not be GeometryCollection; a MultiPolygon may hold several areas")
    else:
        yield from _geometry_problems(geometry)
    if "bbox" not in document:
        yield Problem("/bbox", "is missing: an item with a geometry has the box [west, south, east, north]")
    elif not _is_box(bbox):
        yield Problem("/bbox", f"must be 4 numbers, or 6 with heights; got {_shown(bbox)}")


def _geometry_problems(geometry: object) -> Iterator[Problem]:
    for pointer, sentence in geometry_problems(geometry, overshoot=OVERSHOOT):
        yield Problem("/geometry" + pointer, sentence)
    box = geometry.get("bbox", [0, 0, 0, 0]) if isinstance(geometry, dict) else None
    if isinstance(geometry, dict) and not _is_box(box):
        yield Problem("/geometry/bbox", f"must be 4 numbers, or 6 with heights; got {_shown(box)}")


def _is_box(value: object) -> bool:
    return isinstance(value, list) and len(value) in (4, 6) and all(type(each) in (int, float) for each in value)
