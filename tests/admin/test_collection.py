"""Collections and catalogues in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from django_stac import transactions
from django_stac.models import Collection
from tests.factories import an_item, put, put_catalog, put_collection

COLLECTIONS = reverse("admin:django_stac_collection_changelist")
CATALOGS = reverse("admin:django_stac_catalog_changelist")


def shown(client, url, **params):
    response = client.get(url, params)
    assert response.status_code == 200
    return response.content.decode()


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_list_shows_counts_and_dates_as_derived(reader):
    put(an_item("a", datetime="2020-02-03T00:00:00Z"), an_item("b", datetime="2024-05-06T00:00:00Z"))
    transactions.derive()
    page = shown(reader, COLLECTIONS)
    for text in ('"field-item_count">2<', "2020-02-03", "2024-05-06"):
        assert text in page


def test_list_of_collections_that_were_never_derived(reader):
    put_collection()
    assert "scenes" in shown(reader, COLLECTIONS)


def test_lists_cost_the_same_for_one_row_and_for_many(reader):
    put_collection("a")
    put_catalog("a")
    before = [cost(reader, url) for url in (COLLECTIONS, CATALOGS)]
    for name in "bcdefgh":
        put_collection(name)
        put_catalog(name)
    assert [cost(reader, url) for url in (COLLECTIONS, CATALOGS)] == before == [7, 7]


def test_page_of_a_collection_shows_document_and_extent(reader):
    collection = put_collection()
    page = shown(reader, reverse("admin:django_stac_collection_change", args=[collection.pk]))
    assert "&quot;CC-BY-4.0&quot;" in page
    assert '<svg class="map' in page
    assert 'href="/stac/collections/scenes"' in page


@pytest.mark.parametrize("value", [7, None, {}, {"spatial": 7}, {"spatial": {"bbox": "x"}}])
def test_page_of_an_odd_collection(reader, settings, value):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    collection = put_collection(extent=value)
    shown(reader, reverse("admin:django_stac_collection_change", args=[collection.pk]))
    shown(reader, COLLECTIONS)


def test_page_of_a_catalogue_shows_what_it_lists(reader):
    catalog = put_catalog()
    transactions.add_child(catalog, put_collection("listed"))
    page = shown(reader, reverse("admin:django_stac_catalog_change", args=[catalog.pk]))
    assert "Listed" in page
    assert 'href="/stac/catalogs/shelf"' in page


def test_hidden_children_of_a_catalogue_are_not_shown_to_others(curator):
    catalog = put_catalog()
    transactions.add_child(catalog, put_collection("secret-one", published=False))
    page = shown(curator("view_catalog"), reverse("admin:django_stac_catalog_change", args=[catalog.pk]))
    assert "Secret" not in page


def test_hidden_children_of_a_catalogue_are_not_counted_for_others(curator):
    catalog = put_catalog()
    transactions.add_child(catalog, put_collection("secret-one", published=False))
    transactions.add_child(catalog, put_collection("listed"))
    transactions.add_child(catalog, put_catalog("board"))
    assert '"field-listed">2<' in shown(curator("view_catalog"), CATALOGS)


@pytest.mark.parametrize(("action", "published"), [("hide", False), ("publish", True)])
def test_collections_are_published_and_hidden(curator, action, published):
    collection = put_collection(published=not published)
    client = curator("view_collection", "change_collection")
    response = client.post(COLLECTIONS, {"action": action, "_selected_action": [collection.pk]}, follow=True)
    assert "1 row" in response.content.decode()
    assert Collection.objects.get().published is published
