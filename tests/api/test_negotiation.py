"""Which form of a resource a client gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import NotAcceptable
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from django_stac.api.html import HTMLRenderer
from django_stac.api.negotiation import by_accept
from django_stac.api.renderers import JSONRenderer
from tests.api.asking import ask
from tests.factories import an_item, put

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def media_type(name, *args, accept=None, **params):
    headers = {"accept": accept} if accept is not None else {}
    return ask(name, *args, headers=headers, **params)["Content-Type"]


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("image/png, */*;q=0.1", "application/json"),
        ("text/html;q=0.5, application/json", "application/json"),
        ("text/html", "text/html; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        ("application/json;q=0, */*", "text/html; charset=utf-8"),
    ],
)
def test_json_unless_html_is_preferred(db, accept, answered):
    assert media_type("landing", accept=accept) == answered


def test_parameter_f_wins_over_the_header(db):
    assert media_type("landing", accept="application/json", f="html") == "text/html; charset=utf-8"
    assert media_type("landing", accept=BROWSER, f="json") == "application/json"


@pytest.mark.parametrize("accept", ["application/geo+json", "application/json", "*/*"])
def test_items_are_geojson_for_whoever_takes_json(db, accept):
    put(an_item("a"))
    for name, *args in [("search",), ("items", "scenes"), ("item", "scenes", "a")]:
        assert media_type(name, *args, accept=accept) == "application/geo+json"


@pytest.mark.parametrize(
    "accept",
    [
        "application/vnd.oai.openapi+json;version=3.0",
        "application/vnd.oai.openapi+json; version=3.0",
        "application/vnd.oai.openapi+json",
        "application/json",
        "*/*",
    ],
)
def test_description_is_openapi_with_and_without_its_version(db, accept):
    assert media_type("api", accept=accept) == "application/vnd.oai.openapi+json;version=3.0"


def test_unknown_form_is_refused_with_the_allowed_ones(db):
    response = ask("landing", f="xml")
    assert (response.status_code, response.json()["parameter"]) == (400, "f")
    assert "json or html" in response.json()["description"]


def test_only_unacceptable_types_are_406(db):
    response = ask("landing", headers={"accept": "image/png"})
    assert (response.status_code, response.json()["code"]) == (406, "NotAcceptable")
    assert "application/json, text/html" in response.json()["description"]


@pytest.mark.parametrize("accept", ["", ",", "text", "/", "*/*;q=x", ";;;", "a/b/c;q=2"])
def test_odd_headers_are_no_server_error(db, accept):
    assert ask("landing", headers={"accept": accept}).status_code in (200, 406)


@given(accept=st.text(st.sampled_from("tex/hml,;q=01.*json+apict "), max_size=40))
def test_every_header_has_an_answer_or_a_refusal(accept):
    request = Request(APIRequestFactory().get("/", headers={"accept": accept}))
    try:
        assert by_accept(request, [JSONRenderer(), HTMLRenderer()]).format in ("json", "html")
    except NotAcceptable:
        assert accept
