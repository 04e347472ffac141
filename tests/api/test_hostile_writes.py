"""Whatever is sent, it is refused or stored, and never a fault of the server."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.models import Item
from tests.api.sending import send, writer
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog

__all__ = ["writer"]

TEXTS = st.text(max_size=5) | st.sampled_from(
    ["\0", "a/b", "..", "1.1.0", "Feature", "Point", "stac-file:x", "/", "~0"]
)
NUMBERS = st.integers() | st.floats() | st.sampled_from([2**63, 1e400, -0.0])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(
    [
        *("type", "id", "collection", "collections", "features", "geometry", "bbox", "properties", "links", "assets"),
        *("stac_version", "stac_extensions", "extent", "license", "summaries", "title", "description"),
        *("op", "path", "from", "value", "items", "method", "if_match"),
    ]
)
CHANGES = st.dictionaries(MEMBERS, VALUES, max_size=3)
LISTS = st.lists(
    st.fixed_dictionaries({"op": st.sampled_from(["add", "remove", "move", "copy", "test"])}) | CHANGES, max_size=3
)
DOCUMENTS = {
    ("POST", "items", "scenes"): an_item("new"),
    ("PUT", "item", "scenes", "a"): an_item("a"),
    ("PATCH", "item", "scenes", "a"): {},
    ("POST", "collections"): a_collection("new"),
    ("PUT", "collection", "scenes"): a_collection(),
    ("PATCH", "collection", "scenes"): {},
    ("POST", "catalogs"): a_catalog("new"),
    ("PUT", "catalog", "shelf"): a_catalog(),
    ("PATCH", "catalog", "shelf"): {},
    ("POST", "bulk-items", "scenes"): {"items": {"b": an_item("b")}},
}
every_write = pytest.mark.parametrize(("route", "document"), DOCUMENTS.items(), ids=str)
some = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def stored(db):
    put(an_item("a"))
    put_catalog("shelf")


def answer(client, route, body, **headers):
    method, *rest = route
    return send(client, method, *rest, body=body, **headers)


@every_write
@some
@given(data=st.data())
def test_no_document_is_a_fault_of_the_server(writer, route, document, data):
    body = data.draw(CHANGES.map(lambda changes: document | changes) | LISTS | VALUES)
    assert answer(writer, route, json.dumps(body).encode()).status_code < 500


@every_write
@some
@given(body=st.binary(max_size=40))
def test_no_bytes_are_a_fault_of_the_server(writer, route, document, body):
    for media_type in ("application/json", "application/x-ndjson"):
        assert answer(writer, route, body, media_type=media_type).status_code < 500


@some
@given(tag=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20))
@pytest.mark.parametrize("header", ["if_match", "if_none_match", "prefer", "idempotency_key"])
def test_no_header_is_a_fault_of_the_server(writer, header, tag):
    route = ("POST", "items", "scenes") if header == "idempotency_key" else ("PUT", "item", "scenes", "a")
    assert answer(writer, route, an_item("a"), **{header: tag}).status_code < 500
    assert Item.objects.get().document == an_item("a")
