"""The history in the site's second database: who wrote lives in the first, and has an address instead of a name."""

import pytest
from django.test import Client
from django.urls import reverse

from django_stac import transactions
from django_stac.models import Item
from tests.factories import an_item, put
from tests.host_site.asking import ROOT
from tests.host_site.test_writing import ITEM, send, writer

__all__ = ["writer"]

pytestmark = pytest.mark.django_db(databases=["default", "geo"])

HISTORY = f"{ROOT}history/collections/scenes/items/a"
FIRST = f"{ROOT}versions/1/collections/scenes/items/a"


@pytest.fixture
def changed(writer):
    """An item that was changed over HTTP."""
    put(an_item("a", title="first"))
    assert send(writer, "PATCH", ITEM, {"title": "second"}).status_code == 204


def test_people_of_the_other_database_are_named(writer, changed):
    now, before = writer.get(HISTORY).json()["versions"]
    assert (now["written_by"], before["ended_by"]) == ("ada@example.com", "ada@example.com")


def test_a_version_is_restored_in_the_second_database(writer, changed):
    assert send(writer, "POST", FIRST).status_code == 204
    assert Item.objects.using("geo").get().document["title"] == "first"


def test_what_was_deleted_is_gone_and_had_again(writer, changed):
    assert send(writer, "DELETE", ITEM).status_code == 204
    assert Client().get(ITEM).status_code == 410
    assert send(writer, "POST", FIRST).status_code == 201
    assert Client().get(ITEM).json()["title"] == "first"


def test_the_admin_shows_and_restores_it(person, changed):
    client = Client()
    client.force_login(person("view_item", "add_item", "change_item", email="eve@example.com", is_staff=True))
    item = Item.objects.get()
    url = reverse("admin:django_stac_item_history", args=[item.pk])
    assert "ada@example.com" in client.get(url).content.decode()
    client.post(url, {"number": 1, "digest": item.digest})
    assert Item.objects.get().document["title"] == "first"


def test_the_admin_lists_what_was_deleted_and_has_it_again(person):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    client = Client()
    client.force_login(person("view_item", "add_item", "change_item", is_staff=True))
    url = reverse("admin:django_stac_tombstone_changelist")
    (stone,) = client.get(url).context["cl"].result_list
    client.post(url, {"action": "undelete", "_selected_action": [stone.pk]})
    assert Item.objects.get().item_id == "a"
