"""``fields`` of searches and of items: parts of documents, in JSON and on pages."""

import pytest

from tests.api.asking import ask, follow, href, ids, search
from tests.factories import an_item, put

CORE = {"type", "stac_version", "id", "collection"}


@pytest.fixture
def two(db):
    """Two items, the newer with more to tell."""
    assets = {"data": {"href": "https://example.com/a.tif"}, "thumbnail": {"href": "https://example.com/a.png"}}
    put(an_item("a", datetime="2024-01-01T00:00:00Z"))
    put(an_item("b", datetime="2024-01-02T00:00:00Z", assets=assets, **{"eo:cloud_cover": 5}, bbox=[10, 45, 11, 46]))


def features(fields, **asked):
    """The items of a search by GET, or by POST when ``fields`` is no text."""
    response = search(fields=fields, **asked) if isinstance(fields, str) else search({"fields": fields, **asked})
    assert response.status_code == 200, response.content
    return response.json()["features"]


@pytest.mark.parametrize("fields", ["geometry,eo:cloud_cover", {"include": ["geometry", "properties.eo:cloud_cover"]}])
def test_only_what_is_asked_for_is_served(two, fields):
    newer, older = features(fields)
    assert set(newer) == {*CORE, "geometry", "properties"}
    assert newer["properties"] == {"eo:cloud_cover": 5}
    assert set(older) == {*CORE, "geometry"}


@pytest.mark.parametrize("fields", ["", None, {}, {"include": None, "exclude": None}, {"include": [], "exclude": []}])
def test_nothing_asked_for_is_the_least_that_is_valid(two, fields):
    newer, _ = features(fields)
    assert set(newer) == {*CORE, "geometry", "bbox", "links", "assets", "properties"}
    assert newer["properties"] == {"datetime": "2024-01-02T00:00:00Z"}


def test_items_of_a_collection_have_fields_too(two):
    page = ask("items", "scenes", fields="bbox").json()
    assert [set(each) for each in page["features"]] == [{*CORE, "bbox"}] * 2


def test_links_are_those_of_the_whole_item(two):
    whole = search().json()["features"]
    assert [each["links"] for each in features("links")] == [each["links"] for each in whole]
    assert "links" not in features("assets")[0]


def test_excluding_leaves_the_rest_as_it_is_served(two):
    whole = search().json()["features"][0]
    del whole["assets"]["data"]
    assert features({"exclude": ["assets.data"]})[0] == whole


def test_pages_go_on_with_the_same_fields(two):
    first = search(fields="bbox", limit="1").json()
    second = follow(href(first, "next")).json()
    assert (ids(second), set(second["features"][0])) == (["a"], {*CORE, "bbox"})


def test_pages_of_a_body_go_on_with_the_same_fields(two):
    links = search({"fields": {"include": ["bbox"]}, "limit": 1}).json()["links"]
    (body,) = [link["body"] for link in links if link["rel"] == "next"]
    assert set(search(body).json()["features"][0]) == {*CORE, "bbox"}


def test_counts_and_order_stay(two):
    page = search(fields="id").json()
    assert (ids(page), page["numberMatched"], page["numberReturned"]) == (["b", "a"], 2, 2)


def test_each_part_has_an_entity_tag_of_its_own(two):
    whole, part = search(), search(fields="id")
    assert whole["ETag"] != part["ETag"]
    assert search(fields="id")["ETag"] == part["ETag"]


@pytest.mark.parametrize(
    "fields", ["", "id", "-properties", "-geometry,-bbox", "-assets,-links", "assets", "links", "properties.nothing"]
)
@pytest.mark.parametrize("where", [("search",), ("items", "scenes")])
def test_pages_for_people_show_parts(two, fields, where):
    response = ask(*where, fields=fields, f="html")
    assert response.status_code == 200
    assert b"scenes" in response.content


@pytest.mark.parametrize(
    "fields",
    [["id"], "id", 0, True, {"includes": ["id"]}, {"include": "id"}, {"exclude": [1]}, {"include": ["a"] * 501}],
    ids=lambda value: repr(value)[:12],
)
def test_a_body_with_other_things_is_refused(two, fields):
    response = search({"fields": fields})
    assert (response.status_code, response.json()["parameter"]) == (400, "fields")


@pytest.mark.parametrize("name", ["\0", "'", "%s", "properties.\0", "." * 300, "é" * 300])
def test_any_name_is_welcome(two, name):
    assert set(features({"include": [name]})[0]) == CORE
