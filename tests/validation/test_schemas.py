"""The core schemas as compiled: found without a network, one for each type and version."""

import copy
import json
import socket

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.validation.schemas import TYPES, validator
from tests.shared import SHARED, needs_shared
from tests.validation.documents import catalog, collection, item

MAKERS = {"Feature": item, "Collection": collection, "Catalog": catalog}
HOME = SHARED / "data" / "schemas"


def test_every_schema_compiles_without_a_network(monkeypatch):
    def no_network(*_):
        raise AssertionError("the schemas must be local")

    monkeypatch.setattr(socket, "socket", no_network)
    validator.cache_clear()
    assert all(
        validator(kind, minor).is_valid(MAKERS[kind](f"{minor}.0")) for kind in TYPES for minor in ("1.0", "1.1")
    )


def test_a_schema_is_compiled_once():
    assert validator("Feature", "1.1") is validator("Feature", "1.1")


def official(kind):
    """Compile the published schemas of 1.0.0 as they are."""
    folders = (HOME / "schemas.stacspec.org" / "v1.0.0", HOME / "geojson.org")
    paths = [path for folder in folders for path in folder.rglob("*.json")]
    uris = [f"https://{path.relative_to(HOME).as_posix()}" for path in paths]
    resources = [
        (uri, json.loads(path.read_text("utf-8")) | {"$id": uri}) for uri, path in zip(uris, paths, strict=True)
    ]
    name = {"Feature": "item", "Collection": "collection", "Catalog": "catalog"}[kind]
    schema = {"$ref": f"https://schemas.stacspec.org/v1.0.0/{name}-spec/json-schema/{name}.json"}
    registry = jsonschema_rs.Registry(resources, draft=jsonschema_rs.Draft7)
    return jsonschema_rs.Draft7Validator(schema, registry=registry, validate_formats=True)


OFFICIAL = {kind: official(kind) for kind in TYPES} if HOME.is_dir() else {}

NAMES = [
    "description", "title", "keywords", "providers", "license", "bands", "data_type", "nodata", "statistics", "unit",
    "gsd", "platform", "instruments", "roles", "datetime", "start_datetime", "created", "item_assets", "method",
    "headers", "bbox", "interval", "href", "rel", "name", "url", "geometry", "collection", "id", "extent", "spatial",
]  # fmt: skip
VALUES = [
    None, "", "text", "a b", "./relative", "https://example.com/", "self", "collection", "2020-01-01T00:00:00Z",
    "uint8", 0, 1, -1,
    [], ["text"], [1, 2, 3, 4], [[0, 0, 1, 1], [0, 0, 1, 1]], [{}], [{"name": ""}], [{"name": "x", "roles": ["host"]}],
    {}, {"a": {"href": "x"}}, {"a": {"type": "x"}}, {"a": 1}, {"rel": "self", "href": "./x"},
]  # fmt: skip


def places(value):
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from places(each)
    elif isinstance(value, list):
        for each in value:
            yield from places(each)


@needs_shared
@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
def test_documents_of_1_0_meet_the_rules_of_1_0_and_no_others(kind, data):
    document = MAKERS[kind]("1.0.0")
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places(document))))
        name = data.draw(st.sampled_from([*NAMES, *place]))
        if name == "stac_version":
            continue
        if data.draw(st.booleans()) or name not in place:
            place[name] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        else:
            del place[name]
    assert validator(kind, "1.0").is_valid(document) == OFFICIAL[kind].is_valid(document)
