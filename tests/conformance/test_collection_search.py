"""STAC API - Collection Search: one test a conformance class, named after it."""

import pytest

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, href, ids, search_collections
from tests.factories import put_collection


@pytest.fixture(autouse=True)
def shelf(db):
    """Three collections that differ in everything that can be asked for."""
    cold, warm = {"keywords": ["snow", "ice"], "license": "other"}, {"keywords": ["coral reef"]}
    put_where("alps", [10, 45, 11, 46], ["2000-01-01T00:00:00Z", "2009-12-31T00:00:00Z"], **cold)
    put_where("fiji", [177, -18, -178, -16], ["2010-01-01T00:00:00Z", None], **warm)
    put_where("tahiti", [-150, -18, -149, -17], [None, "2004-12-31T00:00:00Z"], **warm)


def put_where(name, bbox, interval, **changes):
    put_collection(name, extent={"spatial": {"bbox": [bbox]}, "temporal": {"interval": [interval]}}, **changes)


def declared():
    return ask("landing").json()["conformsTo"]


def found(**params):
    return ids(search_collections(**params).json())


def test_conforms_to_collection_search():
    assert Conformance.COLLECTION_SEARCH in declared()
    assert href(search_collections().json(), "self") == href(ask("landing").json(), "data")
    assert found(bbox="170,-20,-170,-10") == ["fiji"]
    assert found(datetime="2004-06-01T00:00:00Z/..") == ["alps", "fiji", "tahiti"]
    assert found(datetime="2004-06-01T00:00:00Z", bbox="-180,-90,0,90") == ["tahiti"]


def test_conforms_to_simple_query():
    assert Conformance.SIMPLE_QUERY in declared()
    assert found(limit=2) == ["alps", "fiji"]
    assert found(bbox="170,-20,175,-17", datetime="../2030-01-01T00:00:00Z") == []
    assert search_collections(bbox="1,2,3").status_code == search_collections(datetime="x").status_code == 400


def test_conforms_to_collection_search_endpoint():
    assert Conformance.COLLECTION_SEARCH_ENDPOINT in declared()
    asked = {"bbox": [-180, -90, 0, 90], "datetime": "2004-06-01T00:00:00Z", "limit": 5}
    assert ids(search_collections(asked).json()) == ["tahiti"]
    assert ids(ask("collections-search", bbox="-180,-90,0,90", limit=5).json()) == ["fiji", "tahiti"]


def test_conforms_to_collection_search_fields():
    assert Conformance.COLLECTION_SEARCH_FIELDS in declared()
    page = search_collections(fields="keywords,-links").json()
    assert page["collections"][0].keys() == {"type", "stac_version", "id", "keywords"}
    assert "links" in page
    excluded = search_collections({"fields": {"exclude": ["description"]}}).json()["collections"][0]
    assert "description" not in excluded
    assert {"title", "extent", "links", "keywords"} <= excluded.keys()


def test_conforms_to_collection_search_filter():
    assert Conformance.COLLECTION_SEARCH_FILTER in declared()
    assert found(filter="A_CONTAINS(keywords, ('snow')) OR title LIKE 'Tah%'") == ["alps", "tahiti"]
    assert found(filter="S_INTERSECTS(geometry, BBOX(170, -20, -170, -10))") == ["fiji"]
    assert found(filter="T_AFTER(datetime, TIMESTAMP('2005-01-01T00:00:00Z'))") == ["fiji"]
    as_json = {"op": "not", "args": [{"op": "=", "args": [{"property": "license"}, "other"]}]}
    assert ids(search_collections({"filter": as_json}).json()) == ["fiji", "tahiti"]


def test_conforms_to_collection_search_query():
    assert Conformance.COLLECTION_SEARCH_QUERY in declared()
    assert found(query='{"license": {"neq": "other"}, "title": {"startsWith": "f"}}') == ["fiji"]
    assert ids(search_collections({"query": {"license": "OTHER"}}).json()) == ["alps"]


def test_conforms_to_collection_search_sort():
    assert Conformance.COLLECTION_SEARCH_SORT in declared()
    assert found(sortby="-id") == ["tahiti", "fiji", "alps"]
    assert found(sortby="license,-title") == ["tahiti", "fiji", "alps"]
    assert ids(search_collections({"sortby": [{"field": "start_datetime"}]}).json()) == ["alps", "fiji", "tahiti"]


def test_conforms_to_collection_search_sort_rc():
    assert Conformance.COLLECTION_SEARCH_SORT_RC in declared()
    assert found(sortby="+title") == ["alps", "fiji", "tahiti"]
    asked = {"sortby": [{"field": "title", "direction": "desc"}]}
    assert ids(search_collections(asked).json()) == ["tahiti", "fiji", "alps"]


def test_conforms_to_collection_search_free_text():
    assert Conformance.COLLECTION_SEARCH_FREE_TEXT in declared()
    assert found(q="ICE,Tahiti") == ["alps", "tahiti"]
    assert found(q="coral reef,nothing") == ["fiji", "tahiti"]
    assert ids(search_collections({"q": ["reef coral"]}).json()) == []


def test_conforms_to_collection_search_advanced_free_text():
    assert Conformance.COLLECTION_SEARCH_ADVANCED_FREE_TEXT in declared()
    assert found(q="snow fiji") == ["alps", "fiji"]
    assert found(q='"coral reef" -fiji') == ["tahiti"]
    assert found(q="+reef +(fiji OR alps)") == ["fiji"]
    assert ids(search_collections({"q": "snow AND ice"}).json()) == ["alps"]
