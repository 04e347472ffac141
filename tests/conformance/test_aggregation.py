"""STAC API - Aggregation: one test a conformance class, named after it."""

import pytest

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, follow, href, hrefs
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db


RECOMMENDED = {"total_count", "datetime_min", "datetime_max", "collection_frequency", "datetime_frequency"}


def counted(**params):
    (total,) = ask("aggregate", aggregations="total_count", **params).json()["aggregations"]
    return total["value"]


def test_conforms_to_aggregation():
    put(an_item("one"), an_item("two", datetime="2023-01-01T00:00:00Z"))
    landing = ask("landing").json()
    assert Conformance.AGGREGATION in landing["conformsTo"]
    for document in (landing, ask("collection", "scenes").json()):
        offered = [each["name"] for each in follow(href(document, "aggregations")).json()["aggregations"]]
        answer = follow(f"{hrefs(document, 'aggregate')[0]}?aggregations={','.join(offered)}").json()
        assert set(offered) >= RECOMMENDED
        assert answer["type"] == "AggregationCollection"
        assert [each["name"] for each in answer["aggregations"]] == offered
        assert all(("value" in each) is not ("buckets" in each) for each in answer["aggregations"])


def test_conforms_to_aggregation_filter():
    put(an_item("clear", **{"eo:cloud_cover": 1}), an_item("cloudy", **{"eo:cloud_cover": 90}))
    assert Conformance.AGGREGATION_FILTER in ask("landing").json()["conformsTo"]
    assert counted(filter="eo:cloud_cover < 5") == 1
    assert counted(filter="eo:cloud_cover < 5 OR id = 'cloudy'", **{"filter-lang": "cql2-text"}) == 2


def test_conforms_to_aggregation_query():
    put(an_item("clear", **{"eo:cloud_cover": 1}), an_item("cloudy", **{"eo:cloud_cover": 90}))
    assert Conformance.AGGREGATION_QUERY in ask("landing").json()["conformsTo"]
    assert counted(query='{"eo:cloud_cover": {"gte": 5}}') == 1
