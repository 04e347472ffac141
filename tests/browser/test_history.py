"""A curator looks at what an item was, restores it, deletes it and has it again."""

import pytest

from django_stac import transactions
from django_stac.models import Item
from tests.browser.test_admin import pictured
from tests.factories import an_item, box, put

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_is_shown_and_restored(visitor, curator, django_user_model):
    anna = django_user_model.objects.create_user("anna")
    (item,) = put(an_item("scene", title="A river", keywords=["water"], **{"eo:cloud_cover": 12}))
    changes = {"title": "A river in June", "keywords": ["water", "summer"], "geometry": box(11, 45, 12, 46)}
    transactions.patch_item("scenes", "scene", {**changes, "properties": {"eo:cloud_cover": 3}}, actor=anna)
    transactions.patch_item("scenes", "scene", {"title": None})
    page = visitor.page
    visitor.sign_in(*curator)
    visitor.open(f"/admin/django_stac/item/{item.pk}/change/")
    page.click("text=History")
    page.wait_for_selector(".stac-versions")
    assert page.locator(".stac-versions tbody tr").count() == 3
    assert "anna" in page.inner_text(".stac-versions")
    pictured(page, "history")
    page.click(".stac-versions tbody tr:nth-child(2) input[type=submit]")
    page.wait_for_selector("li.success")
    assert Item.objects.get().document["title"] == "A river in June"


def test_what_was_deleted_is_had_again_from_a_list(visitor, curator):
    put(*(an_item(f"scene-{number}") for number in range(3)))
    transactions.delete_items(Item.objects.all())
    page = visitor.page
    visitor.sign_in(*curator)
    page.click("text=Tombstones")
    pictured(page, "deleted")
    page.check("#result_list tbody tr:first-child input")
    page.select_option("select[name=action]", "undelete")
    page.click("button[name=index]")
    page.wait_for_selector("li.success")
    assert Item.objects.get().item_id == "scene-2"


def test_pages_of_the_api_tell_the_history_too(visitor, curator):
    put(an_item("scene", title="A river"))
    transactions.patch_item("scenes", "scene", {"title": "A river in June"})
    visitor.sign_in(*curator)
    visitor.open("/stac/collections/scenes/items/scene")
    visitor.page.click("footer >> text=History")
    pictured(visitor.page, "api-history")
    visitor.page.click("text=What it changed")
    assert "/title" in visitor.page.inner_text("table")
    pictured(visitor.page, "api-differences")
    visitor.page.go_back()
    visitor.page.click("tbody tr:last-child th a")
    pictured(visitor.page, "api-version")
    assert "version 1" in visitor.page.inner_text(".hero").lower()
