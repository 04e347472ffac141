"""pystac-client asks a running server for parts of items."""

import pytest
from pystac_client import Client

from tests.factories import an_item, put


@pytest.fixture
def catalog(live_server):
    """Two items on a running server."""
    put(an_item("forest", **{"eo:cloud_cover": 5}))
    put(an_item("sea", **{"eo:cloud_cover": 50}))
    return Client.open(f"{live_server.url}/stac/")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("fields", "members"),
    [
        (["id", "properties.eo:cloud_cover"], {"properties"}),
        ("+geometry,-bbox", {"geometry"}),
        ({"include": ["bbox"], "exclude": ["assets"]}, {"bbox"}),
        (["-geometry"], {"bbox", "links", "assets", "properties"}),
    ],
)
def test_a_search_with_fields_gives_parts(catalog, method, fields, members):
    found = list(catalog.search(method=method, fields=fields, limit=1).items_as_dicts())
    assert {each["id"] for each in found} == {"forest", "sea"}
    assert [set(each) for each in found] == [{"type", "stac_version", "id", "collection"} | members] * 2


def test_the_default_set_is_an_item_to_pystac(catalog):
    items = list(catalog.search(method="POST", fields=["properties.datetime", "geometry", "links", "assets"]).items())
    assert {item.id for item in items} == {"forest", "sea"}
