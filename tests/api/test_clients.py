"""What clients do with the API, done with a client."""

import pytest
from pystac_client import Client

from tests.api.test_items import series
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def catalog(live_server):
    """The landing page as pystac-client opens it."""
    series(5)
    put(an_item("a/b c", collection="others"))
    return Client.open(f"{live_server.url}/stac/")


def test_client_lists_collections_and_their_items(catalog):
    assert [collection.id for collection in catalog.get_collections()] == ["others", "scenes"]
    assert [item.id for item in catalog.get_collection("others").get_items()] == ["a/b c"]


def test_client_gets_one_item_by_its_id(catalog):
    assert catalog.get_collection("scenes").get_item("day-3").id == "day-3"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_client_walks_all_pages_of_a_search(catalog, method):
    search = catalog.search(method=method, collections=["scenes"], datetime="2024-06-02/..", limit=2)
    assert [item.id for item in search.items()] == ["day-4", "day-3", "day-2", "day-1"]
    assert search.matched() == 4


def test_client_finds_no_unknown_collection(catalog):
    assert catalog.search(collections=["none"]).item_collection().items == []
