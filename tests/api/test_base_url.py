"""Links are made from the request, and from no header that a client could forge."""

import json
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib import admin
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest, get_script_name
from django.test import override_settings
from django.urls import clear_script_prefix, include, path, set_script_prefix

from tests.api.asking import ask, follow, href
from tests.factories import an_item, put

urlpatterns = [
    path("admin/", admin.site.urls),
    path("geo/stac/", include("django_stac.urls")),
    path("second/", include("django_stac.urls", namespace="second")),
    path("", include("django_stac.urls", namespace="whole")),
]

FORGED = {
    "x-forwarded-host": "evil.example.com",
    "x-forwarded-proto": "https",
    "x-forwarded-prefix": "/evil",
    "x-forwarded-port": "99",
    "forwarded": "host=evil.example.com;proto=https",
    "x-script-name": "/evil",
}


def root(**headers):
    return href(
        ask("landing", headers={name.replace("_", "-"): value for name, value in headers.items()}).json(), "root"
    )


def test_host_of_the_request_is_the_host_of_links(db):
    assert root(host="stac.example.com") == "http://stac.example.com/stac/"


def test_forged_headers_change_nothing(db):
    put(an_item("a"))
    assert ask("search", headers=FORGED).content == ask("search").content


@override_settings(USE_X_FORWARDED_HOST=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_trusted_proxy_names_host_and_scheme(db):
    assert root(x_forwarded_host="stac.example.com", x_forwarded_proto="https") == "https://stac.example.com/stac/"


@override_settings(DJANGO_STAC={"TRUST_FORWARDED_PREFIX": True})
@pytest.mark.parametrize("prefix", ["/geo", "/geo/", "/a/b-c_d.e~"])
def test_trusted_proxy_names_a_prefix(db, prefix):
    assert root(x_forwarded_prefix=prefix) == f"http://testserver{prefix.rstrip('/')}/stac/"


@override_settings(DJANGO_STAC={"TRUST_FORWARDED_PREFIX": True})
@pytest.mark.parametrize(
    "prefix", ["", "/", "geo", "//evil.example.com", "/a/../b", "/a b", "/a?b", "/a#b", "/<script>", "/a, /b", "/./a"]
)
def test_prefix_that_is_no_plain_path_counts_as_none(db, prefix):
    assert root(x_forwarded_prefix=prefix) == "http://testserver/stac/"


def served(**environ):
    """The landing page as a WSGI server gets it, but with the test's own connection to the database."""
    setup_testing_defaults(environ)
    environ["HTTP_HOST"] = "testserver"
    set_script_prefix(get_script_name(environ))
    try:
        handler = WSGIHandler()
        handler.load_middleware()
        return json.loads(handler.get_response(WSGIRequest(environ)).content)
    finally:
        clear_script_prefix()


def test_script_name_of_the_server_is_part_of_links(db):
    landing = served(SCRIPT_NAME="/app", PATH_INFO="/stac/")
    assert href(landing, "data") == "http://testserver/app/stac/collections"


@override_settings(FORCE_SCRIPT_NAME="/forced")
def test_forced_script_name_is_part_of_links(db):
    landing = served(SCRIPT_NAME="/app", PATH_INFO="/stac/")
    assert href(landing, "data") == "http://testserver/forced/stac/collections"


@override_settings(ROOT_URLCONF="tests.api.test_base_url")
@pytest.mark.parametrize("mount", ["/geo/stac/", "/second/", "/"])
def test_api_works_under_any_mount(db, client, mount):
    put(an_item("a"))
    landing = client.get(mount).json()
    assert href(landing, "self") == f"http://testserver{mount}"
    page = follow(href(follow(href(landing, "data")).json()["collections"][0], "items")).json()
    assert href(page["features"][0], "self") == f"http://testserver{mount}collections/scenes/items/a"
    assert follow(href(page["features"][0], "self")).status_code == 200


def test_foreign_urls_of_documents_are_left_alone(db):
    put(an_item("a", assets={"data": {"href": "https://example.com/stac/collections/a%20b"}}))
    assert ask("item", "scenes", "a").json()["assets"]["data"]["href"] == "https://example.com/stac/collections/a%20b"
