"""The admin of a catalogue whose rows lie elsewhere than users and log."""

import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connections
from django.test import Client

from django_stac.models import Item
from tests.factories import an_item, put, put_catalog

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
EVERYTHING = [f"{verb}_{noun}" for verb in ("view", "change", "delete") for noun in ("item", "collection", "catalog")]


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


def filled(page):
    """What a browser would send for the forms of an admin page as they stand."""
    formsets = [each.formset for each in page.context["inline_admin_formsets"]]
    managed = [formset.management_form for formset in formsets]
    rows = [form for formset in formsets for form in formset.initial_forms]
    fields = [field for form in (page.context["adminform"].form, *managed, *rows) for field in form]
    values = {field.html_name: field.value() for field in fields if not field.field.disabled}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def changed(page, **members):
    """The same with other members in the document."""
    data = filled(page)
    return data | {"document": json.dumps(json.loads(data["document"]) | members)}


def test_an_edited_document_is_stored_and_logged_beside_the_users(curator):
    address = f"/admin/django_stac/item/{Item.objects.get(item_id='first').pk}/change/"
    answer = curator.post(address, changed(curator.get(address), **{"my:note": "seen"}))
    assert answer.status_code == 302, answer.context["errors"]
    assert Item.objects.get(item_id="first").document["my:note"] == "seen"
    assert LogEntry.objects.using("default").get().user.email == "ada@example.com"
    assert b"ada@example.com" in curator.get(address.replace("change", "history")).content


def test_a_row_is_deleted_where_it_lies(curator):
    row = Item.objects.get(item_id="first")
    assert curator.post(f"/admin/django_stac/item/{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert listed(curator) == ["second", "third"]


def test_keys_beyond_a_thousand_are_not_written_with_a_separator(curator):
    with connections["geo"].cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('django_stac_item', 'id'), 1234567)")
    (row,) = put(an_item("late"))
    assert row.pk > 1_234_000
    address = f"/admin/django_stac/item/{row.pk}/change/"
    assert address.removesuffix("change/").encode() in curator.get("/admin/django_stac/item/").content
    assert f"1.{row.pk // 1000 % 1000}." not in re.sub(r">[^<]*<", "><", curator.get(address).content.decode())
    assert curator.post(address, changed(curator.get(address), **{"my:note": "seen"})).status_code == 302
