"""STAC API - Fields: one test a conformance class, named after it."""

import pytest

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, search
from tests.factories import an_item, put

CORE = {"type", "stac_version", "id", "collection"}


@pytest.fixture(autouse=True)
def shelf(db):
    """One item with more than the least."""
    put(an_item("a", **{"eo:cloud_cover": 5}))


def declared():
    return ask("landing").json()["conformsTo"]


def members(response):
    (item,) = response.json()["features"]
    return set(item)


def test_conforms_to_item_search_fields():
    assert Conformance.ITEM_SEARCH_FIELDS in declared()
    for asked in (search(fields="geometry"), search({"fields": {"include": ["geometry"]}})):
        assert members(asked) == {*CORE, "geometry"}
    assert "geometry" not in members(search(fields="-geometry"))
    assert search(fields="nothing").status_code == 200


def test_conforms_to_features_fields():
    assert Conformance.FEATURES_FIELDS in declared()
    assert members(ask("items", "scenes", fields="properties.eo:cloud_cover")) == {*CORE, "properties"}
