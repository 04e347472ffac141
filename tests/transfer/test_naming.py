"""Of catalogues and collections with one id, each gets a name of its own when that is asked for."""

import pytest

from django_stac.models import Collection, Item
from tests.factories import a_catalog, a_collection, an_item
from tests.transfer.loading import bare, counts, graph, linked, run


@pytest.fixture
def two(write, tmp_path):
    """Two collections of one id in two folders, each with an item that it links to; one of these names it."""
    write("a/collection.json", linked(a_collection(title="A"), "item.json", rel="item"))
    write("a/item.json", an_item("of-a"))
    write("b/collection.json", linked(a_collection(title="B"), "item.json", rel="item"))
    write("b/item.json", bare("of-b"))
    return tmp_path


def collections():
    return set(Collection.objects.values_list("collection_id", "title"))


def homes():
    return set(Item.objects.values_list("item_id", "collection__collection_id"))


def test_catalogues_of_one_id_fail_by_name_or_get_their_path(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "a/catalog.json", "b/catalog.json"))
    for name in "ab":
        write(f"{name}/catalog.json", linked(a_catalog(name), "2024.json"))
        write(f"{name}/2024.json", a_catalog("2024", title=name))
    assert counts(run(root, dry_run=True)) == (4, 0, 0, 0, 1)
    assert counts(run(root, rename_ids=True)) == (5, 0, 0, 0, 0)
    assert graph() == {("top", "a"), ("top", "b"), ("a", "top.a.2024"), ("b", "top.b.2024")}


def test_collections_of_one_id_get_their_files_before_it_and_their_items_follow(db, two):
    assert counts(run(two, rename_ids=True)) == (4, 0, 0, 0, 0)
    assert collections() == {("a.collection.scenes", "A"), ("b.collection.scenes", "B")}
    assert homes() == {("of-a", "a.collection.scenes"), ("of-b", "b.collection.scenes")}


def test_their_names_are_the_same_in_a_second_run(db, two):
    run(two, rename_ids=True)
    assert counts(run(two, rename_ids=True)) == (0, 0, 4, 0, 0)


def test_collections_of_one_id_below_different_catalogues_get_the_ids_above(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "a/catalog.json", "c.json"))
    write("a/catalog.json", linked(a_catalog("a"), "c.json"))
    write("a/c.json", a_collection("c", title="A"))
    write("c.json", a_collection("c", title="B"))
    assert counts(run(root, rename_ids=True)) == (4, 0, 0, 0, 0)
    assert graph() == {("top", "a"), ("top", "top.c"), ("a", "top.a.c")}


def test_an_item_of_any_of_them_is_refused_with_their_names_and_goes_into_one_named(db, two, write):
    lost = write("lost.json", an_item("lost"))
    report = run(two, rename_ids=True)
    assert (counts(report), report.failures[0].source) == ((4, 0, 0, 0, 1), str(lost))
    assert "is any of 'a.collection.scenes', 'b.collection.scenes'" in report.failures[0].message
    assert counts(run(lost, collection="b.collection.scenes")) == (1, 0, 0, 0, 0)


def test_an_item_that_names_another_collection_than_that_which_links_to_it_stays_in_its_own(db, two, write):
    write("a/item.json", an_item("of-a", collection="other"))
    write("other.json", a_collection("other"))
    assert run(two, rename_ids=True).failures == []
    assert ("of-a", "other") in homes()


def test_old_items_have_the_commons_of_their_own_collection_under_its_new_name(db, two, write):
    old = {"stac_version": "0.8.1", "properties": {"eo:gsd": 10}}
    write("a/collection.json", linked(a_collection(**old), "item.json", rel="item"))
    write("a/item.json", an_item("of-a", stac_version="0.8.1"))
    assert run(two, rename_ids=True).failures == []
    assert Item.objects.get(item_id="of-a").document["properties"]["gsd"] == 10


def test_one_collection_given_twice_keeps_its_id(db, write, tmp_path):
    write("a.json", a_collection())
    write("b.json", a_collection())
    assert counts(run(tmp_path, rename_ids=True)) == (1, 0, 1, 0, 0)
    assert Collection.objects.get().collection_id == "scenes"


def test_two_of_one_id_in_one_file_clash_by_name_still(db, write):
    file = write("c.json", {"collections": [a_collection(title="A"), a_collection(title="B")]})
    assert counts(run(file, rename_ids=True)) == (1, 0, 0, 0, 1)


def test_ids_may_clash_when_slashes_have_become_dots(db, write):
    files = write("x.json", a_catalog("a.b")), write("y.json", a_catalog("a/b"))
    assert counts(run(*files, rename_ids=True)) == (1, 0, 0, 0, 1)
