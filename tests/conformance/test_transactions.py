"""STAC API - Transaction, for items and for collections: a test a class, named after it."""

from django.test import Client

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, url
from tests.api.sending import send, writer
from tests.factories import a_collection, an_item, put_collection

__all__ = ["writer"]


def is_declared(member):
    return member in ask("landing").json()["conformsTo"]


def test_conforms_to_features_transaction(writer):
    assert is_declared(Conformance.FEATURES_TRANSACTION)
    put_collection()
    made = send(writer, "POST", "items", "scenes", body=an_item("a"))
    assert (made.status_code, made["Location"]) == (201, f"http://testserver{url('item', 'scenes', 'a')}")
    several = {"type": "FeatureCollection", "features": [an_item("b"), an_item("c")]}
    posted = send(writer, "POST", "items", "scenes", body=several)
    assert (posted.status_code, "Location" in posted) == (201, False)
    assert send(writer, "PUT", "item", "scenes", "a", body=an_item("a", title="put")).status_code == 204
    assert send(writer, "PATCH", "item", "scenes", "a", body={"title": "patched"}).status_code == 204
    assert Client().get(made["Location"]).json()["title"] == "patched"
    assert send(writer, "DELETE", "item", "scenes", "b").status_code == 204
    assert ask("item", "scenes", "b").status_code == 410


def test_conforms_to_collections_transaction(writer):
    assert is_declared(Conformance.COLLECTIONS_TRANSACTION)
    made = send(writer, "POST", "collections", body=a_collection("a"))
    assert (made.status_code, made["Location"]) == (201, f"http://testserver{url('collection', 'a')}")
    several = send(writer, "POST", "collections", body={"collections": [a_collection("b"), a_collection("c")]})
    assert (several.status_code, "Location" in several) == (201, False)
    assert send(writer, "PUT", "collection", "a", body=a_collection("a", title="put")).status_code == 204
    assert send(writer, "PATCH", "collection", "a", body={"title": "patched"}).status_code == 204
    assert ask("collection", "a").json()["title"] == "patched"
    assert send(writer, "DELETE", "collection", "b").status_code == 204
    assert ask("collection", "b").status_code == 410
