"""Writes that would go round the gate."""

import re

import pytest

from django_stac import transactions
from django_stac.exceptions import GateBypassed
from django_stac.models import Asset, Catalog, CatalogChild, Collection, Item
from tests.factories import a_catalog, an_item, put, put_catalog


@pytest.mark.parametrize("model", [Catalog, CatalogChild, Collection, Item])
@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.create(),
        lambda rows: rows.get_or_create(pk=1),
        lambda rows: rows.update_or_create(pk=1),
        lambda rows: rows.bulk_create([]),
        lambda rows: rows.bulk_update([], ["pk"]),
        lambda rows: rows.update(id=1),
        lambda rows: rows.delete(),
    ],
)
def test_writes_of_querysets_name_the_verb_to_call(model, write):
    with pytest.raises(GateBypassed) as caught:
        write(model.objects.all())
    verb = re.search(r"call django_stac\.transactions\.(\w+) instead", str(caught.value))[1]
    assert callable(getattr(transactions, verb))


def test_saving_an_item_names_the_verb_to_call(db):
    (item,) = put(an_item())
    with pytest.raises(GateBypassed, match="replace_item"):
        item.save()


def test_deleting_an_item_names_the_verb_to_call(db):
    (item,) = put(an_item())
    with pytest.raises(GateBypassed, match="delete_item"):
        item.delete()


def test_the_items_of_a_collection_are_behind_the_gate_too(db):
    (item,) = put(an_item())
    with pytest.raises(GateBypassed):
        item.collection.items.update(published=False)


def test_a_new_catalogue_is_not_saved_by_hand(db):
    with pytest.raises(GateBypassed, match="create_catalog"):
        Catalog(catalog_id="x", document=a_catalog("x")).save()
    assert put_catalog("x").pk


def test_assets_are_not_written_at_all(db):
    (item,) = put(an_item())
    with pytest.raises(GateBypassed, match="document"):
        item.assets.all().delete()
    with pytest.raises(GateBypassed, match="document"):
        Asset.objects.create(key="x")
    with pytest.raises(GateBypassed, match="document"):
        item.assets.get().save()
