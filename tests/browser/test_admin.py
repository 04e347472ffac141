"""A curator at work: an item's document is edited, its problem found, mended and published."""

import os
from pathlib import Path

import pytest

from django_stac.models import Item
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db(transaction=True)


def pictured(page, name):
    """Keep a picture for people who look, where STAC_PICTURES names a folder."""
    if folder := os.environ.get("STAC_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def text_of(page):
    """The document's text, once the whole page is there."""
    page.wait_for_selector(".stac-gutter")
    return page.input_value("textarea.stac-document")


def test_a_document_is_edited_found_wrong_mended_and_published(visitor, curator):
    put(an_item("scene"), published=False)
    page = visitor.page
    visitor.sign_in(*curator)
    page.click("text=Items")
    page.click("#result_list >> text=scene")
    pictured(page, "item")
    page.fill("textarea.stac-document", text_of(page).replace("2024-06-01T10:00:00Z", "yesterday"))
    page.click("input[name=_continue]")
    problem = page.locator(".field-document a.stac-problem")
    assert "/properties/datetime" in problem.inner_text()
    pictured(page, "problem")
    problem.click()
    assert '"datetime": "yesterday"' in page.evaluate("getSelection().toString()")
    page.fill("textarea.stac-document", text_of(page).replace("yesterday", "2024-07-01T10:00:00Z"))
    page.check("#id_published")
    page.click("input[name=_save]")
    page.wait_for_selector("li.success")
    stored = Item.objects.get()
    assert (stored.published, stored.document["properties"]["datetime"]) == (True, "2024-07-01T10:00:00Z")


def test_lines_are_numbered_as_one_types(visitor, curator):
    (item,) = put(an_item())
    visitor.sign_in(*curator)
    visitor.open(f"/admin/django_stac/item/{item.pk}/change/")
    visitor.page.wait_for_selector(".stac-gutter")
    visitor.page.fill("textarea.stac-document", "{\n}\n")
    assert visitor.page.inner_text(".stac-gutter").split() == ["1", "2", "3"]


def test_an_asset_is_added_as_a_row(visitor, curator):
    (item,) = put(an_item())
    page = visitor.page
    visitor.sign_in(*curator)
    visitor.open(f"/admin/django_stac/item/{item.pk}/change/")
    page.wait_for_load_state()
    page.click("#assets-group .add-row a")
    page.fill("#id_assets-1-key", "preview")
    page.fill("#id_assets-1-href", "https://example.com/preview.png")
    pictured(page, "assets")
    page.click("input[name=_save]")
    page.wait_for_selector("li.success")
    assert Item.objects.get().document["assets"]["preview"] == {"href": "https://example.com/preview.png"}


def test_a_new_item_finds_its_collection_by_its_name(visitor, curator):
    put_collection("summer-scenes")
    page = visitor.page
    visitor.sign_in(*curator)
    visitor.open("/admin/django_stac/item/add/")
    page.wait_for_load_state()
    page.click(".field-collection .select2-selection")
    page.fill(".select2-search__field", "summer")
    page.click(".select2-results__option >> text=Summer")
    page.fill("#id_member_id", "new")
    page.fill("#id_member_datetime", "2024-06-01T10:30:00Z")
    pictured(page, "new")
    page.click("input[name=_save]")
    page.wait_for_selector("li.success")
    assert Item.objects.get().collection.collection_id == "summer-scenes"


def test_lists_are_shown_and_filtered(visitor, curator):
    put(*(an_item(f"scene-{year}", datetime=f"{year}-06-01T00:00:00Z") for year in range(2018, 2024)))
    visitor.sign_in(*curator)
    visitor.open("/admin/django_stac/item/?year=2020")
    pictured(visitor.page, "list")
    assert visitor.page.locator("#result_list tbody tr").count() == 1
