"""The OpenAPI description and its page."""

import re

import pytest
from django.test import override_settings
from jsonschema_rs import validator_for

from django_stac.api.openapi import schema
from django_stac.api.urls import urlpatterns
from django_stac.search.parse import PARAMETERS
from tests.api.asking import ask, search
from tests.api.sending import send, writer
from tests.api.test_items import series
from tests.factories import an_item, put_catalog, put_collection

__all__ = ["writer"]


@pytest.fixture
def document(db):
    return ask("api").json()


def references(value):
    """Every ``$ref`` in a document."""
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for member in value:
            yield from references(member)


def schema_of(document, path, method="get", media_type="application/json"):
    """The schema of an operation's answer, with what it refers to, as JSON Schema."""
    answer = document["paths"][path][method]["responses"]["200"]["content"][media_type]["schema"]
    return as_json_schema({**answer, "components": document["components"]})


def as_json_schema(value):
    """OpenAPI 3.0 says ``nullable`` of what may be null."""
    if isinstance(value, dict):
        said = {name: as_json_schema(member) for name, member in value.items()}
        return {"anyOf": [said, {"type": "null"}]} if value.get("nullable") is True else said
    return [as_json_schema(each) for each in value] if isinstance(value, list) else value


def test_description_is_openapi_3_0_of_this_site(document):
    assert document["openapi"] == "3.0.3"
    assert document["info"]["title"] == "STAC catalogue"
    assert document["servers"] == [{"url": "http://testserver/stac"}]


def test_every_route_is_described_and_no_other(document):
    routes = {str(pattern.pattern) for pattern in urlpatterns if pattern.name != "unknown"}
    described = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route) for route in routes}
    assert set(document["paths"]) == described


def test_search_is_described_by_get_and_post(document):
    assert {"get", "post"} <= set(document["paths"]["/search"])
    assert document["paths"]["/search"]["post"]["requestBody"]


def test_redirects_and_conditions_are_described(document):
    answers = {path: methods["get"]["responses"] for path, methods in document["paths"].items() if "get" in methods}
    assert {"303", "304", "412"} <= set(answers["/search"])
    assert {"302", "304", "412"} <= set(answers["/files/{storage}/{path}"])
    assert "content" not in answers["/files/{storage}/{path}"]["302"]


def test_bodies_are_described_in_every_type_that_is_read(document):
    bodies = {path: document["paths"][path] for path in ("/search", "/collections/{collection_id}")}
    assert set(bodies["/search"]["post"]["requestBody"]["content"]) == {"application/json", "application/geo+json"}
    patch = bodies["/collections/{collection_id}"]["patch"]["requestBody"]["content"]
    assert set(patch) == {"application/json", "application/merge-patch+json", "application/json-patch+json"}


def test_every_reference_leads_somewhere(document):
    for reference in references(document):
        place = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_operations_have_ids_of_their_own(document):
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(set(ids)) == len(ids)


def test_described_parameters_are_those_that_are_taken(document):
    def names(path):
        parameters = document["paths"][path]["get"]["parameters"]
        return {each["$ref"].rpartition("/")[2] for each in parameters if "$ref" in each}

    assert names("/search") == PARAMETERS | {"f", "lang"}
    assert names("/collections/{collection_id}/items") == PARAMETERS | {"f", "lang", "queryables"}


def test_members_of_a_search_body_are_those_that_are_taken(document):
    assert set(document["components"]["schemas"]["Search"]["properties"]) == PARAMETERS


@pytest.mark.parametrize(
    ("route", "path", "media_type"),
    [
        (("landing",), "/", "application/json"),
        (("conformance",), "/conformance", "application/json"),
        (("catalogs",), "/catalogs", "application/json"),
        (("catalog", "shelf"), "/catalogs/{catalog_id}", "application/json"),
        (("collections",), "/collections", "application/json"),
        (("collection", "scenes"), "/collections/{collection_id}", "application/json"),
        (("items", "scenes"), "/collections/{collection_id}/items", "application/geo+json"),
        (("item", "scenes", "day-1"), "/collections/{collection_id}/items/{item_id}", "application/geo+json"),
        (("search",), "/search", "application/geo+json"),
    ],
    ids=str,
)
def test_answers_keep_to_their_schemas(document, route, path, media_type):
    series(2)
    put_catalog("shelf")
    validator_for(schema_of(document, path, media_type=media_type)).validate(ask(*route).json())


@pytest.mark.parametrize("body", [an_item("new"), {"type": "FeatureCollection", "features": [an_item("new")]}], ids=str)
def test_answers_to_writes_keep_to_their_schema(document, writer, body):
    put_collection()
    answer = document["paths"]["/collections/{collection_id}/items"]["post"]["responses"]["201"]["content"]
    schema = {**answer["application/geo+json"]["schema"], "components": document["components"]}
    validator_for(schema).validate(send(writer, "POST", "items", "scenes", body=body).json())


def test_errors_keep_to_their_schema(document):
    exception = {"$ref": "#/components/schemas/Exception", "components": document["components"]}
    response = search(limit="0")
    assert str(response.status_code) in document["paths"]["/search"]["get"]["responses"]
    validator_for(exception).validate(response.json())


@override_settings(SPECTACULAR_SETTINGS={"TITLE": "Host", "OAS_VERSION": "3.1.0", "CAMELIZE_NAMES": True})
def test_settings_of_the_host_do_not_reach_the_description(db):
    before = ask("api").content
    schema.generated.cache_clear()
    assert ask("api").content == before


def test_description_is_generated_once(db, monkeypatch):
    ask("api")
    monkeypatch.setattr(schema, "SchemaGenerator", None)
    assert ask("api", headers={"host": "stac.example.com"}).json()["servers"] == [
        {"url": "http://stac.example.com/stac"}
    ]


def test_page_is_html_for_whoever_asks(db):
    for accept in ("text/html", "*/*"):
        response = ask("api-html", headers={"accept": accept})
        assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_how_people_are_known_is_described_as_the_site_has_it(document):
    schemes = document["components"]["securitySchemes"]
    assert schemes["basicAuth"] == {"type": "http", "scheme": "basic"}
    assert (schemes["cookieAuth"]["in"], schemes["cookieAuth"]["name"]) == ("cookie", "sessionid")


def test_who_reads_need_not_be_known_and_who_writes_must(document):
    item = document["paths"]["/collections/{collection_id}/items/{item_id}"]
    assert item["get"]["security"] == [{"basicAuth": []}, {"cookieAuth": []}, {}]
    assert item["put"]["security"] == [{"basicAuth": []}, {"cookieAuth": []}]


def test_of_authentication_that_is_unknown_nothing_is_said(monkeypatch):
    monkeypatch.setattr(schema.AutoSchema, "get_auth", lambda self: [])
    document = schema.generated.__wrapped__()
    assert not [each for path in document["paths"].values() for each in path.values() if "security" in each]
