"""Unknown query parameters (OGC API - Features, requirement 8)."""

import pytest
from django.test import override_settings

from tests.api.asking import ROUTES, ask, search
from tests.factories import an_item, put, put_catalog


def allowed_by(response):
    """The parameter names that an error lists."""
    return set(response.json()["description"].rstrip(".").rpartition("allowed are ")[2].split(", "))


@pytest.fixture
def stored(db):
    put(an_item("a"))
    put_catalog("shelf")


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_unknown_parameter_is_refused_with_the_allowed_ones(stored, route):
    response = ask(*route, colour="red")
    assert (response.status_code, response.json()["parameter"]) == (400, "colour")
    assert {"f", "lang"} <= allowed_by(response)


@pytest.mark.parametrize("name", ["bbox", "collections", "limit"])
def test_a_parameter_is_given_once(stored, client, name):
    response = client.get(f"/stac/search?{name}=1&{name}=2")
    assert (response.status_code, response.json()["parameter"]) == (400, name)
    assert "2 times" in response.json()["description"]


@pytest.mark.parametrize("route", ROUTES, ids=str)
@pytest.mark.parametrize("name", ["lang", "access_token", "api_key"])
def test_language_and_keys_are_always_allowed(stored, route, name):
    assert ask(*route, **{name: "x"}).status_code == 200


@override_settings(DJANGO_STAC={"STRICT_PARAMETERS": False})
def test_site_may_let_unknown_parameters_pass(stored):
    assert search(colour="red").status_code == 200


def test_parameters_of_a_search_by_post_stand_in_its_body(stored, client):
    response = client.post("/stac/search?limit=1", {}, content_type="application/json")
    assert (response.status_code, response.json()["parameter"]) == (400, "limit")


def test_options_ask_for_no_parameters(stored, client):
    assert client.options("/stac/search?colour=red").status_code == 204
