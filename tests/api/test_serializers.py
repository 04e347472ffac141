"""The public serializers: documents out, documents in."""

from rest_framework.test import APIRequestFactory
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from django_stac.api.serializers import CatalogSerializer, CollectionSerializer, ItemSerializer
from django_stac.documents.hrefs import Hrefs
from tests.api.asking import ask, href
from tests.factories import a_collection, an_item, put, put_catalog, put_collection

HREFS = {"hrefs": Hrefs("http://testserver/stac/")}


def test_item_serializer_gives_the_served_document(db):
    (item,) = put(an_item("a"))
    assert issubclass(ItemSerializer, GeoFeatureModelSerializer)
    assert ItemSerializer(item, context=HREFS).data == ask("item", "scenes", "a").json()


def test_collection_serializer_gives_the_served_document(db):
    assert CollectionSerializer(put_collection(), context=HREFS).data == ask("collection", "scenes").json()


def test_catalogue_serializer_gives_the_served_document(db):
    assert CatalogSerializer(put_catalog(), context=HREFS).data == ask("catalog", "shelf").json()


def test_many_items_are_a_list_of_documents(db):
    served = ItemSerializer(put(an_item("a"), an_item("b")), many=True, context=HREFS).data
    assert [each["id"] for each in served["features"]] == ["a", "b"]


def test_request_of_the_context_makes_the_links(db, rf):
    request = APIRequestFactory().get("/", headers={"host": "stac.example.com"})
    served = CollectionSerializer(put_collection(), context={"request": request}).data
    assert href(served, "self") == "http://stac.example.com/stac/collections/scenes"


def test_documents_go_in_as_they_are(db):
    serializer = CollectionSerializer(data=a_collection("new", foreign=1), context=HREFS)
    assert serializer.is_valid()
    assert serializer.validated_data == {"document": a_collection("new", foreign=1)}
