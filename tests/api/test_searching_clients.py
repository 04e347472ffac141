"""Filters, orders and queries, asked for with pystac-client."""

import pytest
from pystac_client import Client

from django_stac import transactions
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db(transaction=True)

CLEAR = {"op": "<", "args": [{"property": "eo:cloud_cover"}, 25]}


@pytest.fixture
def catalog(live_server):
    """Five scenes, the later the cloudier, as pystac-client opens them."""
    put(*(an_item(f"{number}", properties={"eo:cloud_cover": number * 10, "platform": "one"}) for number in range(5)))
    transactions.derive()
    return Client.open(f"{live_server.url}/stac/")


def ids(search) -> list[str]:
    return [item.id for item in search.items()]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("written", [CLEAR, "eo:cloud_cover < 25"], ids=["JSON", "text"])
def test_client_filters_in_either_language(catalog, method, written):
    search = catalog.search(method=method, filter=written, limit=2)
    assert ids(search) == ["2", "1", "0"]
    assert search.matched() == 3


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "order", ["-properties.eo:cloud_cover", ["-eo:cloud_cover"], [{"field": "eo:cloud_cover", "direction": "desc"}]]
)
def test_client_sorts_over_all_pages(catalog, method, order):
    search = catalog.search(method=method, sortby=order, filter="eo:cloud_cover > 5", limit=1)
    assert ids(search) == ["4", "3", "2", "1"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("query", [{"eo:cloud_cover": {"lt": 25}, "platform": {"eq": "ONE"}}, ["eo:cloud_cover<25"]])
def test_client_queries_as_before_there_were_filters(catalog, method, query):
    search = catalog.search(method=method, query=query, sortby="+eo:cloud_cover", limit=2)
    assert ids(search) == ["0", "1", "2"]
    assert search.matched() == 3
