"""What clients ask of the list of collections: pystac-client, and the requests of STAC Browser."""

import pytest
from pystac_client import Client

from tests.api.asking import ask, follow, href, ids
from tests.factories import put_collection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def catalog(live_server):
    """Three collections, as pystac-client sees them."""
    for name, box, words in [("alps", [10, 45, 11, 46], "snow"), ("fiji", [177, -18, -178, -16], "coral reef")]:
        extent = {"spatial": {"bbox": [box]}, "temporal": {"interval": [["2020-01-01T00:00:00Z", None]]}}
        put_collection(name, extent=extent, keywords=[words])
    put_collection("world")
    return Client.open(f"{live_server.url}/stac/")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "snow"}, ["alps"]),
        ({"q": "snow,coral reef"}, ["alps", "fiji"]),
        ({"bbox": [178, -18, 179, -17]}, ["fiji", "world"]),
        ({"bbox": [10, 45, 11, 46], "datetime": "2019-01-01/2019-12-31"}, ["world"]),
        ({"filter": "title = 'Fiji'"}, ["fiji"]),
        ({"filter": {"op": "like", "args": [{"property": "title"}, "W%"]}}, ["world"]),
        ({"query": {"title": {"startsWith": "al"}}}, ["alps"]),
        ({"query": ["title=Alps"]}, ["alps"]),
        ({"sortby": "-id"}, ["world", "fiji", "alps"]),
        ({"sortby": ["-properties.title"], "limit": 1}, ["world", "fiji", "alps"]),
        ({"sortby": [{"field": "id", "direction": "desc"}], "max_collections": 2}, ["world", "fiji"]),
    ],
)
def test_pystac_client_searches_on_the_server(catalog, asked, found):
    assert [collection.id for collection in catalog.collection_search(**asked).collections()] == found


def test_pystac_client_counts_what_it_searches(catalog):
    assert catalog.collection_search(q="snow,reef", limit=1).matched() == 2
    assert catalog.collection_search(q="nothing").matched() == 0


def test_pystac_client_asks_for_parts(catalog):
    (found,) = catalog.collection_search(q="snow", fields=["title", "extent"]).collection_list_as_dict()["collections"]
    assert found.keys() == {"type", "stac_version", "id", "title", "extent"}


def test_stac_browser_searches_by_get_and_follows_next(catalog):
    asked = {
        "limit": "1",
        "q": "snow,coral reef",
        "bbox": "-180,-90,180,90",
        "datetime": "2019-12-31T23:00:00.000Z/2024-12-31T23:00:00.000Z",
        "filter": "license LIKE 'CC%'",
        "filter-lang": "cql2-text",
        "sortby": "-title",
    }
    accepted = {"accept": "application/json", "accept-language": "en, *;q=0.7"}
    first = ask("collections", headers=accepted, **asked).json()
    second = follow(href(first, "next"), accept="application/json").json()
    assert (ids(first), ids(second), first["numberMatched"]) == (["fiji"], ["alps"], 2)
    assert href(second["collections"][0], "self").endswith("/collections/alps")
