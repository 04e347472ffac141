"""Several documents in one request: all go in, or none does and each that is refused is told with its reason."""

import pytest

from django_stac.models import Collection, Item
from tests.api.sending import send, writer
from tests.factories import a_collection, an_item, put, put_collection

__all__ = ["writer"]


def features(*documents):
    return {"type": "FeatureCollection", "features": list(documents)}


def refused(response):
    return {problem["source"]: problem["code"] for problem in response.json()["problems"]}


def test_all_items_of_a_feature_collection_are_stored(writer):
    put_collection()
    without = {name: value for name, value in an_item("b").items() if name not in ("collection", "links", "assets")}
    response = send(writer, "POST", "items", "scenes", body=features(an_item("a"), without))
    assert (response.status_code, response.json()["created"]) == (201, 2)
    assert [item.document for item in Item.objects.order_by("item_id")] == [an_item("a"), an_item("b", assets={})]


def test_a_bad_item_keeps_all_others_out_and_every_bad_one_is_told(writer):
    put(an_item("taken"))
    documents = [
        an_item("a"),
        an_item("b", datetime="never"),
        an_item("taken"),
        5,
        an_item("a"),
        an_item(collection="x"),
    ]
    response = send(writer, "POST", "items", "scenes", body=features(*documents))
    assert (response.status_code, response.json()["code"]) == (400, "RefusedDocuments")
    bad = {f"/features/{index}": "InvalidDocument" for index in (1, 3, 5)}
    assert refused(response) == bad | {"/features/2": "AlreadyExists", "/features/4": "AlreadyExists"}
    assert response.json()["problems"][0]["pointer"] == "/properties/datetime"
    assert Item.objects.get().item_id == "taken"


def test_ids_that_are_taken_are_409_when_nothing_else_is_wrong(writer):
    put(an_item("taken"))
    response = send(writer, "POST", "items", "scenes", body=features(an_item("a"), an_item("taken")))
    assert (response.status_code, refused(response)) == (409, {"/features/1": "AlreadyExists"})
    assert Item.objects.count() == 1


@pytest.mark.parametrize("listed", [None, {}, [], "a"])
def test_a_feature_collection_needs_features(writer, listed):
    put_collection()
    response = send(writer, "POST", "items", "scenes", body={"type": "FeatureCollection", "features": listed})
    assert (response.status_code, response.json()["pointer"]) == (400, "/features")


def test_all_collections_of_a_list_are_stored(writer):
    response = send(writer, "POST", "collections", body={"collections": [a_collection("a"), a_collection("b")]})
    assert (response.status_code, response.json()["created"]) == (201, 2)
    assert Collection.objects.count() == 2


def test_a_bad_collection_keeps_all_others_out(writer):
    put_collection("taken")
    documents = [a_collection("a"), a_collection("taken"), a_collection("b", license=5), a_collection("a")]
    response = send(writer, "POST", "collections", body={"collections": documents})
    assert response.status_code == 400
    assert refused(response) == {
        "/collections/1": "AlreadyExists",
        "/collections/2": "InvalidDocument",
        "/collections/3": "AlreadyExists",
    }
    assert Collection.objects.get().collection_id == "taken"
