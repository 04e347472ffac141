"""STAC API - Collection Search: one test a conformance class, named after it."""

import pytest

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, href, ids, search_collections
from tests.factories import put_collection


@pytest.fixture(autouse=True)
def shelf(db):
    """Three collections that differ in everything that can be asked for."""
    put_where("alps", [10, 45, 11, 46], ["2000-01-01T00:00:00Z", "2009-12-31T00:00:00Z"])
    put_where("fiji", [177, -18, -178, -16], ["2010-01-01T00:00:00Z", None])
    put_where("tahiti", [-150, -18, -149, -17], [None, "2004-12-31T00:00:00Z"])


def put_where(name, bbox, interval, **changes):
    put_collection(name, extent={"spatial": {"bbox": [bbox]}, "temporal": {"interval": [interval]}}, **changes)


def declared():
    return ask("landing").json()["conformsTo"]


def found(**params):
    return ids(search_collections(**params).json())


def test_collection_search():
    assert Conformance.COLLECTION_SEARCH in declared()
    assert href(search_collections().json(), "self") == href(ask("landing").json(), "data")
    assert found(bbox="170,-20,-170,-10") == ["fiji"]
    assert found(datetime="2004-06-01T00:00:00Z/..") == ["alps", "fiji", "tahiti"]
    assert found(datetime="2004-06-01T00:00:00Z", bbox="-180,-90,0,90") == ["tahiti"]


def test_simple_query():
    assert Conformance.SIMPLE_QUERY in declared()
    assert found(limit=2) == ["alps", "fiji"]
    assert found(bbox="170,-20,175,-17", datetime="../2030-01-01T00:00:00Z") == []
    assert search_collections(bbox="1,2,3").status_code == search_collections(datetime="x").status_code == 400


def test_collection_search_endpoint():
    assert Conformance.COLLECTION_SEARCH_ENDPOINT in declared()
    asked = {"bbox": [-180, -90, 0, 90], "datetime": "2004-06-01T00:00:00Z", "limit": 5}
    assert ids(search_collections(asked).json()) == ["tahiti"]
    assert ids(ask("collections-search", bbox="-180,-90,0,90", limit=5).json()) == ["fiji", "tahiti"]
