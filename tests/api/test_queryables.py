"""The documents of what may be filtered and sorted by."""

import jsonschema_rs
import pytest
from django.test import override_settings

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.models import Item
from tests.api.asking import ask, hrefs
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db

ROOT = "http://testserver/stac/"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SORTABLES = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
ALL = [
    ("queryables",),
    ("sortables",),
    ("collection-queryables", "scenes"),
    ("collection-sortables", "scenes"),
    ("collections-queryables",),
    ("collections-sortables",),
]
CORE = ["id", "collection", "geometry", "datetime", "start_datetime", "end_datetime"]


class HidingPolicy(AccessPolicy):
    """Shows one item only."""

    def visible_items(self, user, using=None):
        return Item.objects.filter(item_id="a")


@pytest.fixture
def scenes():
    values = {"eo:cloud_cover": 7.5, "x:name": "a", "x:tags": ["t"], "x:thing": {}, "x:null": None}
    put(an_item("a", **values), an_item("b", collection="others", **{"x:other": 1, "x:name": "b"}))
    transactions.derive()


def properties(*route, **options):
    return ask(*route, **options).json()["properties"]


@pytest.mark.parametrize("route", ALL)
def test_each_is_a_json_schema_of_objects_at_its_own_url(scenes, route):
    response = ask(*route)
    document = response.json()
    assert response["Content-Type"] == "application/schema+json"
    jsonschema_rs.meta.validate(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == f"http://testserver{response.wsgi_request.path}"
    assert (document["type"], document["additionalProperties"]) == ("object", False)


@pytest.mark.parametrize("accept", ["application/schema+json", "application/json", "*/*"])
def test_clients_may_ask_for_json(scenes, accept):
    assert ask("queryables", headers={"Accept": accept})["Content-Type"] == "application/schema+json"


@pytest.mark.parametrize("route", ALL)
def test_every_property_but_a_geometry_has_a_type(scenes, route):
    for name, schema in properties(*route).items():
        assert ("type" in schema) != (schema.get("format") == "geometry-any"), name


def test_the_root_is_the_union(scenes):
    found = properties("queryables")
    assert list(found) == [*CORE, "created", "eo:cloud_cover", "updated", "x:name", "x:other", "x:tags", "x:thing"]
    assert found["x:name"] == {"type": "string", "enum": ["a", "b"]}


def test_a_collection_is_described_by_its_items(scenes):
    found = properties("collection-queryables", "scenes")
    assert (found["eo:cloud_cover"]["minimum"], found["eo:cloud_cover"]["maximum"]) == (7.5, 7.5)
    assert found["x:tags"] == {"type": "array", "items": {"type": "string", "enum": ["t"]}}
    assert found["datetime"]["format"] == "date-time"
    assert found["collection"]["enum"] == ["scenes"]
    assert "x:other" not in found


def test_the_root_may_be_restricted_to_collections(scenes):
    assert "x:other" not in properties("queryables", collections="scenes")
    assert "x:other" in properties("queryables", collections="scenes,others")
    assert ask("queryables", collections="scenes").json()["$id"] == f"{ROOT}queryables"


def test_collections_that_are_none_describe_nothing(scenes):
    assert list(properties("queryables", collections="nowhere")) == [*CORE, "created", "updated"]


@pytest.mark.parametrize("names", ["[a]", "a\0", "a,\x01"])
def test_collections_that_no_id_could_be_are_refused(names):
    response = ask("queryables", collections=names)
    assert (response.status_code, response.json()["parameter"]) == (400, "collections")


def test_sortables_have_an_order(scenes):
    assert list(properties("sortables")) == [
        "id", "collection", "datetime", "start_datetime", "end_datetime", "created", "eo:cloud_cover", "updated",
        "x:name", "x:other",
    ]  # fmt: skip


def test_unknown_collection_is_404():
    for name in ("collection-queryables", "collection-sortables"):
        assert ask(name, "nowhere").status_code == 404


def test_a_title_names_the_collection(scenes):
    assert ask("collection-queryables", "scenes").json()["title"] == "Queryables of Scenes"


def test_ends_of_times_are_no_numbers():
    put(an_item("a", **{"x:datetime": "2020-01-01T00:00:00Z"}))
    transactions.derive()
    schema = properties("queryables")["x:datetime"]
    assert schema["formatMinimum"] == schema["formatMaximum"] == "2020-01-01T00:00:00Z"
    assert "minimum" not in schema


def test_there_may_be_more_where_not_all_is_derived():
    put(an_item("a"))
    assert ask("queryables").json()["additionalProperties"] is True
    assert ask("sortables").json()["additionalProperties"] is False


def test_there_may_be_more_for_who_sees_hidden_items(scenes, viewer):
    assert ask("queryables", user=viewer).json()["additionalProperties"] is True
    assert ask("queryables").json()["additionalProperties"] is False


def test_hidden_collections_add_nothing_for_others(viewer):
    put_collection("hidden", published=False)
    put(an_item("a", collection="hidden", **{"x:secret": "secret"}))
    transactions.derive()
    assert "secret" not in str(properties("queryables"))
    assert "hidden" not in str(properties("queryables"))
    assert properties("queryables", user=viewer)["x:secret"]["enum"] == ["secret"]


@override_settings(DJANGO_STAC={"ACCESS_POLICY": f"{__name__}.HidingPolicy"})
def test_a_policy_that_hides_items_shows_what_is_declared_and_that_there_may_be_more(scenes):
    transactions.set_queryables("scenes", {"x:name": {"type": "string"}})
    found = ask("queryables").json()
    assert (found["properties"]["x:name"], found["additionalProperties"]) == ({"type": "string"}, True)
    assert "x:other" not in found["properties"]


def test_collections_are_described_by_what_they_hold():
    put_collection(summaries={"gsd": {"minimum": 10, "maximum": 60}}, keywords=["k"])
    found = properties("collections-queryables")
    assert (found["gsd.minimum"]["type"], found["title"]["type"]) == ("number", "string")
    assert found["datetime"]["format"] == "date-time"
    assert "keywords" in found
    assert "keywords" not in properties("collections-sortables")


def test_they_are_linked_from_landing_page_collection_and_list(scenes):
    landing, collection, listed = ask("landing").json(), ask("collection", "scenes").json(), ask("collections").json()
    assert hrefs(landing, QUERYABLES) == [f"{ROOT}queryables"]
    assert hrefs(landing, SORTABLES) == [f"{ROOT}sortables"]
    assert hrefs(collection, QUERYABLES) == [f"{ROOT}collections/scenes/queryables"]
    assert hrefs(collection, SORTABLES) == [f"{ROOT}collections/scenes/sortables"]
    assert hrefs(listed, QUERYABLES) == [f"{ROOT}collections-queryables"]
    assert hrefs(listed, SORTABLES) == [f"{ROOT}collections-sortables"]


@pytest.mark.parametrize("summary", [[1e30], {"minimum": -9.7e128, "maximum": 1e30}], ids=["values", "a range"])
def test_numbers_beyond_64_bits_are_told_as_they_were_sent(db, summary):
    put_collection(summaries={"view:azimuth": summary})
    for answer in (ask("queryables"), ask("collection-queryables", "scenes"), ask("collections-queryables")):
        assert answer.status_code == 200
    assert b"1e+30" in ask("collection-queryables", "scenes").content
