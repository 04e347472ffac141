"""Items in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from django_stac import transactions
from django_stac.models import Collection, Item
from django_stac.models.stored_file import reference
from django_stac.transactions import FileFact, Incoming
from tests.factories import an_item, put, put_collection

LIST = reverse("admin:django_stac_item_changelist")
EVIL = "<script>alert(1)</script>"


def shown(client, url, **params):
    response = client.get(url, params)
    assert response.status_code == 200
    return response.content.decode()


def change(item):
    return reverse("admin:django_stac_item_change", args=[item.pk])


def cost(client, url, **params):
    client.get(url, params)
    with CaptureQueriesContext(connection) as captured:
        client.get(url, params)
    return len(captured)


def test_list_shows_newest_first(reader):
    put(an_item("old", datetime="2020-01-01T00:00:00Z"), an_item("new", datetime="2024-01-01T00:00:00Z"))
    page = shown(reader, LIST)
    assert page.index(">new<") < page.index(">old<")


def test_list_costs_the_same_for_one_item_and_for_fifty(reader):
    put(an_item("first"))
    one = cost(reader, LIST)
    put(*(an_item(f"i{number}", collection=f"c{number % 5}") for number in range(50)))
    assert cost(reader, LIST) == one == 10


def test_list_reads_no_documents(reader):
    put(an_item())
    with CaptureQueriesContext(connection) as captured:
        reader.get(LIST)
    assert not [query for query in captured if '"document"' in query["sql"]]


def test_exact_id_wins_over_ids_that_begin_with_it(reader):
    put(an_item("scene"), an_item("scene-2"))
    assert "scene-2" not in shown(reader, LIST, q="scene")
    assert "scene-2" in shown(reader, LIST, q="scen")


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", "  ", "é"])
def test_odd_searches_find_nothing_wrong(reader, query):
    put(an_item("scene"))
    shown(reader, LIST, q=query)


def test_list_is_filtered_by_collection(reader):
    put(an_item("one", collection="a"), an_item("two", collection="b"))
    page = shown(reader, LIST, collection="a")
    assert ">one<" in page
    assert ">two<" not in page


def test_list_is_filtered_by_year(reader):
    put(an_item("one", datetime="2019-12-31T23:59:59Z"), an_item("two", datetime="2020-01-01T00:00:00Z"))
    page = shown(reader, LIST, year="2020")
    assert ">two<" in page
    assert ">one<" not in page


@pytest.mark.parametrize("year", ["0", "9999", "x", "20200", "²"])
def test_odd_years_filter_nothing(reader, year):
    put(an_item("one"))
    assert ">one<" in shown(reader, LIST, year=year)


def test_years_of_hidden_items_are_not_offered_to_others(curator):
    put(an_item("one", datetime="2020-01-01T00:00:00Z"))
    put(an_item("two", datetime="1999-01-01T00:00:00Z"), published=False)
    assert "year=1999" not in shown(curator("change_item"), LIST)


def test_page_of_an_item_shows_document_footprint_assets_and_its_place_on_the_site(reader):
    (item,) = put(an_item())
    page = shown(reader, change(item))
    assert "&quot;stac_version&quot;: &quot;1.1.0&quot;" in page
    assert '<svg class="map"' in page
    assert '<a href="https://example.com/data.tif">' in page
    assert 'href="/stac/collections/scenes/items/scene"' in page


def test_page_shows_the_thumbnail_and_the_stored_files(reader):
    put_collection()
    fact = FileFact(storage="django_stac", path="scenes/a b.png", key="thumbnail", size=2048, owned=True)
    asset = {"href": reference("django_stac", "scenes/a b.png"), "type": "image/png", "roles": ["thumbnail"]}
    transactions.upsert_items([Incoming(document=an_item(assets={"thumbnail": asset}), files=[fact])])
    page = shown(reader, change(Item.objects.get()))
    assert '<img class="stac-thumbnail" src="/stac/files/django_stac/scenes/a%20b.png"' in page
    assert "2048" in page


def test_page_costs_a_fixed_number_of_statements(reader, settings):
    few, many = put(
        an_item("few"), an_item("many", assets={f"a{number}": {"href": "https://x.example"} for number in range(30)})
    )
    assert cost(reader, change(few)) == cost(reader, change(many))
    # Of a site that asks for no permissions on single rows.
    settings.AUTHENTICATION_BACKENDS = settings.AUTHENTICATION_BACKENDS[:1]
    assert cost(reader, change(few)) == cost(reader, change(many)) == 9


def test_what_strangers_wrote_is_escaped(reader, settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    asset = {"href": f"javascript:{EVIL}", "title": EVIL, "roles": [EVIL], "type": EVIL}
    (item,) = put(an_item(f"x{EVIL}", properties={"title": EVIL}, assets={EVIL: asset}))
    for url in (LIST, change(item)):
        page = shown(reader, url)
        assert EVIL not in page
        assert 'href="javascript:' not in page


def test_who_may_only_view_can_add_change_and_delete_nothing(reader):
    (item,) = put(an_item())
    assert reader.get(reverse("admin:django_stac_item_add")).status_code == 403
    assert reader.post(change(item), {"published": ""}).status_code == 403
    assert reader.post(reverse("admin:django_stac_item_delete", args=[item.pk])).status_code == 403
    assert Item.objects.get().published


def test_items_of_hidden_collections_need_both_permissions(curator):
    put_collection("secret", published=False)
    put(an_item("hidden", collection="secret"))
    assert "hidden<" not in shown(curator("view_item"), LIST)


@pytest.mark.parametrize(("action", "published"), [("hide", False), ("publish", True)])
def test_publishing_needs_the_change_permission(curator, action, published):
    client = curator("view_item", "view_collection", "change_item")
    (item,) = put(an_item(), published=not published)
    client.post(LIST, {"action": action, "_selected_action": [item.pk]})
    assert Item.objects.get().published is published


def test_what_is_hidden_leaves_the_counts_and_extent_of_its_collection(curator):
    _, item = put(an_item("shown"), an_item("hidden", datetime="1999-01-01T00:00:00Z"))
    transactions.derive()
    curator("view_item", "change_item").post(LIST, {"action": "hide", "_selected_action": [item.pk]})
    derived = Collection.objects.get().derived
    assert derived["count"] == 1
    assert "1999" not in str(derived["extent"])


def test_without_the_change_permission_nothing_is_published_or_hidden(reader):
    (item,) = put(an_item())
    assert 'value="hide"' not in shown(reader, LIST)
    reader.post(LIST, {"action": "hide", "_selected_action": [item.pk]})
    assert Item.objects.get().published


def test_staff_without_permission_is_not_let_in(curator):
    assert curator().get(LIST).status_code == 403


def test_our_pages_run_under_a_strict_content_security_policy(admin_client):
    (item,) = put(an_item())
    page = shown(admin_client, change(item))
    assert "/static/django_stac/document_editor.js" in page
    assert "<script>" not in page
    assert "style=" not in page
