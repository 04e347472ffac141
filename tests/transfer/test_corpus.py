"""All sample documents come in, or are refused for the reason that is known; what is served of them is valid."""

import importlib.util
import json

import pystac
import pytest
from pystac.validation import RegisteredValidator

from django_stac.models import Catalog, CatalogChild, Collection, Item
from django_stac.transfer.load import LoadOptions, load
from django_stac.transfer.source import documents_in, files_in
from django_stac.validation.core import core_problems
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Could not parse bucket")]
STAC = SHARED / "data" / "stac"
RASTERS = SHARED / "data" / "rasters"

CLASH = "Its id 'sentinel-2' is that of "
NO_COLLECTION = "The item names no collection."
HOMELESS = ("collectionless-item.json", NO_COLLECTION)
INSTRUMENTS = "/assets/netcdf/instruments: must be a list; got"
SHORT_NAMES = "/stac_extensions/0: must be a complete address such as https://example.com/about; got 'eo'"
NO_FILE = "leads to no file"

STORED = {
    "spec-examples-v1.0.0": 6, "spec-examples-v1.1.0": 6, "api-spec-examples": 7, "bulk": 10_000, "earth-search": 32,
    "joplin": 31, "landsat-c2-l2": 111, "naip": 102, "static-catalog-landsat": 5, "static-catalog-modis": 95,
    "static-catalog-seaice": 6, "static-catalog-with-local-cogs": 4,
}  # fmt: skip
"""Documents that go in, one of each id."""
REFUSED = {
    "spec-examples-v1.0.0": [("collection-only/collection-with-schemas.json", CLASH), HOMELESS],
    "spec-examples-v1.1.0": [("collection-only/collection-with-schemas.json", CLASH), HOMELESS],
    "api-spec-examples": [("collection-only/collection-with-schemas.json", CLASH), HOMELESS],
    "static-catalog-landsat": [("landsat-8-l1/collection.json", SHORT_NAMES)],
    "static-catalog-seaice": [
        ("", INSTRUMENTS),
        ("/collection.json", NO_FILE),
        ("sh_2006_v04r00.json", NO_COLLECTION),
        ("sh_2007_v04r00.json", NO_COLLECTION),
    ],
}
"""What is refused: the end of its source, and a part of the message."""


@pytest.fixture(scope="module", autouse=True)
def offline_schemas():
    """Answer every schema from the sample data; the module does so on import."""
    spec = importlib.util.spec_from_file_location("stac_offline", SHARED / "conformance" / "stac_offline.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def run(*paths):
    return load(paths, LoadOptions(create_collections=True))


def given(folder):
    """The documents of a folder."""
    return [found for file in files_in(folder) for found in documents_in(file)]


def unlinked(document):
    return {key: value for key, value in document.items() if key not in ("links", "collection")}


def served(client):
    return [
        *(client.get(f"/stac/catalogs/{name}").json() for name in Catalog.objects.values_list("catalog_id", flat=True)),
        *client.get("/stac/collections?limit=1000").json()["collections"],
        *client.get("/stac/search?limit=10000").json()["features"],
    ]


def check(documents):
    """The core's schemas for all, pystac for some of each collection."""
    seen = {}
    for document in documents:
        assert core_problems(document) == []
        key = document.get("collection"), document["stac_version"]
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= 50:
            pystac.read_dict(document)
            kind = pystac.STACObjectType(document["type"])
            RegisteredValidator.get_validator().validate_core(document, kind, document["stac_version"])


@pytest.mark.parametrize("folder", sorted(STORED))
def test_every_document_goes_in_or_is_refused_for_a_known_reason(folder, client):
    report = run(STAC / folder)
    known = REFUSED.get(folder, [])
    unknown = [
        failure
        for failure in report.failures
        if not any(failure.source.endswith(end) and part in failure.message for end, part in known)
    ]
    assert unknown == []
    assert (report.created, {part for _, part in known}) == (
        STORED[folder],
        {part for _, part in known if any(part in failure.message for failure in report.failures)},
    )
    missing = sum(NO_FILE in each.message for each in report.failures)
    empty = sum("it holds no document" in note for note in report.notes)
    assert report.total == len(given(STAC / folder)) + missing + empty
    check(served(client))


@pytest.mark.parametrize("folder", ["spec-examples-v1.0.0", "spec-examples-v1.1.0", "joplin", "static-catalog-modis"])
def test_documents_of_1_0_and_1_1_stay_what_they_are(folder):
    run(STAC / folder)
    stored = {("Feature", item.item_id): item.document for item in Item.objects.all()}
    collections = Collection.objects.filter(extent_mode="document")
    stored |= {("Collection", each.collection_id): each.document for each in collections}
    originals = [unlinked(found.document) for found in given(STAC / folder) if found.document]
    kept = [document for document in stored.values() if unlinked(document) in originals]
    assert len(kept) == len(stored)


def test_a_static_tree_keeps_its_shape():
    run(STAC / "static-catalog-modis" / "catalog.json")
    links = CatalogChild.objects.values_list("parent__catalog_id", "catalog__catalog_id")
    assert {pair for pair in links if pair[1]} == {("modis", "modis-006"), ("modis", "modis-061")}
    assert CatalogChild.objects.filter(collection__isnull=False).count() == Collection.objects.count() == 36


@pytest.mark.parametrize(
    ("file", "field"),
    [
        ("landsat8-c2-colombia/LC08_L2SP_008059_20191201_20200825_02_T1_SR_stac.json", "landsat:scene_id"),
        ("sentinel2-libya/item.json", "sentinel:product_id"),
    ],
)
def test_old_items_beside_rasters_are_migrated(file, field, client):
    item = json.loads((RASTERS / file).read_text())
    load([RASTERS / file], LoadOptions(collection="old", create_collections=True))
    (document,) = [document for document in served(client) if document["type"] == "Feature"]
    assert (document["stac_version"], document["properties"][field]) == ("1.1.0", item["properties"][field])
    check([document])
