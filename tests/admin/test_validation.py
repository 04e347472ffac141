"""Owners say on the form of a collection how strictly its items are checked."""

import json

import pytest
from django.urls import reverse

from django_stac import transactions
from django_stac.models import Collection
from tests.admin.test_editing import NO_FILES, refused, saved, text, url
from tests.admin.test_queryables import form
from tests.factories import a_collection, an_item, put, put_collection
from tests.transactions.extension import GRADE, graded

RULES = {"item_assets": "keys"}


@pytest.fixture
def client(curator):
    return curator("view_collection", "change_collection", "add_collection")


def stored():
    collection = Collection.objects.get()
    return collection.validation, collection.rules


def test_level_and_rules_are_stored(client):
    collection = put_collection()
    saved(client, url(collection), form(collection, validation="off", item_rules=text(RULES)))
    assert stored() == ("off", RULES)


def test_rules_are_shown(client):
    collection = transactions.set_validation(put_collection().collection_id, rules=RULES)
    assert "&quot;item_assets&quot;: &quot;keys&quot;" in client.get(url(collection)).content.decode()


def test_empty_fields_take_both_back(client):
    collection = transactions.set_validation(put_collection().collection_id, level="off", rules=RULES)
    shown = {"initial-validation": "off", "initial-item_rules": text(RULES), "validation": "", "item_rules": ""}
    saved(client, url(collection), form(collection, **shown))
    assert stored() == ("", {})


def test_what_nobody_touched_stays_as_others_left_it(client):
    collection = transactions.set_validation(put_collection().collection_id, level="off", rules=RULES)
    shown = {"initial-validation": "off", "initial-item_rules": json.dumps(RULES), "validation": "off"}
    transactions.set_validation("scenes", level="core", rules={"item_assets": "match"})
    saved(client, url(collection), form(collection, **shown, item_rules=text(RULES)))
    assert stored() == ("core", {"item_assets": "match"})


def test_a_document_is_judged_as_the_form_says(client):
    collection = put_collection()
    odd = a_collection(license=7)
    refused(client, url(collection), form(collection, odd))
    saved(client, url(collection), form(collection, odd, validation="off"))
    assert Collection.objects.get().document["license"] == 7


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"item_rules": '{"assets": 1}'}, "is no rule"),
        ({"item_rules": '{"schema": {"type": "x"}}'}, "is no JSON Schema that may be kept"),
        ({"item_rules": "[]"}, "Rules are a JSON object"),
        ({"validation": "strict"}, "strict is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_and_stores_nothing(client, fields, said):
    collection = put_collection()
    assert said in refused(client, url(collection), form(collection, a_collection(title="Other"), **fields))
    assert (stored(), Collection.objects.get().title) == (("", None), "Scenes")


def test_a_new_collection_may_ask_at_once(client):
    data = {"document": text(a_collection("new")), "visibility": "public", "extent_mode": "document", **NO_FILES}
    data |= {"validation": "extensions", "item_rules": text(RULES)}
    saved(client, reverse("admin:django_stac_collection_add"), data)
    assert stored() == ("extensions", RULES)


def test_readers_see_what_is_asked(curator):
    collection = transactions.set_validation(put_collection().collection_id, level="core", rules=RULES)
    page = curator("view_collection").get(url(collection)).content.decode()
    assert "the rules of STAC" in page
    assert "item_assets" in page


def test_extensions_that_nobody_can_check_are_told_when_rows_are_validated(admin_client):
    (item,) = put(graded(an_item(), 1))
    transactions.set_validation("scenes", level="extensions")
    chosen = {"action": "validate", "_selected_action": [item.pk]}
    page = admin_client.post(reverse("admin:django_stac_item_changelist"), chosen, follow=True).content.decode()
    assert f"Not checked, for their schemas are not stored or cannot be used: {GRADE}." in page
    assert "1 row is valid." in page
