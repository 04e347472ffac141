"""Who writes one document hears which of its extensions nobody could check."""

import pytest

from django_stac import transactions
from django_stac.api.writing.unchecked import LONGEST, MOST, header_of
from tests.api.asking import ask, url
from tests.api.sending import send, writer
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection
from tests.transactions.extension import GRADE, graded, keep_schemas

__all__ = ["writer"]

TOLD = f'"{GRADE}"'
EXTENDED = {"stac_extensions": [GRADE]}


@pytest.fixture(autouse=True)
def strict(settings):
    settings.DJANGO_STAC = {"VALIDATION": "extensions"}


@pytest.mark.parametrize(
    ("route", "document"),
    [(("items", "scenes"), an_item("a")), (("collections",), a_collection("new")), (("catalogs",), a_catalog("shelf"))],
)
def test_who_creates_hears_it_beside_the_document(writer, route, document):
    put_collection()
    response = send(writer, "POST", *route, body=document | EXTENDED)
    assert (response.status_code, response["Unchecked-Extensions"]) == (201, TOLD)
    assert response.json()["stac_extensions"] == [GRADE]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    ("route", "document"),
    [
        (("item", "scenes", "a"), an_item("a")),
        (("collection", "scenes"), a_collection("scenes")),
        (("catalog", "shelf"), a_catalog("shelf")),
    ],
)
def test_who_changes_hears_it_though_the_answer_has_no_body(writer, method, route, document):
    put(an_item("a"))
    put_catalog("shelf")
    response = send(writer, method, *route, body=document | EXTENDED)
    assert (response.status_code, response["Unchecked-Extensions"]) == (204, TOLD)


def test_who_writes_what_stands_already_hears_it_too(writer):
    put(graded(an_item("a"), 1))
    response = send(writer, "PUT", "item", "scenes", "a", body=graded(an_item("a"), 1))
    assert (response.status_code, response["Unchecked-Extensions"]) == (204, TOLD)


def test_who_restores_a_version_hears_it(writer):
    put(graded(an_item("a"), 1))
    transactions.replace_item(an_item("a"))
    restored = send(writer, "POST", "item-version", 1, "scenes", "a")
    transactions.delete_item("scenes", "a")
    created = send(writer, "POST", "item-version", 3, "scenes", "a")
    assert (restored.status_code, restored["Unchecked-Extensions"]) == (204, TOLD)
    assert (created.status_code, created["Unchecked-Extensions"]) == (201, TOLD)


def test_the_answer_that_is_given_again_says_it_again(writer):
    put_collection()
    for _ in range(2):
        response = send(writer, "POST", "items", "scenes", body=an_item("a") | EXTENDED, idempotency_key="one")
        assert (response.status_code, response["Unchecked-Extensions"]) == (201, TOLD)


def test_nothing_is_said_where_all_is_checked_or_no_extension_is(writer, settings):
    keep_schemas()
    put_collection()
    assert "Unchecked-Extensions" not in send(writer, "POST", "items", "scenes", body=graded(an_item("a"), 1))
    settings.DJANGO_STAC = {"VALIDATION": "core"}
    other = an_item("b", stac_extensions=["https://example.com/unknown.json"])
    assert "Unchecked-Extensions" not in send(writer, "POST", "items", "scenes", body=other)


def test_who_reads_is_told_nothing(writer):
    put(graded(an_item("a"), 1))
    assert "Unchecked-Extensions" not in ask("item", "scenes", "a", client=writer)


def test_a_list_of_collections_notes_it_once(writer):
    documents = [a_collection(name) | EXTENDED for name in "ab"]
    response = send(writer, "POST", "collections", body={"collections": documents})
    assert (response.status_code, response.json()["created"]) == (201, 2)
    assert response.json()["notes"] == [f"{GRADE} is not checked: its schema is not in the cache."]


def test_rows_that_verbs_return_tell_it_in_code(db):
    put_collection()
    item = transactions.create_item(an_item("a") | EXTENDED, collection="scenes")
    assert item.unchecked == {GRADE: "its schema is not in the cache"}


def test_the_header_is_a_list_of_strings_that_no_address_can_break():
    assert header_of([]) == {}
    assert header_of(["https://a.b/c", 'x", "y\\\r\né']) == {
        "Unchecked-Extensions": '"https://a.b/c", "x%22,%20%22y%5C%0D%0A%C3%A9"'
    }


def test_the_header_stays_short():
    told = header_of(f"https://example.com/{'long' * 200}/{number}" for number in range(1000))["Unchecked-Extensions"]
    assert (told.count('"'), len(told)) == (2 * MOST, MOST * (LONGEST + 4) - 2)


def test_the_header_is_described_where_one_document_is_written(db):
    paths = ask("api").json()["paths"]
    described = {
        (path, method, status)
        for path, methods in paths.items()
        for method, operation in methods.items()
        for status, response in operation["responses"].items()
        if "Unchecked-Extensions" in response.get("headers", {})
    }
    item = "/collections/{collection_id}/items/{item_id}"
    restored = ("/versions/{number}/collections/{collection_id}", "post", "204")
    assert {(item, "put", "200"), (item, "put", "204"), ("/collections", "post", "201"), restored} <= described
    assert not {method for _, method, _ in described} & {"get", "delete"}


def test_scripts_of_other_origins_may_read_it(db, client):
    assert "Unchecked-Extensions" in client.get(url("landing"))["Access-Control-Expose-Headers"]
