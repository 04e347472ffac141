"""Many items in one request: stored batch by batch, and nothing is dropped without a word."""

import json
from io import BytesIO

import pytest
from django.test import Client

from django_stac.api.writing import bulk
from django_stac.models import Item
from tests.api.asking import ask, url
from tests.api.sending import a_user, send, writer
from tests.factories import an_item, put, put_collection

__all__ = ["writer"]

NDJSON = "application/x-ndjson"
ROUTE = ("bulk-items", "scenes")


@pytest.fixture(autouse=True)
def collection(db):
    return put_collection()


def load(client, *documents, **members):
    """Send items under their ids."""
    return send(client, "POST", *ROUTE, body={"items": {each["id"]: each for each in documents}, **members})


def stream(client, *lines, query="", **headers):
    """Send lines: documents, or bytes as they are."""
    body = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return send(client, "POST", *ROUTE, body=body, media_type=NDJSON, query=query, **headers)


def counts(response):
    report = response.json()
    return tuple(report[name] for name in ("created", "updated", "unchanged", "skipped", "failed"))


def told(response):
    return {problem["source"]: problem["code"] for problem in response.json()["problems"]}


def test_items_under_their_ids_are_stored(writer):
    response = load(writer, an_item("a"), an_item("b"))
    assert (response.status_code, counts(response)) == (200, (2, 0, 0, 0, 0))
    assert Item.objects.count() == 2


def test_who_inserts_replaces_nothing_and_hears_which_ids_are_taken(writer):
    put(an_item("taken"))
    response = load(writer, an_item("taken", title="new"), an_item("a"), method="insert")
    assert (response.status_code, counts(response)) == (409, (1, 0, 0, 0, 1))
    assert told(response) == {"taken": "AlreadyExists"}
    assert "title" not in Item.objects.get(item_id="taken").document


def test_who_upserts_replaces_what_stands(writer):
    put(an_item("a"), an_item("same"))
    response = load(writer, an_item("a", title="new"), an_item("same"), an_item("b"), method="upsert")
    assert (response.status_code, counts(response)) == (200, (1, 1, 1, 0, 0))


def test_each_bad_item_is_told_and_keeps_no_other_out(writer):
    bad = {"bad": an_item("bad", datetime="never"), "odd": 5, "other": an_item("name"), "good": an_item("good")}
    response = send(writer, "POST", *ROUTE, body={"items": bad})
    assert (response.status_code, counts(response)) == (400, (1, 0, 0, 0, 3))
    assert told(response) == dict.fromkeys(("bad", "odd", "other"), "InvalidDocument")
    assert {problem.get("pointer") for problem in response.json()["problems"]} == {"/properties/datetime", "/id", None}


def test_each_item_may_name_the_state_that_was_read(writer):
    put(an_item("read"), an_item("changed"))
    tags = {name: ask("item", "scenes", name)["ETag"] for name in ("read", "changed")}
    send(writer, "PATCH", "item", "scenes", "changed", body={"title": "of another"})
    documents = [an_item(name, title="new") for name in tags]
    response = load(writer, *documents, method="upsert", if_match={**tags, "read": f"W/{tags['read']}"})
    assert (response.status_code, counts(response)) == (412, (0, 1, 0, 0, 1))
    assert told(response) == {"changed": "PreconditionFailed"}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ([], "items"),
        ({}, "items"),
        ({"items": []}, "items"),
        ({"items": {}, "method": "replace"}, "method"),
        ({"items": {}, "method": []}, "method"),
        ({"items": {}, "if_match": []}, "if_match"),
        ({"items": {}, "method": "upsert", "if_match": {"a": "x"}}, "if_match"),
        ({"items": {"a": an_item("a")}, "if_match": {"a": "x"}}, "if_match"),
        ({"items": {}, "upsert": True}, "upsert"),
    ],
    ids=str,
)
def test_another_body_is_400_with_the_member_at_fault(writer, body, name):
    response = send(writer, "POST", *ROUTE, body=body)
    assert (response.status_code, response.json()["parameter"]) == (400, name)


def test_lines_are_stored_batch_by_batch(writer, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    response = stream(writer, *(an_item(name) for name in "abcde"), b"")
    assert (response.status_code, counts(response)) == (200, (5, 0, 0, 0, 0))


def test_batches_end_with_their_bytes_too(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH_BYTES", 10)
    assert [len(batch) for batch in bulk.batches([(None, 4), (None, 7), (None, 1)])] == [2, 1]


def test_lines_may_replace_what_stands(writer):
    put(an_item("a"))
    assert counts(stream(writer, an_item("a", title="new"), query="?method=upsert")) == (0, 1, 0, 0, 0)
    assert stream(writer, an_item("a"), query="?method=replace").status_code == 400


def test_a_line_that_is_no_item_is_told_by_its_number(writer):
    response = stream(writer, an_item("a"), b"", b"{", b"5", b'{"a": NaN}', b"\xff", an_item("b"))
    assert (response.status_code, counts(response)) == (400, (2, 0, 0, 0, 4))
    assert told(response) == dict.fromkeys(("line 3", "line 4", "line 5", "line 6"), "InvalidDocument")


def test_a_line_that_is_too_long_keeps_no_other_out(writer, settings):
    settings.DJANGO_STAC = {"MAX_BODY": 2000}
    response = stream(
        writer, an_item("a"), an_item("long", title="x" * 3000), an_item("b"), an_item("end", title="x" * 3000)
    )
    assert (counts(response), set(told(response))) == ((2, 0, 0, 0, 2), {"line 2", "line 4"})
    assert "MAX_BODY" in response.json()["problems"][0]["description"]


def test_lines_of_more_than_a_body_may_have_are_taken(writer, settings):
    settings.DJANGO_STAC, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = {"MAX_BODY": 1000}, 1000
    assert counts(stream(writer, *(an_item(str(number)) for number in range(20)))) == (20, 0, 0, 0, 0)


def test_who_may_not_change_items_inserts_and_does_not_upsert():
    client = Client()
    client.force_login(a_user("add_item", "view_item"))
    assert load(client, an_item("a")).status_code == 200
    for refused in (load(client, an_item("a"), method="upsert"), stream(client, an_item("a"), query="?method=upsert")):
        assert refused.status_code == 403


def test_strangers_load_nothing_and_hidden_collections_are_not_there(writer):
    assert load(Client(), an_item("a")).status_code == 401
    assert send(writer, "POST", "bulk-items", "none", body={"items": {}}).status_code == 404
    assert not Item.objects.exists()


def test_only_post_is_answered(writer):
    response = writer.get("/stac/collections/scenes/bulk_items")
    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")


def test_lines_that_break_off_are_stored_by_whole_batches(writer, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    lines = b"\n".join(json.dumps(an_item(name)).encode() for name in "abcde")
    broken = {"wsgi.input": BytesIO(lines[:-50]), "CONTENT_LENGTH": str(len(lines))}
    assert writer.generic("POST", url(*ROUTE), lines, NDJSON, **broken).status_code == 400
    assert sorted(Item.objects.values_list("item_id", flat=True)) == list("abcd")
