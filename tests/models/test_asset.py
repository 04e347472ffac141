"""The view of assets."""

import re

import pytest

from django_stac.models import Asset
from tests.factories import an_item, put

ASSETS = {
    "visual": {"href": "https://example.com/v.tif", "title": "Visual", "roles": ["data"], "gsd": 10},
    "a/b": {"href": "https://example.com/t.png", "type": "image/png"},
}


@pytest.fixture
def item(db):
    return put(an_item(assets=ASSETS))[0]


def test_assets_keep_the_order_of_the_document(item):
    assert [asset.key for asset in item.assets.all()] == ["visual", "a/b"]


def test_an_asset_has_its_fields(item):
    asset = item.assets.get(key="visual")
    assert (asset.href, asset.title, asset.roles) == ("https://example.com/v.tif", "Visual", ["data"])
    assert (asset.media_type, asset.extra) == (None, {"gsd": 10})


def test_an_asset_is_found_by_its_id_with_a_slash_in_its_key(item):
    assert Asset.objects.get(pk=f"{item.pk}/a/b").media_type == "image/png"


@pytest.mark.parametrize("asset_id", ["", "x", "x/y", "1", "99999999999999999999/x", "²/x"])
def test_an_impossible_id_finds_nothing(item, asset_id):
    assert not Asset.objects.filter(pk=asset_id).exists()


def test_ids_are_looked_up_in_lists(item):
    assert Asset.objects.filter(pk__in=[f"{item.pk}/visual", f"{item.pk}/a/b", "no"]).count() == 2


def test_an_id_lookup_opens_one_document(item):
    plan = Asset.objects.filter(pk=f"{item.pk}/visual").explain()
    assert re.search(rf"(Cond|Filter): \(id = '?{item.pk}", plan), plan


def test_assets_are_prefetched(item, django_assert_num_queries):
    from django_stac.models import Item

    with django_assert_num_queries(2):
        (found,) = Item.objects.prefetch_related("assets")
        assert len(found.assets.all()) == 2
