"""Everybody reads the catalogue as the specifications say, whatever the site's own API does."""

import json

import pytest
from django.test import Client, override_settings
from django.urls import clear_script_prefix, set_script_prefix

from django_stac import transactions
from django_stac.models import Collection
from tests.factories import a_catalog, an_item, put, put_catalog
from tests.host_site.asking import JSON, ROOT, found, get, hrefs

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
RESOURCES = [
    "", "conformance", "api", "catalogs", "catalogs/shelf", "collections", "collections/scenes",
    "collections/scenes/items", "collections/scenes/items/a", "search", "aggregate", "aggregations",
    "collections/scenes/aggregate", "collections/scenes/aggregations",
]  # fmt: skip


@pytest.fixture
def scenes():
    put(*(an_item(name, datetime=f"2024-06-0{n}T00:00:00Z") for n, name in enumerate("abcde", 1)))
    transactions.add_child(put_catalog(), Collection.objects.get())


@pytest.mark.parametrize("path", RESOURCES)
def test_everybody_reads_every_resource(scenes, path):
    answer = get(path)
    assert (answer.status_code, answer["Content-Type"].startswith("application/")) == (200, True)


@pytest.mark.parametrize("path", ["queryables", "collections/scenes/sortables", "collections-queryables"])
def test_what_may_be_filtered_and_sorted_by_is_read_from_the_other_database(scenes, path):
    transactions.derive()
    schema = get(path).json()
    assert (schema["$id"], schema["additionalProperties"]) == (f"http://testserver{ROOT}{path}", False)


@pytest.mark.parametrize("path", RESOURCES)
def test_every_link_of_ours_stands_under_the_prefix(scenes, path):
    own = [href for href in hrefs(get(path).json()) if "://testserver" in href]
    assert path in ("conformance", "api") or own
    assert all(href.startswith(f"http://testserver{ROOT}") for href in own)


@pytest.mark.parametrize("path", RESOURCES)
def test_every_link_of_ours_leads_somewhere(scenes, path):
    for href in set(hrefs(get(path).json())):
        if href.startswith("http://testserver"):
            assert Client().get(href.removeprefix("http://testserver")).status_code == 200, href


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_items_of_the_other_database_are_filtered_and_sorted_in_a_request_that_is_a_transaction(scenes):
    transactions.derive()
    page = get("search?filter=id%20IN%20('b','c','d')&sortby=-id&limit=2").json()
    following = next(link["href"] for link in page["links"] if link["rel"] == "next")
    pages = [page, Client().get(following.removeprefix("http://testserver")).json()]
    assert [[item["id"] for item in each["features"]] for each in pages] == [["d", "c"], ["b"]]
    assert pages[1]["numberMatched"] == 3


@pytest.mark.django_db(databases=["default", "geo"], transaction=True)
def test_items_of_the_other_database_are_aggregated_in_a_request_that_is_a_transaction(scenes):
    (months,) = get("aggregate?aggregations=datetime_frequency&bbox=0,0,90,90").json()["aggregations"]
    assert [(bucket["key"], bucket["frequency"]) for bucket in months["buckets"]] == [("2024-06-01T00:00:00Z", 5)]


@override_settings(FORCE_SCRIPT_NAME="/app")
def test_a_script_name_stands_before_the_prefix(scenes):
    set_script_prefix("/app/")
    try:
        own = [href for href in hrefs(get("search").json()) if "testserver" in href]
    finally:
        clear_script_prefix()
    assert own
    assert all(href.startswith(f"http://testserver/app{ROOT}") for href in own)


def walked(page):
    """Ids of all pages from this one on, by their next links."""
    seen = []
    while True:
        seen += [feature["id"] for feature in page["features"]]
        following = [link for link in page["links"] if link["rel"] == "next"]
        if not following:
            return seen
        path, body = following[0]["href"].removeprefix("http://testserver"), following[0].get("body")
        page = (Client().get(path) if body is None else Client().post(path, body, content_type=JSON)).json()


def test_pages_are_walked_to_the_end_by_get(scenes):
    assert walked(get("search?limit=2").json()) == list("edcba")


def test_pages_are_walked_to_the_end_by_post(scenes):
    page = Client().post(f"{ROOT}search", {"limit": 2, "bbox": [9, 44, 12, 47]}, content_type=JSON).json()
    assert walked(page) == list("edcba")


def test_a_polygon_and_a_count_under_atomic_requests(scenes):
    body = {"limit": 1, "intersects": an_item()["geometry"]}
    page = Client().post(f"{ROOT}search", body, content_type=JSON).json()
    assert (page["numberMatched"], page["numberReturned"]) == (5, 1)


def test_times_are_utc_whatever_the_site_has(scenes):
    assert get("collections/scenes/items/a").json()["properties"]["datetime"] == "2024-06-01T00:00:00Z"
    assert found("search?datetime=2024-06-01T00:00:00Z/2024-06-02T00:00:00Z") == ["b", "a"]


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("collections/none", {}, 404, "NotFound"),
        ("nowhere/at/all", {}, 404, "NotFound"),
        ("search?bbox=1,2", {}, 400, "InvalidParameter"),
        ("search?page=2", {}, 400, "InvalidParameter"),
        ("collections/scenes", {"accept": "image/png"}, 406, "NotAcceptable"),
    ],
)
def test_errors_have_our_form_and_not_the_sites(path, headers, status, code):
    answer = get(path, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_method_that_is_not_there_and_a_form_are_refused_in_our_form():
    assert Client().put(f"{ROOT}conformance").json()["code"] == "MethodNotAllowed"
    assert Client().post(f"{ROOT}search", "a=b", content_type="application/x-www-form-urlencoded").status_code == 415


def test_versions_in_accept_headers_are_none_of_the_sites():
    assert get("", accept="application/json; version=3").status_code == 200


def test_options_answer_though_the_site_has_no_metadata():
    answer = Client().options(f"{ROOT}search")
    assert (answer.status_code, "POST" in answer["Allow"]) == (204, True)


def test_the_description_names_this_site():
    description = get("api").json()
    assert description["openapi"].startswith("3.")
    assert [server["url"].rstrip("/") for server in description["servers"]] == [f"http://testserver{ROOT}".rstrip("/")]


def test_a_catalogue_that_was_replaced_is_read_at_once(scenes):
    transactions.replace_catalog(a_catalog(description="Fresh."))
    assert json.loads(get("catalogs/shelf").content)["description"] == "Fresh."


@pytest.mark.parametrize("appends", [True, False])
def test_a_slash_too_many_is_ignored_whatever_the_site_does_with_slashes(scenes, settings, appends):
    settings.APPEND_SLASH = appends
    answer = Client().post(f"{ROOT}search/", {"limit": 1}, content_type=JSON)
    assert (answer.status_code, len(answer.json()["features"])) == (200, 1)
    assert get("collections/scenes/").json()["id"] == get("collections/scenes").json()["id"]


def test_what_is_not_ours_is_answered_by_the_site():
    assert Client().get("/geo/other").content == b"host: nothing here"
