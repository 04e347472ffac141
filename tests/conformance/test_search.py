"""Filter, Sort and Query of searches: a test a conformance class, named after it."""

import pytest

from django_stac import transactions
from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, ids, search
from tests.factories import an_item, put

QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"


@pytest.fixture(autouse=True)
def scenes(db):
    """Four scenes, one of which tells no clouds."""
    for number, cloud in enumerate([20, 5, None, 50]):
        held = {} if cloud is None else {"eo:cloud_cover": cloud}
        platform = "landsat-8" if number % 2 else "Landsat-9"
        put(an_item(f"{number}", properties={"platform": platform, **held}))
    transactions.derive()


def declared(*members: Conformance) -> bool:
    return set(members) <= set(ask("conformance").json()["conformsTo"])


def test_conforms_to_item_search_filter():
    assert declared(Conformance.ITEM_SEARCH_FILTER)
    asked = {"op": "<", "args": [{"property": "eo:cloud_cover"}, 30]}
    assert ids(search(filter="eo:cloud_cover < 30").json()) == ids(search({"filter": asked}).json()) == ["1", "0"]
    assert ids(search({"filter": "eo:cloud_cover < 30", "filter-lang": "cql2-text"}).json()) == ["1", "0"]


def test_conforms_to_features_3_filter():
    assert declared(Conformance.FEATURES_3_FILTER)
    crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert ids(search(filter="platform = 'landsat-8'", ids="1", **{"filter-crs": crs84}).json()) == ["1"]
    assert search(filter="platform = 'x'", **{"filter-crs": "EPSG:4326"}).json()["parameter"] == "filter-crs"
    assert search(filter="platform = 'x'", **{"filter-lang": "ecql"}).json()["parameter"] == "filter-lang"
    assert search(filter="platform =").status_code == search(filter="colour = 'red'").status_code == 400


def test_conforms_to_features_filter():
    assert declared(Conformance.FEATURES_FILTER)
    assert ids(ask("items", "scenes", filter="eo:cloud_cover > 10 AND platform = 'Landsat-9'").json()) == ["0"]


def test_conforms_to_queryables_query_parameters():
    assert declared(Conformance.QUERYABLES_QUERY_PARAMETERS)
    asked = {"platform": "landsat-8", "eo:cloud_cover": "50", "limit": 1}
    page = ask("items", "scenes", **asked).json()
    assert (ids(page), page["numberMatched"]) == (["3"], 1)
    assert ids(ask("items", "scenes", platform="LANDSAT-8").json()) == []


def sorts(*route: str) -> bool:
    """Whether a resource sorts by what has an order, in both spellings, and refuses to by anything else."""
    return (
        ids(ask(*route, sortby="-eo:cloud_cover").json()) == ["3", "0", "1", "2"]
        and ids(ask(*route, sortby="+platform,-properties.eo:cloud_cover").json()) == ["0", "2", "3", "1"]
        and ask(*route, sortby="geometry").status_code == ask(*route, sortby="colour").status_code == 400
    )


def test_conforms_to_item_search_sort():
    assert declared(Conformance.ITEM_SEARCH_SORT)
    assert sorts("search")


def test_conforms_to_item_search_sort_1_0():
    assert declared(Conformance.ITEM_SEARCH_SORT_1_0)
    for direction, expected in (("asc", "1"), ("desc", "3")):
        asked = {"sortby": [{"field": "eo:cloud_cover", "direction": direction}], "limit": 1}
        assert ids(search(asked).json()) == [expected]


def test_conforms_to_features_sort():
    assert declared(Conformance.FEATURES_SORT)
    assert sorts("items", "scenes")


def test_conforms_to_features_sort_1_0():
    assert declared(Conformance.FEATURES_SORT_1_0)
    assert ids(ask("items", "scenes", sortby="properties.platform,eo:cloud_cover").json()) == ["0", "2", "1", "3"]


def test_sort_by_post():
    asked = {"sortby": [{"field": "properties.eo:cloud_cover", "direction": "asc"}], "limit": 2}
    page = search(asked).json()
    (following,) = [link for link in page["links"] if link["rel"] == "next"]
    assert [ids(page), ids(search(following["body"]).json())] == [["1", "0"], ["3", "2"]]


def queries(*route: str) -> bool:
    """Whether a resource takes the operators of the extension, several at once, texts in any case."""
    asked = '{"eo:cloud_cover": {"gte": 5, "lt": 50}, "platform": {"startsWith": "LANDSAT"}}'
    return (
        ids(ask(*route, query=asked).json()) == ["1", "0"]
        and ids(ask(*route, query='{"eo:cloud_cover": {"eq": null}}').json()) == ["2"]
        and ids(ask(*route, query='{"platform": {"endsWith": "9"}, "eo:cloud_cover": {"neq": 50}}').json()) == ["0"]
    )


def test_conforms_to_item_search_query():
    assert declared(Conformance.ITEM_SEARCH_QUERY)
    assert queries("search")


def test_conforms_to_features_query():
    assert declared(Conformance.FEATURES_QUERY)
    assert queries("items", "scenes")


def test_query_by_post():
    assert ids(search({"query": {"eo:cloud_cover": {"in": ["5", 50]}}}).json()) == ["3", "1"]
    refused = search({"query": {"eo:cloud_cover": {"below": 5}}}).json()
    assert (refused["parameter"], refused["pointer"]) == ("query", "/query/eo:cloud_cover/below")
