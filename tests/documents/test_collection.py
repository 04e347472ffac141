"""Collections, catalogues and the landing page as they are served."""

import pystac.validation

from django_stac import transactions
from django_stac.documents import catalog, collection
from django_stac.documents.hrefs import Hrefs
from django_stac.models import Collection, ExtentMode
from tests.factories import a_collection, an_item, put, put_catalog, put_collection

HREFS = Hrefs("https://example.com/stac/")
WORLD = a_collection()["extent"]


def rels(document):
    return {link["rel"]: link["href"] for link in document["links"]}


def test_a_collection_keeps_its_document_and_gets_links(db):
    shown = collection.present(put_collection(), HREFS)
    assert {**shown, "links": []} == a_collection()
    assert rels(shown)["items"] == "https://example.com/stac/collections/scenes/items"
    assert rels(shown)["parent"] == rels(shown)["root"] == "https://example.com/stac/"


def test_a_collection_in_a_catalogue_has_it_as_parent(db):
    assert rels(collection.present(put_collection(), HREFS, parent="shelf"))["parent"].endswith("/catalogs/shelf")


def test_the_extent_is_the_documents_by_default(db):
    put(an_item())
    transactions.derive()
    assert collection.present(Collection.objects.get(), HREFS)["extent"] == WORLD


def test_a_derived_extent_is_overlaid_and_changes_no_document(db):
    created = transactions.create_collection(a_collection(), extent_mode=ExtentMode.DERIVED)
    assert collection.present(created, HREFS)["extent"] == WORLD
    put(an_item())
    transactions.derive()
    row = Collection.objects.get()
    assert collection.present(row, HREFS)["extent"]["spatial"]["bbox"] == [[10, 45, 11, 46]]
    assert (row.document, row.digest) == (created.document, created.digest)


def test_derived_summaries_stand_in_for_absent_ones_only(db):
    created = transactions.create_collection(a_collection(), extent_mode=ExtentMode.DERIVED)
    created.derived = {"extent": WORLD, "summaries": {"gsd": {"minimum": 1, "maximum": 2}}}
    assert collection.present(created, HREFS)["summaries"] == {"gsd": {"minimum": 1, "maximum": 2}}
    created.document = a_collection(summaries={"gsd": [3, 4]})
    assert collection.present(created, HREFS)["summaries"] == {"gsd": [3, 4]}


def test_a_catalogue_lists_its_children(db):
    shown = catalog.present(put_catalog(), HREFS, catalogs=[("box", "Box")], collections=[("a b", None)])
    children = [(link["href"], link["title"]) for link in shown["links"] if link["rel"] == "child"]
    assert children == [
        ("https://example.com/stac/catalogs/box", "Box"),
        ("https://example.com/stac/collections/a%20b", "a b"),
    ]


def test_the_landing_page_is_a_catalogue_with_conformance(settings):
    settings.DJANGO_STAC = {"ID": "my-site", "TITLE": "My site"}
    shown = catalog.present_landing(HREFS, conforms_to=["https://example.com/class"], children=[])
    assert (shown["id"], shown["title"], shown["conformsTo"]) == ("my-site", "My site", ["https://example.com/class"])
    assert {"self", "root", "service-desc", "service-doc", "data", "search", "conformance"} <= set(rels(shown))


def test_search_is_linked_once_for_each_method():
    shown = catalog.present_landing(HREFS, conforms_to=[], children=[])
    search = [link for link in shown["links"] if link["rel"] == "search"]
    assert [link["method"] for link in search] == ["GET", "POST"]
    assert {link["href"] for link in search} == {"https://example.com/stac/search"}


def test_served_containers_are_valid_for_pystac(db):
    shown = collection.present(put_collection(), HREFS)
    assert pystac.validation.validate_dict(shown)
