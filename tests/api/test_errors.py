"""Errors: their statuses, and the one form of their bodies."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from rest_framework.exceptions import Throttled

from django_stac import exceptions
from django_stac.api.views.landing import LandingViewSet
from django_stac.validation.problems import Problem
from tests.api.asking import ask, url
from tests.factories import put_collection


@pytest.fixture
def failing(monkeypatch, db):
    """Let the landing page fail, and ask for it."""

    def fail(error, **headers):
        def retrieve(self, request):
            raise error

        monkeypatch.setattr(LandingViewSet, "retrieve", retrieve)
        return Client(raise_request_exception=False).get(url("landing"), headers=headers)

    return fail


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (exceptions.InvalidParameter("bbox", "has 3 numbers."), 400, "InvalidParameter"),
        (exceptions.InvalidDocument([Problem("/id", "is missing.")]), 400, "InvalidDocument"),
        (PermissionDenied("why"), 403, "Forbidden"),
        (exceptions.NotFound("There is none."), 404, "NotFound"),
        (exceptions.AlreadyExists("There is one."), 409, "AlreadyExists"),
        (exceptions.NotEmpty("It has items."), 409, "NotEmpty"),
        (exceptions.PreconditionFailed("It changed."), 412, "PreconditionFailed"),
        (Throttled(wait=7), 429, "TooManyRequests"),
        (exceptions.QueryTimeout(), 503, "QueryTimeout"),
    ],
)
def test_each_exception_has_its_status_and_code(failing, error, status, code):
    response = failing(error)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["description"]
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize("route", [("search",), ("items", "scenes"), ("item", "scenes", "a"), ("api",)], ids=str)
def test_errors_are_json_where_answers_are_more_than_that(db, route):
    assert ask(*route, limit="x", colour="red")["Content-Type"] == "application/json"


def test_parameter_and_pointer_say_where(failing):
    assert failing(exceptions.InvalidParameter("bbox", "has 3 numbers.")).json()["parameter"] == "bbox"
    assert failing(exceptions.InvalidDocument([Problem("/id", "is missing.")])).json()["pointer"] == "/id"


def test_throttled_client_hears_when_to_come_back(failing):
    assert failing(Throttled(wait=6.5))["Retry-After"] == "7"


def test_a_query_string_that_is_too_long_to_be_decoded_is_414(db, client):
    response = client.get(f"{url('search')}?{'&'.join(['ids=a'] * 100_000)}")
    assert response.status_code == 414
    assert "POST the search" in response.json()["description"]


def test_a_parameter_that_is_too_long_to_be_decoded_is_400_with_its_name(db, client):
    response = client.get(f"{url('search')}?limit=1&filter={'%20' * 100_000}")
    assert (response.status_code, response.json()["parameter"]) == (400, "filter")
    assert "262,144 bytes in a URL; got 300,000" in response.json()["description"]


def test_unexpected_exceptions_tell_nothing(failing):
    response = failing(RuntimeError("column secret does not exist"))
    assert response.status_code == 500
    assert b"secret" not in response.content


@pytest.mark.parametrize("error", [exceptions.NotFound("There is none."), exceptions.QueryTimeout()])
def test_errors_can_be_read_by_other_origins_and_kept_apart_by_caches(failing, error):
    response = failing(error)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"Accept", "Authorization", "Cookie"} <= set(response["Vary"].split(", "))


def test_browser_gets_errors_as_pages(failing):
    response = failing(exceptions.NotFound("There is none."), accept="text/html")
    assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"There is none." in response.content


@pytest.mark.parametrize("path", ["nothing", "collections/a/b", "nothing/", "catalogs/a/b/c", "files", "files/scenes"])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head"])
def test_unknown_resources_are_404_in_the_same_form(db, path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(f"/stac/{path}")
    assert response.status_code == 404
    assert method == "head" or response.json()["code"] == "NotFound"


def test_more_parameters_than_the_site_takes_are_400_in_the_same_form(db):
    response = ask("search", **{f"p{number}": "1" for number in range(1001)})
    assert (response.status_code, response.json()["code"]) == (400, "BadRequest")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_405_with_those_allowed(db, method):
    put_collection("scenes")
    response = getattr(Client(), method)(url("dates", "scenes"))
    assert (response.status_code, response.json()["code"]) == (405, "MethodNotAllowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_refused_credentials_are_401_with_a_challenge(db):
    response = ask("landing", headers={"authorization": "Basic d3Jvbmc6d3Jvbmc="})
    assert (response.status_code, response.json()["code"]) == (401, "Unauthorized")
    assert response["WWW-Authenticate"].startswith("Basic")
    assert response["Cache-Control"] == "private, max-age=0"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["collections/%00", "collections/%00/items", "collections/a/items/%00", "files/%00/a"])
def test_no_path_holds_a_nul(db, client, path):
    assert client.get(f"/stac/{path}").status_code == 404


def test_conformance_needs_no_database():
    assert ask("conformance").status_code == 200
