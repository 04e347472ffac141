"""A client walks the site while it runs."""

import pytest
from pystac_client import Client

from tests.factories import an_item, put

pytestmark = pytest.mark.django_db(databases=["default", "geo"], transaction=True)


@pytest.fixture
def catalog(live_server):
    put(*(an_item(name, datetime=f"2024-06-0{n}T00:00:00Z") for n, name in enumerate("abcde", 1)))
    return Client.open(f"{live_server.url}/geo/stac/")


def test_the_site_is_walked_by_its_links(catalog):
    (collection,) = catalog.get_collections()
    assert [item.id for item in collection.get_items()] == list("edcba")
    assert collection.get_item("c").get_parent().id == "scenes"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_search_is_walked_to_its_end(catalog, method):
    search = catalog.search(method=method, limit=2, bbox=[9, 44, 12, 47])
    assert [item.id for item in search.items()] == list("edcba")
    assert search.matched() == 5
