"""The admin of a catalogue whose rows lie elsewhere than users and log."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from django_stac.models import Item
from tests.factories import an_item, put, put_catalog

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
EVERYTHING = [f"{verb}_{noun}" for verb in ("view", "change") for noun in ("item", "collection", "catalog")]


@pytest.fixture
def curator(person):
    client = Client()
    client.force_login(person(*EVERYTHING, "view_asset", "view_storedfile", is_staff=True))
    return client


@pytest.fixture(autouse=True)
def scenes():
    put(an_item("first"), an_item("second"))
    put(an_item("third"), published=False)
    put_catalog()


@pytest.mark.parametrize("noun", ["item", "collection", "catalog"])
def test_lists_and_their_rows_open(curator, noun):
    answer = curator.get(f"/admin/django_stac/{noun}/")
    assert answer.status_code == 200
    row = answer.context["cl"].result_list[0]
    assert curator.get(f"/admin/django_stac/{noun}/{row.pk}/change/").status_code == 200


def listed(client, query="", site="admin"):
    answer = client.get(f"/{site}/django_stac/item/{query}")
    return sorted(row.item_id for row in answer.context["cl"].result_list)


def test_lists_are_searched_and_filtered(curator):
    assert listed(curator, "?q=second") == ["second"]
    assert listed(curator, "?published__exact=0") == ["third"]


def test_another_admin_site_shows_the_same(curator):
    assert listed(curator, site="desk") == ["first", "second", "third"]


def test_rows_are_hidden_by_an_action(curator):
    keys = list(Item.objects.filter(published=True).values_list("pk", flat=True))
    answer = curator.post("/admin/django_stac/item/", {"action": "hide", "_selected_action": keys}, follow=True)
    assert answer.status_code == 200
    assert not Item.objects.filter(published=True).exists()


def test_what_is_logged_is_logged_beside_the_users(curator):
    row = Item.objects.get(item_id="first")
    assert curator.get(f"/admin/django_stac/item/{row.pk}/history/").status_code == 200
    assert LogEntry.objects.db == "default"
