"""The landing page and the conformance declaration (STAC API - Core)."""

import json

from django.test import override_settings
from jsonschema_rs import validator_for

from django_stac import transactions
from tests.api.asking import ask, href, hrefs
from tests.factories import put_catalog, put_collection
from tests.shared import SHARED, needs_shared

ROOT = "http://testserver/stac/"


def test_self_and_root_are_one_url_with_a_slash(db):
    landing = ask("landing").json()
    assert href(landing, "self") == href(landing, "root") == ROOT


def test_landing_page_is_a_catalog_with_conformance_classes(db):
    landing = ask("landing").json()
    assert (landing["type"], landing["stac_version"]) == ("Catalog", "1.1.0")
    assert "https://api.stacspec.org/v1.0.0/core" in landing["conformsTo"]


@override_settings(DJANGO_STAC={"ID": "ours", "TITLE": "Ours", "DESCRIPTION": "What we have."})
def test_settings_name_the_landing_page(db):
    landing = ask("landing").json()
    assert [landing[name] for name in ("id", "title", "description")] == ["ours", "Ours", "What we have."]


def test_search_is_linked_once_a_method_with_one_href(db):
    links = [link for link in ask("landing").json()["links"] if link["rel"] == "search"]
    assert {link["method"] for link in links} == {"GET", "POST"}
    assert {link["href"] for link in links} == {f"{ROOT}search"}


def test_service_links_name_the_types_that_are_served(db):
    links = {link["rel"]: link["type"] for link in ask("landing").json()["links"]}
    assert links["service-desc"] == "application/vnd.oai.openapi+json;version=3.0"
    assert links["service-doc"] == "text/html"


def test_children_are_what_no_catalogue_lists(db):
    shelf = put_catalog("shelf")
    transactions.add_child(shelf, put_catalog("board"))
    transactions.add_child(shelf, put_collection("listed"))
    put_collection("free")
    landing = ask("landing").json()
    assert hrefs(landing, "child") == [f"{ROOT}catalogs/shelf", f"{ROOT}collections/free"]


def test_unpublished_collections_are_children_only_for_those_who_may_see_them(viewer):
    put_collection("hidden", published=False)
    assert hrefs(ask("landing").json(), "child") == []
    assert hrefs(ask("landing", user=viewer).json(), "child") == [f"{ROOT}collections/hidden"]


def test_conformance_declares_what_the_landing_page_declares(db):
    assert ask("conformance").json()["conformsTo"] == ask("landing").json()["conformsTo"]


def test_landing_page_has_no_such_method_as_post(client, db):
    response = client.post("/stac/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_site_says_how_many_children_the_landing_page_links(db, settings):
    settings.DJANGO_STAC = {"LANDING_CHILDREN": 2}
    for name in "abc":
        put_collection(name)
        put_catalog(name)
    children = [link["href"] for link in ask("landing").json()["links"] if link["rel"] == "child"]
    assert [href.rpartition("/stac/")[2] for href in children] == [
        "catalogs/a", "catalogs/b", "more/catalogs?after=b",
        "collections/a", "collections/b", "more/collections?after=b",
    ]  # fmt: skip


def test_landing_page_tells_how_the_site_knows_people(db):
    landing = ask("landing").json()
    assert landing["stac_extensions"] == ["https://stac-extensions.github.io/authentication/v1.1.0/schema.json"]
    assert landing["auth:schemes"]["basicAuth"] == {"type": "http", "scheme": "basic"}
    assert set(landing["auth:schemes"]["cookieAuth"]) == {"type", "in", "name"}


@needs_shared
def test_what_it_tells_is_valid_by_the_schema_of_the_extension(db):
    path = SHARED / "data/schemas/stac-extensions.github.io/authentication/v1.1.0/schema.json"
    assert list(validator_for(json.loads(path.read_text())).iter_errors(ask("landing").json())) == []
