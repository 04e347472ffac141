"""Cross-origin access, as browser clients need it."""

import pytest
from django.test import override_settings

from tests.api.asking import ask, search, url
from tests.factories import put_collection

EXPOSED = {"Allow", "ETag", "Link", "Location", "Retry-After", "Content-Language", "Content-Range", "Accept-Ranges"}


def words(header):
    return set(header.split(", "))


def of_the_site(get_response):
    """Middleware that has its own mind, as django-cors-headers has."""

    def middleware(request):
        response = get_response(request)
        response["Access-Control-Allow-Origin"] = "https://app.example.com"
        return response

    return middleware


@pytest.mark.parametrize("asked", [{}, {"body": {}}])
def test_every_origin_may_read(db, asked):
    response = search(**asked)
    assert response["Access-Control-Allow-Origin"] == "*"
    exposed = {*EXPOSED, "Content-Length", "Preference-Applied", "Unchecked-Extensions"}
    assert words(response["Access-Control-Expose-Headers"]) == exposed


def test_credentials_of_a_browser_are_not_asked_for(db):
    assert "Access-Control-Allow-Credentials" not in ask("landing")


def test_preflight_allows_the_methods_and_headers_of_clients(db, client):
    response = client.options(
        url("search"),
        headers={"origin": "https://app.example.com", "access-control-request-method": "POST"},
    )
    assert (response.status_code, response.content) == (204, b"")
    assert words(response["Access-Control-Allow-Methods"]) == {"GET", "HEAD", "OPTIONS", "POST"}
    asked = {"Accept", "Accept-Language", "Authorization", "Content-Type", "If-Match", "If-None-Match", "Range"}
    assert asked <= words(response["Access-Control-Allow-Headers"])


def test_options_tell_the_methods_of_a_resource(db, client):
    put_collection("scenes")
    assert client.options(url("search"))["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert client.options(url("collection", "scenes"))["Allow"] == "GET, HEAD, OPTIONS"


def test_options_have_no_body_and_no_type(db, client):
    assert "Content-Type" not in client.options(url("landing"))


@override_settings(MIDDLEWARE=["tests.api.test_cors.of_the_site"])
def test_what_the_site_says_stands_once(db):
    response = ask("landing")
    assert [value for name, value in response.items() if name == "Access-Control-Allow-Origin"] == [
        "https://app.example.com"
    ]
