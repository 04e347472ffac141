"""Items of a collection (STAC API - Features)."""

from urllib.parse import urlsplit

import pytest

from tests.api.asking import ask, follow, href, hrefs, ids, url
from tests.factories import an_item, put, put_collection

ROOT = "http://testserver/stac/"


def series(count, collection="scenes"):
    """Store items of consecutive days, the newest last."""
    days = (f"2024-06-{day:02}T10:00:00Z" for day in range(1, count + 1))
    return put(*(an_item(f"day-{number}", datetime=day, collection=collection) for number, day in enumerate(days)))


def test_page_is_geojson_with_counts(db):
    put(an_item("a"))
    response = ask("items", "scenes")
    page = response.json()
    assert response["Content-Type"] == "application/geo+json"
    assert (page["type"], page["numberMatched"], page["numberReturned"]) == ("FeatureCollection", 1, 1)


def test_page_has_the_links_of_the_specification(db):
    put(an_item("a"))
    page = ask("items", "scenes").json()
    assert href(page, "self") == f"{ROOT}collections/scenes/items"
    assert href(page, "root") == ROOT
    assert href(page, "parent") == href(page, "collection") == f"{ROOT}collections/scenes"


def test_pages_are_walked_by_next_and_back_by_prev(db):
    series(5)
    first = ask("items", "scenes", limit=2).json()
    second = follow(href(first, "next")).json()
    third = follow(href(second, "next")).json()
    assert [ids(page) for page in (first, second, third)] == [["day-4", "day-3"], ["day-2", "day-1"], ["day-0"]]
    assert hrefs(third, "next") == hrefs(first, "prev") == []
    assert ids(follow(href(second, "prev")).json()) == ["day-4", "day-3"]


def test_next_carries_every_parameter(db):
    series(3)
    page = ask("items", "scenes", limit=1, bbox="-180,-90,180,90", datetime="2024-01-01T00:00:00Z/..").json()
    query = urlsplit(href(page, "next")).query
    assert all(name in query for name in ("limit=1", "bbox=-180,-90,180,90", "datetime=2024-01-01T00:00:00Z/.."))


def test_other_collections_are_not_on_the_page(db):
    put(an_item("here"), an_item("there", collection="others"))
    assert ids(ask("items", "scenes").json()) == ["here"]


def test_empty_collection_gives_an_empty_page(db):
    put_collection("empty")
    page = ask("items", "empty").json()
    assert (page["features"], page["numberReturned"]) == ([], 0)


@pytest.mark.parametrize("name", ["none", "hidden"])
def test_items_of_unknown_and_hidden_collections_are_404_in_the_same_words(db, name):
    put_collection("hidden", published=False)
    put(an_item("a", collection="hidden"))
    response = ask("items", name)
    assert response.status_code == 404
    assert response.json() == {"code": "NotFound", "description": f"There is no collection {name!r}."}


@pytest.mark.parametrize("name", ["scenes", "a,b"])
def test_collection_of_the_path_may_be_repeated(db, name):
    put(an_item("a", collection=name))
    assert ids(ask("items", name, collections=name).json()) == ["a"]


def test_other_collections_contradict_the_path(db):
    put(an_item("a"))
    response = ask("items", "scenes", collections="others")
    assert (response.status_code, response.json()["parameter"]) == (400, "collections")


def test_item_is_geojson_with_the_links_of_the_specification(db):
    put(an_item("a"))
    response = ask("item", "scenes", "a")
    item = response.json()
    assert response["Content-Type"] == "application/geo+json"
    assert href(item, "self") == f"{ROOT}collections/scenes/items/a"
    assert href(item, "parent") == href(item, "collection") == f"{ROOT}collections/scenes"


def test_item_alone_is_the_same_document_as_on_a_page(db):
    put(an_item("a"))
    assert ask("items", "scenes").json()["features"] == [ask("item", "scenes", "a").json()]


def test_foreign_members_heights_and_links_of_the_document_stay(db):
    point = {"type": "Point", "coordinates": [10.5, 45.5, 812.25]}
    about = {"rel": "about", "href": "https://example.com/about"}
    put(an_item("a", geometry=point, links=[about], foreign={"kept": [1, None]}))
    item = ask("item", "scenes", "a").json()
    assert (item["geometry"], item["foreign"]) == (point, {"kept": [1, None]})
    assert about in item["links"]


@pytest.mark.parametrize("name", ["none", "hidden"])
def test_unknown_and_hidden_items_are_404_in_the_same_words(db, name):
    put(an_item("hidden"), published=False)
    response = ask("item", "scenes", name)
    assert response.status_code == 404
    assert response.json()["description"] == f"There is no item {name!r} in collection 'scenes'."


@pytest.mark.parametrize(
    "name",
    [
        "a/b",
        "a//b",
        "/a",
        "a/",
        "50%",
        "a%2Fb",
        "a b",
        "ä",
        "日本",
        "what?",
        "#1",
        "{z}/{x}",
        "a+b",
        "a&b=c",
        "a;b",
        "'",
    ],
)
def test_any_printable_id_is_found_by_its_own_link(db, client, name):
    put(an_item(name))
    (feature,) = ask("items", "scenes").json()["features"]
    self_link = href(feature, "self")
    assert self_link.isascii()
    assert not set(" {}?#") & set(self_link)
    assert client.get(self_link).json()["id"] == name


def test_exact_id_wins_over_the_one_without_the_slash(db, client):
    put(an_item("a"), an_item("a/"))
    assert client.get(f"{url('items', 'scenes')}/a/").json()["id"] == "a/"


def test_one_slash_behind_an_item_is_ignored(db, client):
    put(an_item("a"))
    assert client.get(f"{url('item', 'scenes', 'a')}/").json()["id"] == "a"
    assert client.get(f"{url('item', 'scenes', 'a')}//").status_code == 404
