"""The requests that STAC Browser and QGIS send, written down: they are answered as these clients need it."""

import re

import pytest
from django.test import Client

from django_stac import transactions
from tests.api.asking import ask, follow, href, hrefs, ids, search, url
from tests.factories import an_item, box, put, put_catalog, put_collection

ROOT = "http://testserver/stac/"
BROWSER = {
    "accept": "application/geo+json, application/json",
    "accept-language": "en-GB,en;q=0.7,*;q=0.1",
    "origin": "https://browser.example.com",
}
QGIS = {"accept": "*/*", "user-agent": "Mozilla/5.0 QGIS/34002/Linux"}
COG = "image/tiff; application=geotiff; profile=cloud-optimized"


@pytest.fixture(autouse=True)
def site(db):
    """Five scenes of one collection, one of another, and a catalogue."""
    put_collection("scenes", keywords=["snow"])
    for number in range(5):
        told = {"eo:cloud_cover": number * 10, "platform": "sentinel-2a", "instruments": ["msi"]}
        asset = {"href": "https://example.com/a.tif", "type": COG, "roles": ["data"], "title": "All bands"}
        day = f"2024-06-{number + 1:02}T10:00:00Z"
        put(an_item(f"{number}", properties=told, datetime=day, assets={"data": asset}))
    put(an_item("far", collection="others", geometry=box(100, 0, 101, 1)))
    put_catalog("shelf")
    transactions.derive()


def browse(href):
    """What STAC Browser gets; it may read it."""
    response = follow(href, **BROWSER)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")
    return response.json()


def linked(document, rel, method="GET"):
    """The link of a relation that STAC Browser takes for a method."""
    (found,) = [link for link in document["links"] if link["rel"] == rel and link.get("method", "GET") == method]
    return found


# STAC Browser


@pytest.mark.parametrize(
    "pattern",
    [
        *(f"https://api.stacspec.org/v1.*/item-search{part}" for part in ("", "#filter", "#sort", "#free-text")),
        *(f"https://api.stacspec.org/v1.*/collection-search{part}" for part in ("", "#filter", "#sort", "#free-text")),
        "https://api.stacspec.org/v1.*/ogcapi-features",
        "http://www.opengis.net/spec/ogcapi-features-3/1.*/conf/features-filter",
        *(
            f"http://www.opengis.net/spec/cql2/1.*/conf/{name}"
            for name in ("cql2-text", "cql2-json", "array-functions")
        ),
        "http://www.opengis.net/spec/cql2/1.*/conf/advanced-comparison-operators",
    ],
)
def test_browser_finds_what_it_can_offer(pattern):
    expected = re.compile(re.escape(pattern).replace(r"\*", "[^/]*"))
    assert any(expected.fullmatch(uri) for uri in browse(ROOT)["conformsTo"])


def test_browser_opens_the_url_that_it_was_given():
    landing = browse(ROOT)
    assert href(landing, "self") == href(landing, "root") == ROOT
    assert all(href(each, "self") for each in browse(href(landing, "data"))["collections"])


@pytest.mark.parametrize("asked_for", ["content-type", "accept-language,authorization,content-type", "x-api-key"])
def test_browser_asks_before_it_posts(asked_for):
    wanted = {"access-control-request-method": "POST", "access-control-request-headers": asked_for}
    response = Client().options(url("search"), headers={**BROWSER, **wanted})
    allowed = response["Access-Control-Allow-Headers"].lower().split(", ")
    assert (response.status_code, set(asked_for.split(",")) - set(allowed)) == (204, set())
    assert "POST" in response["Access-Control-Allow-Methods"].split(", ")
    assert "Allow" in response["Access-Control-Expose-Headers"].split(", ")


def test_browser_builds_its_form_from_simple_queryables_and_sortables():
    landing = browse(ROOT)
    rel = "http://www.opengis.net/def/rel/ogc/1.0/"
    asked = [landing, browse(f"{ROOT}collections/scenes"), browse(f"{ROOT}collections")]
    queryables = [browse(href(document, f"{rel}queryables"))["properties"] for document in asked]
    assert queryables[1]["eo:cloud_cover"].items() >= {"type": "number", "minimum": 0, "maximum": 40}.items()
    assert all(each.get("type", each.get("format")) for properties in queryables for each in properties.values())
    assert "properties" in browse(href(landing, f"{rel}sortables"))


def test_browser_searches_by_post_and_sends_the_body_of_next_as_it_is():
    link = linked(browse(ROOT), "search", "POST")
    low = {"op": "<=", "args": [{"property": "eo:cloud_cover"}, 30]}
    like = {"op": "like", "args": [{"property": "platform"}, "%nel-2%"]}
    since = {"op": ">=", "args": [{"property": "datetime"}, {"timestamp": "2024-06-01T00:00:00.000Z"}]}
    tagged = {"op": "a_overlaps", "args": [{"property": "instruments"}, ["msi", "oli"]]}
    body = {
        "limit": 3, "collections": ["scenes"], "bbox": [-180, -90, 180, 90],
        "datetime": "2024-05-31T22:00:00.000Z/2024-12-31T23:00:00.000Z",
        "filter-lang": "cql2-json", "filter": {"op": "and", "args": [low, like, since, tagged]},
        "sortby": [{"field": "properties.eo:cloud_cover", "direction": "desc"}],
    }  # fmt: skip
    first = Client().post(link["href"], body, content_type="application/json", headers=BROWSER).json()
    following = linked(first, "next", "POST")
    second = Client().post(following["href"], following["body"], content_type="application/json", headers=BROWSER)
    assert (ids(first), ids(second.json()), first["numberMatched"]) == (["3", "2", "1"], ["0"], 4)


def test_browser_searches_items_of_a_collection_by_get():
    asked = {"limit": "2", "filter": "\"eo:cloud_cover\" > 5 AND platform LIKE '%sen%'", "filter-lang": "cql2-text"}
    page = ask("items", "scenes", headers=BROWSER, sortby="-properties.datetime", **asked).json()
    assert (ids(page), page["numberMatched"]) == (["4", "3"], 4)
    assert ids(browse(linked(page, "next")["href"])) == ["2", "1"]


def test_browser_searches_by_words():
    assert ids(ask("search", headers=BROWSER, q="sentinel-2a,nothing", limit="1").json()) == ["4"]
    assert ids(ask("collections", headers=BROWSER, q="snow", limit="10").json()) == ["scenes"]


def test_browser_shows_what_is_wrong():
    response = Client().post(url("search"), {"filter": {"op": "x"}}, content_type="application/json", headers=BROWSER)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (400, "*")
    assert {"code", "description"} <= response.json().keys()


# QGIS: GET only


def qgis(href):
    response = follow(href, **QGIS)
    assert response.status_code == 200
    return response.json()


def test_qgis_finds_the_collections_and_the_search():
    landing = qgis(ROOT)
    assert (landing["type"], landing["stac_version"]) == ("Catalog", "1.1.0")
    assert {"id", "description", "links"} <= landing.keys()
    assert href(landing, "data").endswith("/collections")
    assert hrefs(landing, "search")


def test_qgis_reads_every_collection():
    for collection in qgis(f"{ROOT}collections")["collections"]:
        assert collection["license"]
        assert collection["description"]
        assert all(len(each) in (4, 6) for each in collection["extent"]["spatial"]["bbox"])
        assert all(len(each) == 2 for each in collection["extent"]["temporal"]["interval"])


def test_qgis_names_all_collections_when_none_is_chosen():
    names = ["scenes", "others", *(f"collection-{number:04}" for number in range(3_000))]
    page = qgis(f"{ROOT}search?collections={','.join(names)}&limit=10")
    assert sorted(ids(page)) == ["0", "1", "2", "3", "4", "far"]


@pytest.mark.parametrize(
    "where",
    [
        "bbox=9.5,44.5,11.5,46.5",
        'intersects={"coordinates":[[[9,44],[12,44],[12,47],[9,47],[9,44]]],"type":"Polygon"}',
    ],
)
def test_qgis_asks_for_a_place_and_a_time_and_follows_next(where):
    time = "datetime=2024-06-02T00:00:00.000Z/.."
    page = qgis(f"{ROOT}search?collections=scenes&{where}&{time}&limit=3")
    following = qgis(linked(page, "next")["href"])
    assert [ids(page), ids(following)] == [["4", "3", "2"], ["1"]]
    assert [link for link in following["links"] if link["rel"] == "next"] == []


def test_qgis_reads_every_item():
    for item in qgis(f"{ROOT}search?ids=0,1,far")["features"]:
        assert len(item["bbox"]) == 4
        assert "datetime" in item["properties"]
        assert {"assets", "links"} <= item.keys()
    assert item["assets"]["data"]["type"].startswith("image/tiff; application=geotiff")


def test_qgis_keeps_what_has_not_changed():
    first = follow(f"{ROOT}collections/scenes", **QGIS)
    assert "max-age" in first["Cache-Control"]
    assert Client().get("/stac/collections/scenes", headers={**QGIS, "if-none-match": first["ETag"]}).status_code == 304


def test_get_and_post_find_the_same():
    asked = {"collections": "scenes", "limit": "2", "sortby": "+eo:cloud_cover"}
    body = {"collections": ["scenes"], "limit": 2, "sortby": [{"field": "eo:cloud_cover", "direction": "asc"}]}
    assert ids(search(**asked).json()) == ids(search(body).json()) == ["0", "1"]
