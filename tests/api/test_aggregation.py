"""Aggregations over HTTP (STAC API - Aggregation)."""

import pytest
from django.test import Client, override_settings

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.search.aggregation.names import AGGREGATIONS
from django_stac.search.aggregation.query import PARAMETERS
from tests.api.asking import ask, asker, href, hrefs, url
from tests.factories import a_collection, an_item, put, put_collection


class OnlyMeasured(AccessPolicy):
    """A site's own: items that tell no cloud cover are for nobody."""

    def visible_items(self, user, using=None):
        return super().visible_items(user, using).filter(properties__has_key="eo:cloud_cover")


ROOT = "http://testserver/stac/"
COLLECTION = f"{ROOT}collections/scenes"


def post(body, *route, client=None, user=None):
    """Ask for aggregations with a body."""
    route = route or ("aggregate",)
    return asker(client, user).post(url(*route), body, content_type="application/json")


def named(response):
    """The aggregations of an answer by name."""
    return {each["name"]: each for each in response.json()["aggregations"]}


@pytest.fixture
def two(db):
    """A clear item and a cloudy one of another collection."""
    put(
        an_item("clear", **{"eo:cloud_cover": 1}),
        an_item("cloudy", collection="clouds", datetime="2023-01-01T00:00:00Z", **{"eo:cloud_cover": 90}),
    )


def test_an_answer_is_a_collection_of_aggregations(two):
    response = ask("aggregate", aggregations="total_count,collection_frequency")
    document = response.json()
    assert response["Content-Type"] == "application/json"
    assert document["type"] == "AggregationCollection"
    assert document["aggregations"] == [
        {"name": "total_count", "data_type": "integer", "value": 2},
        {
            "name": "collection_frequency",
            "data_type": "frequency_distribution",
            "buckets": [
                {"key": "clouds", "data_type": "string", "frequency": 1},
                {"key": "scenes", "data_type": "string", "frequency": 1},
            ],
            "overflow": 0,
        },
    ]


def test_what_is_not_asked_for_is_not_given(two):
    assert ask("aggregate").json()["aggregations"] == []
    assert post({}).json()["aggregations"] == []


def test_parameters_and_a_body_ask_the_same(two):
    asked = {"datetime": "2023-01-01T00:00:00Z", "datetime_frequency_interval": "day"}
    names = ["total_count", "datetime_frequency", "centroid_geohash_grid_frequency"]
    by_get = ask(
        "aggregate",
        aggregations=",".join(names),
        bbox="0,40,20,50",
        centroid_geohash_grid_frequency_precision=3,
        **asked,
    )
    by_post = post(
        {"aggregations": names, "bbox": [0, 40, 20, 50], "centroid_geohash_grid_frequency_precision": 3, **asked}
    )
    assert named(by_get) == named(by_post)
    assert named(by_get)["datetime_frequency"]["buckets"][0]["key"] == "2023-01-01T00:00:00Z"


def test_a_collection_aggregates_its_own_items(two):
    transactions.derive()
    for response in (
        ask("collection-aggregate", "scenes", aggregations="total_count,cloud_cover_frequency"),
        ask("collection-aggregate", "scenes", aggregations="total_count,cloud_cover_frequency", collections="scenes"),
        post({"aggregations": ["total_count", "cloud_cover_frequency"]}, "collection-aggregate", "scenes"),
    ):
        found = named(response)
        assert found["total_count"]["value"] == 1
        assert [bucket["frequency"] for bucket in found["cloud_cover_frequency"]["buckets"]] == [1, 0, 0, 0]


def test_the_list_of_aggregations_tells_names_and_types(db):
    listed = named(ask("aggregations"))
    assert list(listed) == list(AGGREGATIONS)
    assert listed["total_count"] == {"name": "total_count", "data_type": "integer"}
    assert listed["cloud_cover_frequency"] == {
        "name": "cloud_cover_frequency",
        "data_type": "frequency_distribution",
        "frequency_distribution_data_type": "numeric",
    }


def test_a_collection_offers_and_answers_only_what_its_items_tell(two):
    assert "platform_frequency" in named(ask("collection-aggregations", "scenes"))
    transactions.derive()
    assert {"total_count", "cloud_cover_frequency"} <= set(named(ask("collection-aggregations", "scenes")))
    assert "platform_frequency" not in named(ask("collection-aggregations", "scenes"))
    response = ask("collection-aggregate", "scenes", aggregations="platform_frequency")
    assert (response.status_code, response.json()["parameter"]) == (400, "aggregations")
    assert "seen with `platform`; it offers total_count" in response.json()["description"]


def test_who_sees_hidden_items_may_ask_what_only_these_tell(viewer, two):
    put(an_item("hidden", properties={"platform": "secret"}), published=False)
    transactions.derive()
    asked = {"aggregations": "total_count,platform_frequency"}
    assert ask("collection-aggregate", "scenes", **asked).status_code == 400
    found = named(ask("collection-aggregate", "scenes", user=viewer, **asked))
    assert (found["total_count"]["value"], found["platform_frequency"]["buckets"][0]["key"]) == (2, "secret")


@override_settings(DJANGO_STAC={"ACCESS_POLICY": f"{__name__}.OnlyMeasured"})
def test_a_policy_that_hides_items_of_its_own_does_not_tell_what_they_have(two):
    put(an_item("hidden", properties={"platform": "secret"}))
    listed = ask("collection-aggregations", "scenes").content
    transactions.derive()
    assert ask("collection-aggregations", "scenes").content == listed
    found = named(ask("collection-aggregate", "scenes", aggregations="total_count,platform_frequency"))
    assert (found["total_count"]["value"], found["platform_frequency"]["buckets"]) == (1, [])


def test_collections_that_a_server_stored_with_aggregations_are_served_without(db):
    transactions.create_collection(a_collection(aggregations=[{"name": "total_count", "data_type": "integer"}]))
    assert "aggregations" not in ask("collection", "scenes").json()
    assert "aggregations" not in ask("collections").json()["collections"][0]


def test_the_landing_page_and_collections_link_to_aggregations(db):
    put_collection()
    for document, base in ((ask("landing").json(), ROOT), (ask("collection", "scenes").json(), f"{COLLECTION}/")):
        assert hrefs(document, "aggregate") == [f"{base}aggregate", f"{base}aggregate"]
        assert href(document, "aggregations") == f"{base}aggregations"
        methods = [link["method"] for link in document["links"] if link["rel"] == "aggregate"]
        assert methods == ["GET", "POST"]


def test_answers_link_to_themselves_and_to_the_collection(two):
    by_get = ask("collection-aggregate", "scenes", aggregations="total_count").json()
    by_post = post({"aggregations": ["total_count"]}, "collection-aggregate", "scenes").json()
    assert href(by_get, "self") == f"{COLLECTION}/aggregate?aggregations=total_count"
    assert [link.get("body") for link in by_post["links"] if link["rel"] == "self"] == [
        {"aggregations": ["total_count"]}
    ]
    assert {href(each, "collection") for each in (by_get, by_post)} == {COLLECTION}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"aggregations": "colour_frequency"}, "aggregations"),
        ({"aggregations": '["total_count"]'}, "aggregations"),
        ({"aggregations": "total_count\0"}, "aggregations"),
        ({"datetime_frequency_interval": "fortnight"}, "datetime_frequency_interval"),
        ({"centroid_geohash_grid_frequency_precision": "0"}, "centroid_geohash_grid_frequency_precision"),
        ({"centroid_geohash_grid_frequency_precision": "13"}, "centroid_geohash_grid_frequency_precision"),
        ({"geometry_geotile_grid_frequency_precision": "30"}, "geometry_geotile_grid_frequency_precision"),
        ({"geometry_geotile_grid_frequency_precision": "1e1"}, "geometry_geotile_grid_frequency_precision"),
        ({"geometry_geotile_grid_frequency_precision": "9" * 90}, "geometry_geotile_grid_frequency_precision"),
        ({"centroid_geohex_grid_frequency_precision": "1"}, "centroid_geohex_grid_frequency_precision"),
        ({"limit": "1"}, "limit"),
        ({"token": "x"}, "token"),
        ({"bbox": "1,2,3"}, "bbox"),
    ],
)
def test_bad_parameters_are_refused_by_name(db, asked, parameter):
    response = ask("aggregate", **asked)
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"aggregations": {"total_count": 1}}, "aggregations"),
        ({"aggregations": [1]}, "aggregations"),
        ({"aggregations": ["x\0"]}, "aggregations"),
        ({"datetime_frequency_interval": ["day"]}, "datetime_frequency_interval"),
        ({"datetime_frequency_interval": 1}, "datetime_frequency_interval"),
        ({"centroid_geotile_grid_frequency_precision": True}, "centroid_geotile_grid_frequency_precision"),
        ({"centroid_geotile_grid_frequency_precision": 1.5}, "centroid_geotile_grid_frequency_precision"),
        ({"centroid_geotile_grid_frequency_precision": "3"}, "centroid_geotile_grid_frequency_precision"),
        ({"limit": 1}, "limit"),
        ([], "body"),
    ],
)
def test_bad_members_are_refused_by_name(db, body, parameter):
    response = post(body)
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


def test_a_collection_refuses_to_aggregate_others(two):
    for response in (
        ask("collection-aggregate", "scenes", collections="clouds"),
        post({"collections": ["clouds"]}, "collection-aggregate", "scenes"),
    ):
        assert (response.status_code, response.json()["parameter"]) == (400, "collections")


def test_a_filter_and_words_restrict_what_is_counted(two):
    put(an_item("titled", properties={"title": "A glacier in spring"}))
    asked = {"op": "<", "args": [{"property": "eo:cloud_cover"}, 5]}
    for found in (
        post({"aggregations": ["total_count"], "filter": asked}),
        post({"aggregations": ["total_count"], "query": {"eo:cloud_cover": {"lt": 5}}}),
        ask("aggregate", aggregations="total_count", filter="eo:cloud_cover < 5"),
        ask("aggregate", aggregations="total_count", q="glacier"),
    ):
        assert named(found)["total_count"]["value"] == 1


def test_a_filter_that_makes_no_sense_is_refused_by_name(two):
    for response in (
        post({"filter": {"op": "<", "args": [{"property": "eo:cloud_cover"}]}, "aggregations": ["total_count"]}),
        ask("aggregate", filter="eo:cloud_cover <", aggregations="total_count"),
    ):
        assert (response.status_code, response.json()["parameter"]) == (400, "filter")


@pytest.mark.parametrize("route", ["collection-aggregate", "collection-aggregations"])
def test_an_unknown_collection_has_none(db, route):
    assert ask(route, "absent").status_code == 404


def test_what_takes_too_long_is_503_and_says_what_to_do(two):
    with override_settings(DJANGO_STAC={"STATEMENT_TIMEOUT": 1}):
        put(*(an_item(f"{number}") for number in range(50)))
        response = ask(
            "aggregate",
            aggregations="geometry_geotile_grid_frequency",
            geometry_geotile_grid_frequency_precision="11",
        )
    assert (response.status_code, response.json()["code"]) == (503, "QueryTimeout")
    assert "narrow it" in response.json()["description"]


def test_a_signed_in_session_asks_by_post_without_a_csrf_token(viewer, two):
    put(an_item("hidden"), published=False)
    response = post({"aggregations": ["total_count"]}, client=Client(enforce_csrf_checks=True), user=viewer)
    assert named(response)["total_count"]["value"] == 3


def test_what_is_described_is_what_is_taken(db):
    document = ask("api").json()
    parameters = document["paths"]["/aggregate"]["get"]["parameters"]
    assert {each["$ref"].rpartition("/")[2] for each in parameters} == PARAMETERS | {"f", "lang"}
    assert set(document["components"]["schemas"]["Aggregate"]["properties"]) == PARAMETERS


def test_an_answer_that_the_client_has_is_not_sent_again(two):
    first = ask("aggregate", aggregations="total_count")
    again = ask("aggregate", aggregations="total_count", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
