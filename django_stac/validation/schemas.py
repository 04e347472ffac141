"""The core schemas of STAC, found in pystac's package data and compiled. Errors are not explained here."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from django_stac.spec.datetimes import parse_instant

_HOME = "https://schemas.stacspec.org/v1.1.0"
_FILES = {"Feature": "item.json", "Collection": "collection.json", "Catalog": "catalog.json"}
TYPES = tuple(_FILES)
_FOLDERS = {"collection.json": "collection-spec", "catalog.json": "catalog-spec"}
_VERSION = ("properties", "stac_version")
_EXTENT = ("definitions", "collection", "properties", "extent")

_TEXT = {"type": "string"}
_FILLED_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_COMMON = "../../item-spec/json-schema"
_PROVIDER_MEMBERS = f"{_COMMON}/provider.json#/properties/providers/items/properties"
# A collection of 1.0.0 may have a provider with an empty name, an item may not.
_PROVIDER = {
    "type": "object",
    "required": ["name"],
    "properties": {name: {"$ref": f"{_PROVIDER_MEMBERS}/{name}"} for name in ("description", "roles", "url")}
    | {"name": _TEXT},
}

Edits = dict[str, dict[tuple[str | int, ...], Any]]

# The version is checked by ``spec.versions``, so that patch releases pass.
_ANY_VERSION: Edits = {
    "item.json": {("definitions", "core", "allOf", 2, *_VERSION): _TEXT},
    "collection.json": {("definitions", "collection", *_VERSION): _TEXT},
    "catalog.json": {("definitions", "catalog", *_VERSION): _TEXT},
}

# pystac's wheels hold the schemas of 1.1.0 only: this is what 1.0.0 did not yet ask for.
_IN_1_0: Edits = {
    "common.json": {
        ("allOf",): [
            {"$ref": f"{name}.json"} for name in ("basics", "datetime", "instrument", "licensing", "provider")
        ],
    },
    "basics.json": {("properties",): {"title": _TEXT, "description": _TEXT}},
    "item.json": {
        ("definitions", "core", "allOf", 2, "allOf", 1): True,
        ("definitions", "link", "allOf", 0, "then"): True,
        ("definitions", "link", "allOf", 0, "properties", "method"): True,
        ("definitions", "link", "allOf", 0, "properties", "headers"): True,
        ("definitions", "link", "allOf", 1): True,
    },
    "collection.json": {
        ("allOf", 1): {
            "properties": {
                "title": _TEXT,
                "description": _FILLED_TEXT,
                "keywords": _TEXTS,
                "license": {"$ref": f"{_COMMON}/licensing.json#/properties/license"},
                "providers": {"type": "array", "items": _PROVIDER},
            },
        },
        ("definitions", "collection", "properties", "item_assets"): True,
        (*_EXTENT, "properties", "spatial", "properties", "bbox", "oneOf"): [{"minItems": 1}],
    },
    "catalog.json": {("allOf", 1): {"properties": {"title": _TEXT, "description": _FILLED_TEXT}}},
}


@cache
def validator(kind: str, minor: str) -> jsonschema_rs.Validator:
    """Compile the core schema of a type (one of TYPES) for STAC "1.0" or "1.1", once a process."""
    schemas = _schemas()
    for edits in (_ANY_VERSION, _IN_1_0) if minor == "1.0" else (_ANY_VERSION,):
        _edit(schemas, edits)
    # Under the URL of their file, because the `$id` of common.json is misspelt.
    registry = jsonschema_rs.Registry(
        [(_uri(name), schema) for name, schema in schemas.items()] + _geojson(), draft=jsonschema_rs.Draft7
    )
    return jsonschema_rs.validator_for(schemas[_FILES[kind]], registry=registry, validate_formats=True, formats=FORMATS)


def bundled(uri: str) -> Any:
    """Return the published schema at an address as pystac's package data hold it; None where they do not."""
    return _published().get(uri)


@cache
def _published() -> dict[str, Any]:
    return {_uri(name): schema for name, schema in _schemas().items()} | dict(_geojson())


def _schemas() -> dict[str, Any]:
    folder = files("pystac") / "validation" / "jsonschemas" / "stac-spec" / "v1.1.0"
    schemas = {each.name: json.loads(each.read_text("utf-8")) for each in folder.iterdir()}
    for name, schema in schemas.items():
        schema["$id"] = _uri(name)
    return schemas


def _geojson() -> list[tuple[str, Any]]:
    folder = files("pystac") / "validation" / "jsonschemas" / "geojson"
    schemas = [json.loads(each.read_text("utf-8")) for each in folder.iterdir()]
    return [(schema["$id"], schema) for schema in schemas]


def _uri(name: str) -> str:
    return f"{_HOME}/{_FOLDERS.get(name, 'item-spec')}/json-schema/{name}"


def _edit(schemas: dict[str, Any], edits: Edits) -> None:
    for name, replacements in edits.items():
        for (*steps, last), replacement in replacements.items():
            place = schemas[name]
            for step in steps:
                place = place[step]
            place[last] = replacement


def _is_instant(text: str) -> bool:
    try:
        parse_instant(text)
    except ValueError:
        return False
    return True


FORMATS = {"date-time": _is_instant}
"""How formats are judged where the rules of STAC are stricter than JSON Schema."""
