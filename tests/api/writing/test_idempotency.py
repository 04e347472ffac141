"""A write that is sent again with its key is done once and answered as it was."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import F
from django.test import Client

from django_stac import transactions
from django_stac.models import Collection, GivenAnswer, Item
from tests.api.asking import url
from tests.api.sending import a_user, send, writer
from tests.factories import a_catalog, a_collection, an_item, put, put_collection

__all__ = ["writer"]

KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'
POSTS = [
    (("items", "scenes"), an_item("new")),
    (("items", "scenes"), {"type": "FeatureCollection", "features": [an_item("new")]}),
    (("collections",), a_collection("new")),
    (("catalogs",), a_catalog("new")),
    (("bulk-items", "scenes"), {"items": {"new": an_item("new")}}),
]


@pytest.fixture(autouse=True)
def collection(db):
    return put_collection()


def post(client, *route, body, key=KEY, **kwargs):
    return send(client, "POST", *route, body=body, idempotency_key=key, **kwargs)


@pytest.mark.parametrize(("route", "body"), POSTS, ids=str)
def test_the_same_again_is_answered_as_before(writer, route, body):
    first, again = post(writer, *route, body=body), post(writer, *route, body=body)
    assert first.status_code in (200, 201)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("Location", "ETag", "Content-Type"):
        assert again.get(name) == first.get(name)
    assert send(writer, "POST", *route, body=body).status_code == 409


@pytest.mark.parametrize(("route", "body"), POSTS, ids=str)
def test_another_request_with_the_key_is_422_and_does_nothing(writer, route, body):
    post(writer, "collections", body=a_collection("first"))
    refused = post(writer, *route, body=body)
    assert (refused.status_code, Collection.objects.count(), Item.objects.count()) == (422, 2, 0)


def test_another_parameter_makes_another_request(writer):
    lines = {"body": json.dumps(an_item("a")).encode(), "media_type": "application/x-ndjson"}
    assert post(writer, "bulk-items", "scenes", **lines).json()["created"] == 1
    assert post(writer, "bulk-items", "scenes", **lines).json()["created"] == 1
    assert post(writer, "bulk-items", "scenes", **lines, query="?method=upsert").status_code == 422


def test_what_was_stored_in_part_is_told_again_and_not_tried_again(writer):
    put(an_item("taken"))
    body = {"items": {name: an_item(name) for name in ("taken", "new")}}
    first, again = (post(writer, "bulk-items", "scenes", body=body) for _ in range(2))
    assert (first.status_code, first.content) == (409, again.content)
    assert again.json()["created"] == 1


def test_a_refused_write_leaves_its_key_free(writer):
    assert post(writer, "collections", body=a_collection("new", license=5)).status_code == 400
    assert post(writer, "collections", body=a_collection("new")).status_code == 201
    assert GivenAnswer.objects.count() == 1


def test_a_write_that_breaks_leaves_its_key_free(writer, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(transactions, "create_item", fail)
        with pytest.raises(RuntimeError):
            post(writer, "items", "scenes", body=an_item("a"))
    assert post(writer, "items", "scenes", body=an_item("a")).status_code == 201


def test_a_body_that_breaks_off_stores_nothing_and_leaves_its_key_free(writer):
    lines = b"\n".join(json.dumps(an_item(name)).encode() for name in "ab")
    broken = {
        "wsgi.input": BytesIO(lines[:-50]),
        "CONTENT_LENGTH": str(len(lines)),
        "headers": {"Idempotency-Key": KEY},
    }
    refused = writer.generic("POST", url("bulk-items", "scenes"), lines, "application/x-ndjson", **broken)
    assert (refused.status_code, Item.objects.count()) == (400, 0)
    assert "bytes" in refused.json()["description"]
    again = post(writer, "bulk-items", "scenes", body=lines, media_type="application/x-ndjson")
    assert again.json()["created"] == 2


def test_keys_of_others_are_others(writer):
    other = Client()
    other.force_login(a_user(name="other"))
    assert post(writer, "collections", body=a_collection("a")).status_code == 201
    assert post(other, "collections", body=a_collection("b")).status_code == 201


def test_who_may_no_more_write_is_told_nothing(writer):
    post(writer, "collections", body=a_collection("a"))
    assert post(Client(), "collections", body=a_collection("a")).status_code == 401


def test_keys_are_forgotten_after_a_day(writer):
    post(writer, "collections", body=a_collection("a"), key="one")
    post(writer, "collections", body=a_collection("b"), key="two")
    GivenAnswer.objects.update(given=F("given") - timedelta(hours=25))
    assert post(writer, "collections", body=a_collection("c"), key="one").status_code == 201
    assert GivenAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_some_characters(writer, key):
    assert post(writer, "collections", body=a_collection("a"), key=key).status_code == 400
