"""Queryables and sortables: one test a conformance class, named after it."""

import jsonschema_rs
import pytest

from django_stac import transactions
from django_stac.spec.conformance import Conformance
from django_stac.spec.links import QUERYABLES, SORTABLES
from tests.api.asking import ask, follow, href
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scenes():
    put(an_item("a", **{"eo:cloud_cover": 7, "mission": "m", "x:tags": ["t"]}))
    transactions.derive()


def linked(document, rel, conformance):
    """The schema behind a document's link, of a class that is declared."""
    assert conformance in ask("landing").json()["conformsTo"]
    response = follow(href(document, rel))
    schema = response.json()
    assert (response.status_code, response["Content-Type"]) == (200, "application/schema+json")
    jsonschema_rs.meta.validate(schema)
    return schema


def test_conforms_to_queryables():
    for document in (ask("landing").json(), ask("collection", "scenes").json()):
        schema = linked(document, QUERYABLES, Conformance.QUERYABLES)
        assert {"id", "collection", "geometry", "datetime", "eo:cloud_cover"} <= schema["properties"].keys()
        assert schema["properties"]["geometry"]["format"] == "geometry-any"
        assert schema["$id"] == href(document, QUERYABLES)


def test_conforms_to_sortables():
    schema = linked(ask("collection", "scenes").json(), SORTABLES, Conformance.SORTABLES)
    assert {"id", "datetime", "eo:cloud_cover"} <= schema["properties"].keys()
    assert {each["type"] for each in schema["properties"].values()} <= {"string", "number", "integer", "boolean"}


def test_conforms_to_item_search_sortables():
    schema = linked(ask("landing").json(), SORTABLES, Conformance.ITEM_SEARCH_SORTABLES)
    assert "x:tags" not in schema["properties"]
    assert schema["additionalProperties"] is False


def test_conforms_to_collection_search_sortables():
    schema = linked(ask("collections").json(), SORTABLES, Conformance.COLLECTION_SEARCH_SORTABLES)
    assert {"id", "title"} <= schema["properties"].keys()
    assert linked(ask("collections").json(), QUERYABLES, Conformance.QUERYABLES)["properties"].keys() >= {"id", "title"}
