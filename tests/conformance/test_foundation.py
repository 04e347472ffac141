"""STAC API - Core, Collections, Features and Item Search, and OGC API - Features: a test a class, named after it."""

import pytest

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, follow, href, hrefs, ids, search, url
from tests.factories import an_item, box, put

GEOJSON = "application/geo+json"


@pytest.fixture(autouse=True)
def scenes(db):
    """Two items of one collection, which differ in place and time, and one of another."""
    put(an_item("winter", datetime="2024-01-01T00:00:00Z"), an_item("b", collection="others"))
    put(an_item("summer", datetime="2024-07-01T00:00:00Z", geometry=box(170, -10, 180, 0)))


@pytest.fixture
def landing():
    return ask("landing").json()


def test_conforms_to_core(landing):
    assert Conformance.CORE in landing["conformsTo"]
    assert (landing["type"], href(landing, "self")) == ("Catalog", href(landing, "root"))
    for rel in ("service-desc", "service-doc"):
        (offered,) = [link for link in landing["links"] if link["rel"] == rel]
        assert follow(offered["href"], accept=offered["type"])["Content-Type"].startswith(offered["type"])


def test_conforms_to_collections(landing):
    assert Conformance.COLLECTIONS in landing["conformsTo"]
    listed = follow(href(landing, "data")).json()
    assert ids(listed) == ["others", "scenes"]
    assert follow(href(listed["collections"][0], "self")).json() == listed["collections"][0]
    assert ask("collection", "none").status_code == 404


def test_conforms_to_ogcapi_features(landing):
    assert Conformance.OGCAPI_FEATURES in landing["conformsTo"]
    assert follow(href(landing, "conformance")).json()["conformsTo"] == landing["conformsTo"]
    page = follow(href(ask("collection", "scenes").json(), "items")).json()
    assert ids(page) == ["summer", "winter"]
    assert {href(each, "collection") for each in page["features"]} == {href(page, "collection")}


def test_conforms_to_item_search(landing):
    assert Conformance.ITEM_SEARCH in landing["conformsTo"]
    assert set(hrefs(landing, "search")) == {f"http://testserver{url('search')}"}
    place, time = {"bbox": [160, -20, -170, 20]}, {"datetime": "2024-05-01T00:00:00Z/.."}
    assert ids(search(place | time | {"collections": ["scenes"]}).json()) == ["summer"]
    at = '{"type": "Point", "coordinates": [10.5, 45.5]}'
    assert ids(search(intersects=at, ids="winter,b").json()) == ["b", "winter"]


def test_conforms_to_features_core(landing):
    assert Conformance.FEATURES_CORE in landing["conformsTo"]
    assert ids(ask("items", "scenes", bbox="0,40,20,50", datetime="2024-01-01T00:00:00Z", limit=5).json()) == ["winter"]
    assert ask("items", "scenes", colour="red").status_code == ask("items", "scenes", bbox="1,2").status_code == 400
    assert ask("item", "scenes", "none").status_code == 404


def test_conforms_to_features_oas30(landing):
    assert Conformance.FEATURES_OAS30 in landing["conformsTo"]
    described = follow(href(landing, "service-desc")).json()
    items = described["paths"]["/collections/{collection_id}/items"]["get"]
    assert described["openapi"].startswith("3.0.")
    taken = {each.get("$ref", "").rpartition("/")[2] for each in items["parameters"]}
    assert {"bbox", "datetime", "limit"} <= taken
    assert {"200", "400", "404"} <= items["responses"].keys()


def test_conforms_to_features_geojson(landing):
    assert Conformance.FEATURES_GEOJSON in landing["conformsTo"]
    page, item = ask("items", "scenes"), ask("item", "scenes", "winter")
    assert page["Content-Type"] == item["Content-Type"] == GEOJSON
    assert (page.json()["type"], item.json()["type"]) == ("FeatureCollection", "Feature")


ALSO_PAGES = [("landing",), ("conformance",), ("collections",), ("collection", "scenes"), ("items", "scenes")]


@pytest.mark.parametrize("route", [*ALSO_PAGES, ("item", "scenes", "winter"), ("queryables",), ("search",)], ids=str)
def test_conforms_to_features_html(landing, route):
    assert Conformance.FEATURES_HTML in landing["conformsTo"]
    page = ask(*route, headers={"accept": "text/html"})
    assert page["Content-Type"].startswith("text/html")
    assert "winter" in page.content.decode() or route[-1] != "winter"
