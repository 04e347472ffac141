"""All sample documents come in, or are refused for what their manifest says; what is served of them is valid."""

import importlib.util
import json
import re
from collections import Counter

import pystac
import pytest
from pystac.validation import RegisteredValidator

from django_stac.models import Catalog, CatalogChild, Collection, Item
from django_stac.transfer.source import documents_in, files_in
from django_stac.validation.core import core_problems
from tests.shared import SHARED, needs_shared
from tests.transfer.loading import run

pytestmark = [needs_shared, pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Could not parse bucket")]
STAC = SHARED / "data" / "stac"
RASTERS = SHARED / "data" / "rasters"

MANIFEST = SHARED / "data" / "MANIFEST.md"

NAMED = {"create_collections": True}
CLASHING = {"create_collections": True, "rename_ids": True}
INTO_ONE = {"create_collections": True, "collection": "by-itself"}
ANOTHER = {"create_collections": True, "collection": "another"}
FOLDERS = {
    "spec-examples-v1.0.0": CLASHING, "spec-examples-v1.1.0": CLASHING, "api-spec-examples": CLASHING, "bulk": NAMED,
    "earth-search": {}, "joplin": {}, "landsat-c2-l2": NAMED, "naip": {}, "static-catalog-landsat": {},
    "static-catalog-modis": {}, "static-catalog-seaice": {}, "static-catalog-with-local-cogs": {},
}  # fmt: skip
"""The options that each folder goes in with."""
EXAMPLES = {"core-item.json": INTO_ONE, "extended-item.json": ANOTHER, "collectionless-item.json": INTO_ONE}
FILES = {
    "spec-examples-v1.0.0": EXAMPLES,
    "spec-examples-v1.1.0": EXAMPLES,
    "api-spec-examples": {f"stac-spec/{name}": options for name, options in EXAMPLES.items()},
    "static-catalog-seaice": {
        f"south/seaice_conc_daily_sh_{year}_v04r00.json": {"collection": "noaa-cdr-sea-ice-concentration"}
        for year in (2006, 2007)
    },
}
"""Those that go in by themselves, after their folder: of no collection, or of one id with a sibling."""
REFUSED = {
    "static-catalog-seaice": (
        "All 92 yearly items BREAK the item schema (assets.netcdf.instruments is a string)",
        "/assets/netcdf/instruments: must be a list; got",
    ),
}
"""What the manifest says of a defect, and how the report says it."""
PASSING = re.compile(r"^\| stac/static-catalog-seaice \| (?P<all>\d+) \| (?P<sound>\d+) \|", re.MULTILINE)
ABSENT = {"static-catalog-seaice": ["seaice_conc_daily_nh_20211231_f17_v04r00.json' leads to no file."]}
"""What a report says of links to files that are absent, which are no documents."""


@pytest.fixture(scope="module", autouse=True)
def offline_schemas():
    """Answer every schema from the sample data; the module does so on import."""
    spec = importlib.util.spec_from_file_location("stac_offline", SHARED / "conformance" / "stac_offline.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def given(folder):
    """The documents of a folder."""
    return [found for file in files_in(folder) for found in documents_in(file)]


def content(document):
    """What nothing but a migration may change."""
    own = {key: value for key, value in document.items() if key not in ("id", "links", "collection")}
    return json.dumps(own, sort_keys=True)


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


def taken(folder):
    """Load a folder, then the files that go in by themselves; the last word on each source, and on absent files."""
    reports = [run(STAC / folder, **FOLDERS[folder])]
    alone = FILES.get(folder, {})
    reports += [run(STAC / folder / name, **options) for name, options in alone.items()]
    failures = {each.source: each.message for each in reports[0].failures if "leads to no file" not in each.message}
    for name, report in zip(alone, reports[1:], strict=True):
        failures.pop(str(STAC / folder / name), None)
        failures |= {each.source: each.message for each in report.failures}
    return failures, [each.message for each in reports[0].failures if "leads to no file" in each.message]


def stored():
    """Type and id of what was given; a new name ends in the id that a document came with."""
    collections = Collection.objects.filter(extent_mode="document").values_list("collection_id", flat=True)
    return Counter(
        [("Catalog", name) for name in Catalog.objects.values_list("catalog_id", flat=True)]
        + [("Collection", name.rpartition(".")[2]) for name in collections]
        + [("Feature", name) for name in Item.objects.values_list("item_id", flat=True)]
    )


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_every_document_goes_in_or_is_refused_for_what_the_manifest_says(folder, client):
    failures, absent = taken(folder)
    wanted = Counter((each.kind, each.document["id"]) for each in given(STAC / folder) if each.source not in failures)
    assert stored() == wanted
    quote, problem = REFUSED.get(folder, ("", "nothing is refused here"))
    assert quote in MANIFEST.read_text()
    assert [message for message in failures.values() if problem not in message] == []
    assert [end for end, message in zip(ABSENT.get(folder, []), absent, strict=True) if not message.endswith(end)] == []
    check(served(client))


def test_as_many_are_refused_as_the_manifest_counts():
    failures, _ = taken("static-catalog-seaice")
    counted = PASSING.search(MANIFEST.read_text())
    assert len(failures) == int(counted["all"]) - int(counted["sound"])


def test_the_table_holds_every_folder():
    assert {folder.name for folder in STAC.iterdir()} == FOLDERS.keys()


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_every_document_of_a_folder_ends_in_one_counter(folder):
    report = run(STAC / folder, **FOLDERS[folder])
    empty = sum("it holds no document" in note for note in report.notes)
    assert report.total == len(given(STAC / folder)) + len(ABSENT.get(folder, [])) + empty


@pytest.mark.parametrize("folder", ["spec-examples-v1.0.0", "spec-examples-v1.1.0", "joplin", "static-catalog-modis"])
def test_documents_of_1_0_and_1_1_stay_what_they_are(folder):
    taken(folder)
    collections = Collection.objects.filter(extent_mode="document")
    documents = [row.document for rows in (Catalog.objects.all(), collections, Item.objects.all()) for row in rows]
    assert Counter(map(content, documents)) == Counter(content(found.document) for found in given(STAC / folder))


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
    run(RASTERS / file, collection="old", create_collections=True)
    (document,) = [document for document in served(client) if document["type"] == "Feature"]
    assert (document["stac_version"], document["properties"][field]) == ("1.1.0", item["properties"][field])
    check([document])
