"""Owners declare queryables on the form of a collection."""

import json

import pytest
from django.urls import reverse

from django_stac import transactions
from django_stac.models import Collection
from tests.admin.test_editing import NO_FILES, edit, refused, saved, text, url
from tests.factories import a_collection, put_collection

DECLARED = {"x:y": {"type": "number", "title": "Y"}}


@pytest.fixture
def client(curator):
    return curator("view_collection", "change_collection", "add_collection")


def form(collection, document=None, **fields):
    """What a browser sends."""
    return edit(collection, document, extent_mode="document", **fields)


def declared():
    return Collection.objects.get().queryables


def test_what_is_declared_is_stored(client):
    collection = put_collection()
    saved(client, url(collection), form(collection, declared=text(DECLARED)))
    assert declared() == DECLARED


def test_what_is_declared_is_shown(client):
    transactions.set_queryables(put_collection().collection_id, DECLARED)
    page = client.get(url(Collection.objects.get())).content.decode()
    assert page.count("&quot;x:y&quot;") == 2  # once for the eye, once to tell what was changed


def test_an_empty_field_takes_it_back(client):
    collection = transactions.set_queryables(put_collection().collection_id, DECLARED)
    saved(client, url(collection), form(collection, **{"initial-declared": text(DECLARED), "declared": " "}))
    assert declared() is None


def test_what_nobody_touched_stays_as_others_left_it(client):
    collection = transactions.set_queryables(put_collection().collection_id, DECLARED)
    shown = {"initial-declared": json.dumps(DECLARED), "declared": text(DECLARED).replace("\n", "\r\n")}
    transactions.set_queryables("scenes", {"x:new": {"type": "boolean"}})
    saved(client, url(collection), form(collection, **shown))
    assert declared() == {"x:new": {"type": "boolean"}}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{"x:y": {}}', "/x:y/type"),
        ('{"x:y": {"type": "number"}, "id": {"type": "string"}}', "is a column of every item"),
        ("[]", "Queryables are a JSON object"),
        ("{", "This is no JSON"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_stores_nothing(client, written, said):
    collection = put_collection()
    page = refused(client, url(collection), form(collection, a_collection(title="Other"), declared=written))
    assert said in page
    assert (declared(), Collection.objects.get().title) == (None, "Scenes")


def test_a_new_collection_may_declare_at_once(client):
    data = {"document": text(a_collection("new")), "visibility": "public", "declared": text(DECLARED), **NO_FILES}
    data["extent_mode"] = "document"
    saved(client, reverse("admin:django_stac_collection_add"), data)
    assert declared() == DECLARED
