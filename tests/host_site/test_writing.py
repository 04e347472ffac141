"""Writing through the site's middleware, sessions and transactions, into its second database."""

import json

import pytest
from django.conf import settings
from django.test import Client

from django_stac.models import Item
from tests.factories import an_item, put, put_collection
from tests.host_site.asking import ROOT, get

pytestmark = pytest.mark.django_db(databases=["default", "geo"])

ITEMS, ITEM = f"{ROOT}collections/scenes/items", f"{ROOT}collections/scenes/items/a"
RIGHTS = [f"{verb}_item" for verb in ("view", "add", "change", "delete")]


@pytest.fixture
def writer(person):
    """A client whose posts need no proof: what the proof is for is tested apart."""
    client = Client()
    client.force_login(person(*RIGHTS))
    return client


def send(client, method, path, body=None, **headers):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic(method, path, json.dumps(body), content_type="application/json", headers=given)


def test_a_tag_that_compression_has_weakened_serves_for_a_write(writer):
    put(an_item("a", title="a long title " * 50))
    tag = get("collections/scenes/items/a", accept_encoding="gzip")["ETag"]
    assert tag.startswith("W/")
    changed = send(writer, "PATCH", ITEM, {"title": "new"}, if_match=tag)
    assert (changed.status_code, changed.content) == (204, b"")
    assert send(writer, "PATCH", ITEM, {"title": "newer"}, if_match=tag).status_code == 412


def test_a_new_item_stands_under_the_prefix_in_the_second_database(writer):
    put_collection()
    response = send(writer, "POST", ITEMS, an_item("a"))
    assert (response.status_code, response["Location"]) == (201, f"http://testserver{ITEM}")
    assert Item.objects.using("geo").get().item_id == "a"


def test_a_session_writes_with_the_proof_that_the_post_is_meant(signed_in):
    put_collection()
    client = signed_in(*RIGHTS)
    assert send(client, "POST", ITEMS, an_item("a")).status_code == 403
    client.get("/admin/login/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    proof = {"x_csrftoken": token, "idempotency_key": "one"}
    assert send(client, "POST", ITEMS, an_item("a"), **proof).status_code == 201
    assert send(client, "POST", ITEMS, an_item("b"), **proof).status_code == 422
    form = client.post(ITEMS, {"a": "b"}, headers={"x-csrftoken": token, "idempotency-key": "two"})
    assert form.status_code == 415


def test_refusals_are_told_in_the_form_of_the_api_and_not_of_the_site(writer):
    put_collection()
    response = send(writer, "POST", ITEMS, an_item("a", datetime="never"))
    assert (response.status_code, response.json()["pointer"]) == (400, "/properties/datetime")
    assert send(Client(), "POST", ITEMS, an_item("a")).json()["code"] == "Forbidden"


def test_several_items_go_in_together_or_not_at_all_under_the_sites_own_transactions(writer):
    put_collection()
    several = {"type": "FeatureCollection", "features": [an_item("a"), an_item("b", datetime="never")]}
    assert send(writer, "POST", ITEMS, several).status_code == 400
    assert not Item.objects.exists()


def test_what_bulk_loading_refuses_does_not_take_back_what_it_has_stored(writer):
    put_collection()
    items = {"a": an_item("a"), "b": an_item("b", datetime="never")}
    response = send(writer, "POST", f"{ROOT}collections/scenes/bulk_items", {"items": items}, idempotency_key="one")
    assert (response.status_code, response.json()["created"]) == (400, 1)
    assert Item.objects.get().item_id == "a"
