"""Documents are written over HTTP: what is stored is what was sent, and who may not write hears why."""

import pytest
from django.test import Client

from django_stac.models import Catalog, Collection, Item
from tests.api.asking import ask, url
from tests.api.sending import a_user, send, writer
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

__all__ = ["writer"]


@pytest.fixture
def scene(db):
    put(an_item("a"))


def problems(response):
    return [problem["pointer"] for problem in response.json()["problems"]]


# Creating


def test_a_new_item_is_told_with_its_place_and_its_tag(writer):
    put_collection()
    response = send(writer, "POST", "items", "scenes", body=an_item("a"))
    got = ask("item", "scenes", "a")
    assert (response.status_code, response["Content-Type"]) == (201, "application/geo+json")
    assert response["Location"] == f"http://testserver{url('item', 'scenes', 'a')}"
    assert (response.json(), response["ETag"]) == (got.json(), got["ETag"])


def test_what_a_client_leaves_out_is_filled_in(writer):
    put_collection()
    document = an_item("a")
    for name in ("collection", "links", "assets", "bbox"):
        del document[name]
    assert send(writer, "POST", "items", "scenes", body=document).status_code == 201
    assert Item.objects.get().document == an_item("a", assets={})


def test_unknown_members_and_heights_come_back_as_they_were_sent(writer):
    put_collection()
    sent = an_item("a", geometry={"type": "Point", "coordinates": [10, 45, 3]}, **{"my:own": {"deep": [1, None]}})
    send(writer, "POST", "items", "scenes", body=sent)
    got = ask("item", "scenes", "a").json()
    assert (got["geometry"], got["properties"]) == (sent["geometry"], sent["properties"])


@pytest.mark.parametrize("item_id", ["a/b c", "é%2F?", "x" * 1000])
def test_any_id_has_a_place_where_it_is_found(writer, item_id):
    put_collection()
    location = send(writer, "POST", "items", "scenes", body=an_item(item_id))["Location"]
    assert Client().get(location).json()["id"] == item_id
    assert writer.delete(location).status_code == 204
    assert not Item.objects.exists()


def test_a_new_collection_has_its_place(writer):
    response = send(writer, "POST", "collections", body=a_collection("new"))
    assert (response.status_code, response["Location"]) == (201, f"http://testserver{url('collection', 'new')}")
    assert response.json() == ask("collection", "new").json()
    assert response["ETag"] == ask("collection", "new")["ETag"]


def test_a_new_catalogue_has_its_place(writer):
    response = send(writer, "POST", "catalogs", body=a_catalog("new"))
    assert (response.status_code, response["Location"]) == (201, f"http://testserver{url('catalog', 'new')}")
    assert response["ETag"] == ask("catalog", "new")["ETag"]


def test_every_problem_of_a_document_is_told_with_its_place(writer):
    put_collection()
    bad = an_item("a", geometry={"type": "Circle"}, bbox=[1, 2], properties={"datetime": 5})
    response = send(writer, "POST", "items", "scenes", body=bad)
    assert (response.status_code, response.json()["code"]) == (400, "InvalidDocument")
    assert response.json()["pointer"] == problems(response)[0]
    assert len(problems(response)) > 1
    assert not Item.objects.exists()


def test_a_document_fetched_from_the_api_is_what_was_stored(writer, scene):
    before = Item.objects.get().digest
    fetched = ask("item", "scenes", "a").json()
    assert send(writer, "PUT", "item", "scenes", "a", body=fetched).status_code == 204
    assert Item.objects.get().digest == before


# Replacing and patching


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_change_is_answered_without_a_body_and_a_type(writer, scene, method):
    response = send(writer, method, "item", "scenes", "a", body=an_item("a", title="new"))
    assert (response.status_code, response.content) == (204, b"")
    assert "Content-Type" not in response
    assert response["ETag"] == ask("item", "scenes", "a", client=writer)["ETag"]
    assert Item.objects.get().document["title"] == "new"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("route", [("item", "scenes", "a"), ("catalog", "shelf")], ids=str)
def test_whoever_prefers_the_document_gets_it(writer, scene, method, route):
    put_catalog("shelf")
    body = ask(*route).json()
    response = send(writer, method, *route, body=body, prefer="handling=strict, return=representation")
    assert (response.status_code, response["Preference-Applied"]) == (200, "return=representation")
    assert response.json() == body


def test_whoever_prefers_little_gets_no_document(writer):
    response = send(writer, "POST", "collections", body=a_collection("new"), prefer="return=minimal")
    assert (response.status_code, response.content) == (201, b"")
    assert {"Location", "ETag"} <= set(response.headers)


@pytest.mark.parametrize(
    ("media_type", "patch"),
    [
        ("application/merge-patch+json", {"properties": {"eo:cloud_cover": 7, "gone": None}}),
        ("application/json; charset=utf-8", {"properties": {"eo:cloud_cover": 7, "gone": None}}),
        (
            "application/json-patch+json",
            [
                {"op": "replace", "path": "/properties/eo:cloud_cover", "value": 7},
                {"op": "remove", "path": "/properties/gone"},
            ],
        ),
        (
            "application/json",
            [
                {"op": "add", "path": "/properties/eo:cloud_cover", "value": 7},
                {"op": "remove", "path": "/properties/gone"},
            ],
        ),
    ],
)
def test_a_patch_is_read_as_its_type_says(writer, media_type, patch):
    put(an_item("a", properties={"eo:cloud_cover": 1, "gone": 1}))
    assert send(writer, "PATCH", "item", "scenes", "a", body=patch, media_type=media_type).status_code == 204
    assert Item.objects.get().document["properties"] == {"datetime": "2024-06-01T10:00:00Z", "eo:cloud_cover": 7}


@pytest.mark.parametrize(
    ("media_type", "patch"),
    [("application/merge-patch+json", []), ("application/json-patch+json", {}), ("application/json", 5)],
)
def test_a_patch_of_another_form_than_its_type_is_400(writer, scene, media_type, patch):
    assert send(writer, "PATCH", "item", "scenes", "a", body=patch, media_type=media_type).status_code == 400


def test_a_patch_that_makes_a_bad_document_changes_nothing(writer, scene):
    response = send(writer, "PATCH", "item", "scenes", "a", body={"properties": {"datetime": None}})
    assert (response.status_code, response.json()["code"]) == (400, "InvalidDocument")
    assert Item.objects.get().document == an_item("a")


@pytest.mark.parametrize(
    ("route", "body"),
    [
        (("item", "scenes", "a"), an_item("b")),
        (("item", "scenes", "a"), an_item("a", collection="other")),
        (("collection", "scenes"), a_collection("other")),
        (("catalog", "shelf"), a_catalog("other")),
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_no_write_changes_an_id_or_the_collection(writer, scene, method, route, body):
    put_catalog("shelf")
    response = send(writer, method, *route, body=body)
    assert (response.status_code, response.json()["code"]) == (400, "InvalidDocument")
    assert response.json()["pointer"] in ("/id", "/collection")


def test_a_collection_keeps_its_items_and_a_catalogue_its_children(writer, scene):
    send(writer, "PUT", "collection", "scenes", body=a_collection("scenes", title="new"))
    assert (Collection.objects.get().title, Item.objects.count()) == ("new", 1)


# Deleting


def test_what_is_deleted_is_gone_and_deleting_it_again_is_done_already(writer, scene):
    for _ in range(2):
        response = send(writer, "DELETE", "item", "scenes", "a")
        assert (response.status_code, response.content) == (204, b"")
        assert "Content-Type" not in response
    assert ask("item", "scenes", "a").status_code == 410


@pytest.mark.parametrize("route", [("item", "scenes", "x"), ("collection", "x"), ("catalog", "x")], ids=str)
def test_a_strict_site_does_not_delete_what_is_not_there(writer, scene, settings, route):
    assert send(writer, "DELETE", *route).status_code == 204
    settings.DJANGO_STAC = {"STRICT_DELETE": True}
    assert send(writer, "DELETE", *route).status_code == 404


def test_a_collection_with_items_is_deleted_only_by_who_says_so(writer, scene):
    refused = send(writer, "DELETE", "collection", "scenes")
    assert (refused.status_code, refused.json()["code"]) == (409, "NotEmpty")
    assert send(writer, "DELETE", "collection", "scenes", query="?cascade=yes").status_code == 400
    assert send(writer, "DELETE", "collection", "scenes", query="?cascade=true").status_code == 204
    assert not Item.objects.exists()


def test_who_may_not_delete_items_does_not_delete_them_with_their_collection(scene):
    client = Client()
    client.force_login(a_user("delete_collection", "view_item"))
    assert send(client, "DELETE", "collection", "scenes", query="?cascade=true").status_code == 403
    assert Item.objects.exists()


def test_a_disbanded_catalogue_leaves_what_it_listed(writer, scene):
    put_catalog("shelf")
    assert send(writer, "DELETE", "catalog", "shelf").status_code == 204
    assert (Catalog.objects.count(), Collection.objects.count()) == (0, 1)


# Bodies


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_other_types_are_415_and_the_answer_names_those_that_are_read(writer, media_type):
    response = send(writer, "POST", "collections", body=b"{}", media_type=media_type)
    assert response.status_code == 415
    assert "application/json, application/geo+json" in response.json()["description"]


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"\xff"])
def test_what_is_no_json_is_400(writer, body):
    assert send(writer, "POST", "collections", body=body).status_code == 400


@pytest.mark.parametrize("body", [[], 5, None, {}, {"type": "Feature"}, "text"])
@pytest.mark.parametrize("route", [("items", "scenes"), ("collections",), ("catalogs",)], ids=str)
def test_json_that_is_no_document_is_400(writer, route, body):
    put_collection()
    response = send(writer, "POST", *route, body=b"null" if body is None else body)
    assert (response.status_code, response.json()["code"]) == (400, "InvalidDocument")


def test_a_body_larger_than_the_site_takes_is_413(writer, settings):
    settings.DJANGO_STAC = {"MAX_BODY": 100}
    response = send(writer, "POST", "collections", body=a_collection("new"))
    assert response.status_code == 413
    assert "100 bytes" in response.json()["description"]


def test_a_document_may_be_larger_than_a_form(writer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert send(writer, "POST", "collections", body=a_collection("new")).status_code == 201


def test_a_body_of_unannounced_length_is_411(writer):
    response = writer.generic("POST", url("collections"), headers={"transfer-encoding": "chunked"})
    assert response.status_code == 411


def test_the_form_of_an_answer_is_agreed_before_anything_is_written(writer):
    assert send(writer, "POST", "collections", body=a_collection("new"), accept="text/html").status_code == 406
    assert not Collection.objects.exists()


# Rights


WRITES = [
    ("POST", ("items", "scenes"), an_item("new")),
    ("PUT", ("item", "scenes", "a"), an_item("a", title="new")),
    ("PATCH", ("item", "scenes", "a"), {"title": "new"}),
    ("DELETE", ("item", "scenes", "a"), None),
    ("POST", ("collections",), a_collection("new")),
    ("PUT", ("collection", "scenes"), a_collection("scenes", title="new")),
    ("PATCH", ("collection", "scenes"), {"title": "new"}),
    ("DELETE", ("collection", "empty"), None),
    ("POST", ("catalogs",), a_catalog("new")),
    ("PUT", ("catalog", "shelf"), a_catalog("shelf", title="new")),
    ("PATCH", ("catalog", "shelf"), {"title": "new"}),
    ("DELETE", ("catalog", "shelf"), None),
]


@pytest.fixture
def stored(scene):
    put_collection("empty")
    put_catalog("shelf")


def state():
    """Every document that is stored."""
    return [list(model.objects.order_by("pk").values("digest", "document")) for model in (Item, Collection, Catalog)]


@pytest.mark.parametrize(("method", "route", "body"), WRITES, ids=str)
def test_strangers_are_asked_who_they_are_and_those_without_permission_are_refused(stored, viewer, method, route, body):
    before = state()
    stranger = send(Client(), method, *route, body=body)
    assert (stranger.status_code, stranger["WWW-Authenticate"][:5]) == (401, "Basic")
    reader = Client()
    reader.force_login(viewer)
    assert send(reader, method, *route, body=body).status_code == 403
    assert state() == before


@pytest.mark.parametrize(("method", "route", "body"), WRITES, ids=str)
def test_whoever_has_the_permission_of_one_verb_may_do_it(stored, method, route, body):
    verb = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}[method]
    client = Client()
    client.force_login(a_user(f"{verb}_{route[0].removesuffix('s')}", "view_item", "view_collection"))
    before = state()
    assert send(client, method, *route, body=body).status_code in (201, 204)
    assert state() != before


@pytest.mark.parametrize("path", ["items/a/", "items/a//"])
def test_a_slash_at_the_end_is_ignored_where_no_id_has_it(writer, scene, path):
    before = Item.objects.count()
    response = writer.delete(f"/stac/collections/scenes/{path}")
    assert (response.status_code, before - Item.objects.count()) == (204, 1 if path.endswith("a/") else 0)


def test_basic_authentication_writes_without_a_token_against_forgery(db):
    a_user()
    client = Client(enforce_csrf_checks=True)
    sent = send(client, "POST", "collections", body=a_collection("new"), authorization="Basic d3JpdGVyOndyaXRlcg==")
    assert sent.status_code == 201


def test_a_session_alone_writes_nothing_because_the_post_may_be_forged(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user())
    response = send(client, "POST", "collections", body=a_collection("new"))
    assert response.status_code == 403
    assert "CSRF" in response.json()["description"]
    assert not Collection.objects.exists()


HIDDEN = [
    ("PUT", ("item", "shown", "hidden"), an_item("hidden", collection="shown"), 404),
    ("PATCH", ("item", "shown", "hidden"), {"title": "new"}, 404),
    ("DELETE", ("item", "shown", "hidden"), None, 204),
    ("POST", ("items", "hidden"), an_item("new", collection="hidden"), 404),
    ("POST", ("bulk-items", "hidden"), {"items": {}}, 404),
    ("PUT", ("item", "hidden", "a"), an_item("a", collection="hidden"), 404),
    ("DELETE", ("item", "hidden", "a"), None, 404),
    ("PUT", ("collection", "hidden"), a_collection("hidden"), 404),
    ("PATCH", ("collection", "hidden"), {"title": "new"}, 404),
    ("DELETE", ("collection", "hidden"), None, 403),
]


@pytest.mark.parametrize(("method", "route", "body", "status"), HIDDEN, ids=str)
def test_what_is_hidden_is_written_as_if_it_were_not_there(db, method, route, body, status):
    client = Client()
    client.force_login(
        a_user(*(f"{verb}_{noun}" for noun in ("item", "collection") for verb in ("add", "change", "delete")))
    )
    put_collection("shown")
    absent = send(client, method, *route, body=body)
    put_collection("hidden", published=False)
    put(an_item("hidden", collection="shown"), an_item("a", collection="hidden"), published=False)
    before = state()
    hidden = send(client, method, *route, body=body)
    assert (hidden.status_code, hidden.content) == (status, absent.content)
    assert state() == before


# Options


def allowed(client, *route):
    return set(client.options(url(*route))["Allow"].split(", ")) - {"GET", "HEAD", "OPTIONS"}


def test_options_tell_what_this_user_may_do_here(stored, viewer, writer):
    assert allowed(writer, "items", "scenes") == {"POST"}
    assert allowed(writer, "item", "scenes", "a") == {"PUT", "PATCH", "DELETE"}
    editor = Client()
    editor.force_login(a_user("change_collection", name="editor"))
    assert allowed(editor, "collection", "scenes") == {"PUT", "PATCH"}
    assert allowed(editor, "item", "scenes", "a") == allowed(Client(), "item", "scenes", "a") == set()


def test_a_preflight_allows_every_method_because_it_knows_no_user(stored):
    response = Client().options(url("item", "scenes", "a"), headers={"access-control-request-method": "PUT"})
    assert {"PUT", "PATCH", "DELETE"} <= set(response["Access-Control-Allow-Methods"].split(", "))
    sent = {"If-Match", "If-None-Match", "Prefer", "Idempotency-Key", "Authorization", "Content-Type"}
    assert sent <= set(response["Access-Control-Allow-Headers"].split(", "))
    assert {"Location", "ETag", "Link"} <= set(response["Access-Control-Expose-Headers"].split(", "))
