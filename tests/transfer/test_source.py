"""Shapes of files, whatever stands in them and in which order."""

import pytest

from django_stac.models import Collection, Item
from django_stac.transfer.source import documents_in, may_hold_containers
from tests.factories import a_catalog, a_collection, an_item
from tests.transfer.loading import counts, run


def test_a_single_file_of_features_and_their_collections_brings_both(db, write):
    document = {"type": "FeatureCollection", "features": [an_item()], "collections": [a_collection()]}
    file = write("single.json", document)
    assert [found.kind for found in documents_in(file)] == ["Collection", "Feature"]
    assert counts(run(file)) == (2, 0, 0, 0, 0)


@pytest.mark.parametrize("collections", [None, {}, "scenes"])
def test_collections_that_are_no_list_hide_no_features(write, collections):
    document = {"type": "FeatureCollection", "features": [an_item()], "collections": collections}
    assert [found.kind for found in documents_in(write("single.json", document))] == ["Feature"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ndjson", ""),
        ("a.ndjson", "\n\n"),
        ("a.json", "[]"),
        ("a.json", '{"type": "FeatureCollection", "features": []}'),
    ],
)
def test_a_file_without_documents_is_skipped_by_name(db, write, name, text):
    file = write(name, text)
    report = run(file)
    assert (counts(report), report.notes) == ((0, 0, 0, 1, 0), [f"{file}: it holds no document."])


def test_containers_are_told_without_parsing(write, tmp_path):
    assert may_hold_containers(write("a.ndjson", an_item(), a_catalog()))
    assert may_hold_containers(write("b.json", [an_item(), a_collection()]))
    assert not may_hold_containers(write("c.ndjson", an_item("a"), an_item("b")))
    assert not may_hold_containers(tmp_path / "none.json")


@pytest.mark.parametrize("first", [a_collection(), None])
def test_a_collection_comes_before_the_items_of_its_file_wherever_it_stands(db, write, first, monkeypatch):
    monkeypatch.setattr("django_stac.transfer.load.BATCH", 2)
    items = [an_item(f"i{number}") for number in range(5)]
    documents = [first, *items] if first else [*items, a_collection()]
    assert counts(run(write("all.ndjson", *documents))) == (6, 0, 0, 0, 0)
    assert (Collection.objects.count(), Item.objects.count()) == (1, 5)


def test_items_without_a_collection_lie_under_the_only_one_of_their_file(db, write):
    bare = {key: value for key, value in an_item().items() if key != "collection"}
    write("c.ndjson", a_collection(), bare)
    root = write("catalog.json", {**a_catalog(), "links": [{"rel": "child", "href": "c.ndjson"}]})
    assert counts(run(root)) == (3, 0, 0, 0, 0)
    assert counts(run(write("two.ndjson", a_collection("a"), a_collection("b"), bare))) == (2, 0, 0, 0, 1)
