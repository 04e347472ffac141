"""The verbs of collections and catalogues."""

import itertools

import pytest

from django_stac import signals, transactions
from django_stac.exceptions import AlreadyExists, InvalidDocument, NotEmpty, NotFound, PreconditionFailed
from django_stac.models import CatalogChild, Collection, ExtentMode, Item
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection


def test_a_collection_keeps_fields_that_nobody_knows(db):
    collection = transactions.create_collection(a_collection(**{"my:field": {"a": 1}}))
    assert Collection.objects.get().document == collection.document == a_collection(**{"my:field": {"a": 1}})


@pytest.mark.parametrize("create", [put_collection, put_catalog])
def test_ids_are_one_path_segment(db, create):
    with pytest.raises(InvalidDocument, match="slash"):
        create("a/b")


@pytest.mark.parametrize("put", [put_collection, put_catalog])
@pytest.mark.parametrize("value", [["a"], {"a": 1}, 5, None])
def test_what_is_no_text_is_no_column_with_validation_off(db, settings, put, value):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    row = put("x", title=value, description=value, license=value)
    row.refresh_from_db()
    assert (str(row), row.title, row.description, row.document["title"]) == ("x", None, "", value)


def test_a_collection_without_licence_is_refused_by_its_place(db):
    document = a_collection()
    del document["license"]
    with pytest.raises(InvalidDocument) as caught:
        transactions.create_collection(document)
    assert any("license" in str(problem) for problem in caught.value.problems)


def test_times_of_a_collection_lose_their_offset(db):
    collection = transactions.create_collection(a_collection(created="2024-06-01T12:00:00+02:00"))
    assert collection.document["created"] == "2024-06-01T10:00:00Z"


def test_ids_are_taken_once(db):
    put_collection()
    put_catalog()
    with pytest.raises(AlreadyExists):
        transactions.create_collection(a_collection())
    with pytest.raises(AlreadyExists):
        transactions.create_catalog(a_catalog())


def test_replacing_changes_title_and_digest(db):
    before = put_collection()
    after = transactions.replace_collection(a_collection(title="New"), if_match=before.digest)
    assert (after.title, after.pk) == ("New", before.pk)
    with pytest.raises(PreconditionFailed):
        transactions.replace_collection(a_collection(title="Newer"), if_match=before.digest)


def test_replacing_what_is_not_there_is_not_found(db):
    with pytest.raises(NotFound):
        transactions.replace_collection(a_collection())
    with pytest.raises(NotFound):
        transactions.replace_catalog(a_catalog())


def test_a_collection_with_items_stays_unless_cascade_is_asked(db):
    put(an_item())
    with pytest.raises(NotEmpty):
        transactions.delete_collection("scenes")
    transactions.delete_collection("scenes", cascade=True)
    assert not Item.objects.exists()
    assert not Collection.objects.exists()


def test_a_catalogue_lists_catalogues_and_collections_once(db):
    shelf, box, scenes = put_catalog("shelf"), put_catalog("box"), put_collection()
    for child in (box, scenes, box):
        transactions.add_child(shelf, child)
    assert CatalogChild.objects.count() == 2


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_catalogues_have_no_cycles(db, steps):
    chain = [put_catalog(f"c{number}") for number in range(steps)]
    for parent, child in itertools.pairwise(chain):
        transactions.add_child(parent, child)
    with pytest.raises(InvalidDocument, match="contains"):
        transactions.add_child(chain[-1], chain[0])


@pytest.mark.parametrize("gone", ["parent", "child", "scenes"])
def test_what_was_deleted_meanwhile_is_listed_nowhere(db, gone):
    rows = {"parent": put_catalog("parent"), "child": put_catalog("child"), "scenes": put_collection()}
    type(rows[gone]).objects.filter(pk=rows[gone].pk)._raw_delete("default")
    with pytest.raises(NotFound, match="was deleted meanwhile"):
        transactions.add_child(rows["parent"], rows["scenes" if gone == "scenes" else "child"])


def test_disbanding_a_catalogue_deletes_no_data(db):
    shelf, scenes = put_catalog(), put_collection()
    transactions.add_child(shelf, scenes)
    transactions.delete_catalog("shelf")
    assert list(Collection.objects.roots()) == [scenes]


def test_a_child_is_taken_off_the_list(db):
    shelf, scenes = put_catalog(), put_collection()
    transactions.add_child(shelf, scenes)
    transactions.remove_child(shelf, scenes)
    with pytest.raises(NotFound):
        transactions.remove_child(shelf, scenes)


def test_a_catalogue_that_lists_something_else_is_announced_as_changed(db, django_capture_on_commit_callbacks):
    shelf, scenes, heard = put_catalog(), put_collection(), []
    signals.catalogs_changed.connect(lambda **news: heard.append(news["updated"]), weak=False, dispatch_uid="test")
    with django_capture_on_commit_callbacks(execute=True):
        transactions.add_child(shelf, scenes)
        transactions.add_child(shelf, scenes)
        transactions.remove_child(shelf, scenes)
    signals.catalogs_changed.disconnect(dispatch_uid="test")
    assert heard == [["shelf"], ["shelf"]]


# Columns that find a collection


def extent_of(bbox, *interval):
    return {"spatial": {"bbox": [list(bbox)]}, "temporal": {"interval": [list(interval)]}}


def test_a_collection_is_found_by_the_extent_of_its_document(db):
    put_collection(extent=extent_of([10, 45, 11, 46], "2020-01-01T00:00:00Z", None))
    row = Collection.objects.get()
    assert (row.geometry.extent, row.end_datetime) == ((10, 45, 11, 46), None)
    assert row.start_datetime.isoformat() == "2020-01-01T00:00:00+00:00"


def test_a_replaced_extent_is_found_where_it_is_now(db):
    put_collection(extent=extent_of([10, 45, 11, 46], None, None))
    transactions.replace_collection(a_collection(extent=extent_of([177, -18, -178, -16], None, None)))
    assert [part.extent for part in Collection.objects.get().geometry] == [(-180, -18, -178, -16), (177, -18, 180, -16)]


def test_an_extent_left_to_the_items_is_found_once_it_is_derived(db):
    created = transactions.create_collection(a_collection(), extent_mode=ExtentMode.DERIVED)
    assert created.geometry.extent == (-180, -90, 180, 90)
    put(an_item())
    transactions.derive()
    row = Collection.objects.get()
    assert (row.geometry.extent, row.start_datetime) == ((10, 45, 11, 46), row.end_datetime)
    assert row.updated == created.updated


def test_the_owners_extent_is_found_again_when_it_counts_again(db):
    transactions.create_collection(a_collection(), extent_mode=ExtentMode.DERIVED)
    put(an_item())
    transactions.derive()
    transactions.replace_collection(a_collection(), extent_mode=ExtentMode.DOCUMENT)
    assert Collection.objects.get().geometry.extent == (-180, -90, 180, 90)


@pytest.mark.parametrize("extent", [7, {}, {"spatial": []}, extent_of("abcd", "x", 5), extent_of([1, 2, 3], *"ab")])
def test_an_extent_that_makes_no_sense_is_no_column_with_validation_off(db, settings, extent):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    row = put_collection(extent=extent)
    assert (row.geometry, row.start_datetime, row.end_datetime) == (None, None, None)


def test_a_list_of_numbers_has_ends_as_a_range_has(db):
    put_collection(summaries={"gsd": [60, 10.5, 20], "my:flags": [True], "proj:code": ["EPSG:4326"]})
    assert Collection.objects.get().properties == {
        "gsd": [60, 10.5, 20], "gsd.minimum": 10.5, "gsd.maximum": 60,
        "my:flags": [True], "proj:code": ["EPSG:4326"],
    }  # fmt: skip


def test_properties_are_what_can_be_compared(db):
    summaries = {"platform": ["s2a", "s2b"], "gsd": {"minimum": 10, "maximum": 60}, "bands": [{"name": "B1"}]}
    put_collection(
        summaries=summaries, keywords=["snow"], providers=[{"name": "ESA", "roles": ["producer"]}],
        created="2024-06-01T12:00:00+02:00", **{"sci:doi": "10.1/2", "my:object": {"a": 1}, "platform": "s2"},
    )  # fmt: skip
    assert Collection.objects.get().properties == {
        "keywords": ["snow"], "providers": ["ESA"], "created": "2024-06-01T10:00:00.000000Z", "sci:doi": "10.1/2",
        "platform": "s2", "gsd.minimum": 10, "gsd.maximum": 60,
    }  # fmt: skip
