"""A site that reads from a replica: reads go there, writes and what they read go to the primary."""

import json
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings

from django_stac import transactions
from django_stac.models import Catalog, Collection, Item
from django_stac.routers import CatalogRouter
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog
from tests.host_site.asking import get
from tests.host_site.test_admin import changed
from tests.ingest.rasters import a_raster

pytestmark = pytest.mark.django_db(databases=["default", "geo", "replica"], transaction=True)


class ReplicaRouter(CatalogRouter):
    """Reads of the catalogue come from another server."""

    def db_for_read(self, model, **hints):
        return "replica" if super().db_for_read(model, **hints) else None


@pytest.fixture(autouse=True)
def scenes():
    put(an_item("a"))
    transactions.add_child(put_catalog(), Collection.objects.get())
    with override_settings(DATABASE_ROUTERS=["tests.host_site.test_replica.ReplicaRouter"]):
        yield


@contextmanager
def unused(alias):
    """Fail on any statement that is sent to the alias."""

    def refuse(execute, sql, params, many, context):
        raise AssertionError(f"{alias}: {sql}")

    with connections[alias].execute_wrapper(refuse):
        yield


@pytest.mark.parametrize(
    "path",
    [
        "", "collections", "collections/scenes", "collections/scenes/items", "collections/scenes/items/a",
        "catalogs/shelf", "search?bbox=9,44,12,47", "search?f=html", "collections/scenes?f=html",
        "collections/scenes/items/a?f=html", "changes", "changes?since=now",
    ],
)  # fmt: skip
def test_answers_come_from_the_replica(path):
    with unused("geo"):
        assert get(path).status_code == 200


WRITES = {
    "create": lambda: transactions.create_item(an_item("b")),
    "replace": lambda: transactions.replace_item(an_item("a", title="New")),
    "delete": lambda: transactions.delete_item("scenes", "a"),
    "upsert": lambda: transactions.upsert_items([an_item("a", title="New"), an_item("b")]),
    "create collection": lambda: transactions.create_collection(a_collection("new")),
    "replace collection": lambda: transactions.replace_collection(a_collection(title="New")),
    "delete collection": lambda: transactions.delete_collection("scenes", cascade=True),
    "create catalogue": lambda: transactions.create_catalog(a_catalog("new")),
    "replace catalogue": lambda: transactions.replace_catalog(a_catalog(title="New")),
    "delete catalogue": lambda: transactions.delete_catalog("shelf"),
    "derive": transactions.derive,
}


@pytest.mark.parametrize("verb", WRITES)
def test_a_write_reads_nothing_from_the_replica(verb):
    with unused("replica"):
        WRITES[verb]()


@pytest.mark.parametrize("model", [Item, Collection])
def test_publishing_a_row_that_was_read_from_the_replica_writes_to_the_primary(model):
    row = model.objects.get()
    assert row._state.db == "replica"
    with unused("replica"):
        transactions.set_published(row, published=False)
    assert not model.objects.using("geo").get().published


def test_children_that_were_read_from_the_replica_are_written_to_the_primary():
    catalog, collection = Catalog.objects.get(), Collection.objects.get()
    with unused("replica"):
        transactions.remove_child(catalog, collection)
        transactions.add_child(catalog, collection)


def test_commands_write_without_reading_from_the_replica(tmp_path, archive):
    a_raster(archive.base_location / "scenes" / "one.tif")
    lines = tmp_path / "lines.ndjson"
    lines.write_text("\n".join(map(json.dumps, [a_collection("more"), an_item("b"), an_item("c", collection="more")])))
    with unused("replica"):
        call_command("stac_ingest", str(archive.base_location / "scenes"), copy=True, verbosity=0, workers=1)
        call_command("stac_load", str(lines), verbosity=0)
        call_command("stac_derive", verbosity=0)
    assert sorted(Item.objects.values_list("item_id", flat=True)) == ["a", "b", "c", "one"]


def test_files_are_found_through_the_replica(archive):
    a_raster(archive.base_location / "scenes" / "one.tif")
    call_command("stac_ingest", str(archive.base_location / "scenes"), verbosity=0, workers=1)
    with unused("geo"):
        href = get("collections/scenes/items/one").json()["assets"]["data"]["href"]
        assert Client().get(href.removeprefix("http://testserver")).status_code == 200


def test_the_admin_stores_on_the_primary_what_it_has_read_from_the_replica(signed_in):
    client = signed_in(is_staff=True, is_superuser=True)
    client.handler.enforce_csrf_checks = False
    row = Item.objects.get()
    address = f"/admin/django_stac/item/{row.pk}/"
    answer = client.post(f"{address}change/", changed(client.get(f"{address}change/"), **{"my:note": "seen"}))
    assert answer.status_code == 302, answer.context["errors"]
    assert Item.objects.using("geo").get().document["my:note"] == "seen"
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 302
    assert not Item.objects.using("geo").exists()
