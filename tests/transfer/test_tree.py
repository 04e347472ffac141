"""Static trees of documents: what links lead to is loaded, and their structure with it."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from django_stac import transactions
from django_stac.models import Catalog, CatalogChild, Collection, Item
from django_stac.transactions import Report
from django_stac.transfer import containers
from django_stac.transfer.naming import trail
from django_stac.transfer.tree import walk
from tests.factories import a_catalog, a_collection, an_item
from tests.transfer.loading import bare, counts, graph, linked, run


@pytest.fixture
def tree(write):
    """A catalogue that lists a catalogue and a collection, with an item in each way."""
    root = write("catalog.json", linked(a_catalog("top"), "./a/catalog.json", "./b/collection.json"))
    write("a/catalog.json", linked(a_catalog("a"), "c/collection.json"))
    write("a/c/collection.json", linked(a_collection("c"), "one.json", rel="item"))
    write("a/c/one.json", bare("one"))
    write("b/collection.json", linked(a_collection("b"), "../b/two.json", rel="item"))
    write("b/two.json", an_item("two", collection="b"))
    return root


TREE = {("top", "a"), ("top", "b"), ("a", "c")}


def test_a_catalogue_brings_all_that_it_links_to(db, tree):
    assert counts(run(tree)) == (6, 0, 0, 0, 0)
    assert graph() == TREE
    assert Item.objects.get(item_id="one").collection.collection_id == "c"


def test_a_folder_brings_the_same(db, tree):
    assert counts(run(tree.parent)) == (6, 0, 0, 0, 0)
    assert (graph(), Item.objects.get(item_id="one").document["collection"]) == (TREE, "c")


def test_a_second_run_changes_nothing(db, tree):
    run(tree)
    assert counts(run(tree.parent)) == (0, 0, 6, 0, 0)
    assert CatalogChild.objects.count() == 3


def test_a_collection_brings_its_items(db, tree):
    assert counts(run(tree.parent / "b" / "collection.json")) == (2, 0, 0, 0, 0)
    assert graph() == set()


def test_a_dry_run_tells_the_same_and_stores_nothing(db, tree):
    assert counts(run(tree, dry_run=True)) == (6, 0, 0, 0, 0)
    assert not Catalog.objects.exists()


def test_a_link_to_a_missing_file_is_named_and_the_rest_goes_in(db, tree, write):
    (tree.parent / "a" / "c" / "one.json").unlink()
    report = run(tree)
    assert counts(report) == (5, 0, 0, 0, 1)
    assert report.failures[0].source.endswith("a/c/collection.json")
    assert "'one.json' leads to no file" in report.failures[0].message


def test_a_missing_file_is_one_failure_whoever_links_to_it(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "none.json", "./none.json", "a.json"))
    write("a.json", linked(a_catalog("a"), "none.json"))
    assert counts(run(root)) == (2, 0, 0, 0, 1)


def test_a_container_that_is_linked_as_an_item_brings_what_it_links_to(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "c.json", rel="item"))
    write("c.json", linked(a_collection(), "i.json", rel="item"))
    write("i.json", bare("x"))
    assert counts(run(root)) == (3, 0, 0, 0, 0)
    assert graph() == {("top", "scenes")}


def test_old_containers_among_items_are_taken_and_their_links_told(db, write):
    old = {key: value for key, value in a_catalog("old").items() if key != "type"} | {"stac_version": "0.8.1"}
    root = write("catalog.json", linked(a_catalog("top"), "old.json", rel="item"))
    file = write("old.json", linked(old, "none.json"))
    report = run(root)
    assert (counts(report), report.notes) == (
        (2, 0, 0, 0, 0),
        [f"{file}: a Catalog among items; its links are not followed."],
    )


@pytest.mark.parametrize("odd", [None, 5, ["x"], ""])
def test_a_container_without_an_id_is_nobodys_collection(db, write, odd):
    root = write("collection.json", linked(a_collection(id=odd), "item.json", rel="item"))
    write("item.json", bare("x"))
    report = run(root)
    assert counts(report) == (0, 0, 0, 0, 2)
    assert "names no collection and lies under none" in report.failures[1].message


def test_links_to_other_servers_are_counted_and_not_asked(db, write):
    root = write("catalog.json", linked(a_catalog(), "https://example.com/a.json", "s3://b/c.json", "//x/y"))
    report = run(root)
    assert report.created == 1
    assert report.notes == [f"{root}: 3 of its links lead to other servers, not asked."]


@pytest.mark.parametrize("ring", [("x", "y"), ("x", "y", "z"), ("x",)])
def test_rings_of_catalogues_end_and_are_told(db, write, ring):
    for name, after in zip(ring, (*ring[1:], ring[0]), strict=True):
        write(f"{name}.json", linked(a_catalog(name), f"{after}.json"))
    report = run(write("x.json", linked(a_catalog("x"), f"{(*ring, 'x')[1]}.json")))
    assert counts(report) == (len(ring), 0, 0, 0, 0)
    assert CatalogChild.objects.count() == len(ring) - 1
    assert len(ring) == 1 or "cannot be listed under" in report.notes[0]


def test_a_catalogue_that_is_deleted_while_others_are_stored_is_told(db, tree, monkeypatch):
    standing = containers.standing_pairs
    monkeypatch.setattr(
        containers, "standing_pairs", lambda *args: [transactions.delete_catalog("a"), *standing(*args)]
    )
    report = run(tree)
    assert (counts(report), graph()) == ((6, 0, 0, 0, 0), {("top", "b")})
    assert "a was deleted meanwhile." in report.notes


def test_a_diamond_is_loaded_once_and_listed_twice(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "a.json", "b.json", "a.json"))
    write("a.json", linked(a_catalog("a"), "shared.json"))
    write("b.json", linked(a_catalog("b"), "./shared.json", "%73hared.json"))
    write("shared.json", a_collection("shared"))
    assert counts(run(root)) == (4, 0, 0, 0, 0)
    assert graph() == {("top", "a"), ("top", "b"), ("a", "shared"), ("b", "shared")}


def chain(write, depth):
    """A catalogue in a catalogue, and so on; the names fall, so that a folder is read from the bottom up."""
    for number in range(depth, 0, -1):
        write(f"{number:05}.json", linked(a_catalog(f"c{number}"), f"{number - 1:05}.json"))
    return write("00000.json", a_collection()).parent


def test_depth_costs_the_same_for_each_level(db, write, django_assert_max_num_queries):
    folder = chain(write, 250)
    with django_assert_max_num_queries(35 * 250):
        assert counts(run(folder)) == (251, 0, 0, 0, 0)
    assert CatalogChild.objects.count() == 250


def test_depth_is_walked_without_recursion(write):
    tree = walk([chain(write, 3000) / "03000.json"], Report())
    (last,) = (each for each in tree.containers if not each.is_catalog)
    assert (len(tree.containers), len(trail(last)), max(each.depth for each in tree.containers)) == (3001, 3001, 2999)


def test_many_links_are_no_matter(db, write):
    names = [f"i{number}" for number in range(1500)]
    root = write("collection.json", linked(a_collection(), *(f"{name}.json" for name in names), rel="item"))
    for name in names:
        write(f"{name}.json", bare(name))
    assert counts(run(root)) == (1501, 0, 0, 0, 0)


def test_catalogues_below_a_collection_only_order_its_items(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "s/collection.json"))
    write("s/collection.json", linked(a_collection(), "2024.json", "2025.json"))
    for year in ("2024", "2025"):
        write(f"s/{year}.json", linked(a_catalog("same"), f"{year}-item.json", rel="item"))
        write(f"s/{year}-item.json", bare(year))
    report = run(root)
    assert counts(report) == (4, 0, 0, 2, 0)
    assert "2 catalogues below collections only order their items" in report.notes[0]
    assert (Catalog.objects.count(), {item.collection.collection_id for item in Item.objects.all()}) == (1, {"scenes"})


def test_a_collection_below_a_collection_is_listed_beside_it(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "a.json"))
    write("a.json", linked(a_collection("a"), "b.json"))
    write("b.json", a_collection("b"))
    run(root)
    assert graph() == {("top", "a"), ("top", "b")}


def test_an_item_below_a_catalogue_only_is_refused_unless_a_collection_is_given(db, write):
    root = write("catalog.json", linked(a_catalog(), "item.json", rel="item"))
    write("item.json", bare("lonely"))
    assert run(root).failures[0].message.endswith("put it into one with --collection.")
    run(root, collection="mine", create_collections=True)
    assert Item.objects.get().collection.collection_id == "mine"


def test_an_item_finds_its_collection_by_its_own_link(db, write, tmp_path):
    write("c/collection.json", a_collection())
    write("item.json", linked(bare("x"), "c/collection.json", rel="collection"))
    assert counts(run(tmp_path)) == (2, 0, 0, 0, 0)


def test_the_same_text_in_two_folders_is_a_clash_where_it_leads_elsewhere(db, write):
    root = write("catalog.json", linked(a_catalog("top"), "a/2024.json", "b/2024.json"))
    for name in "ab":
        write(f"{name}/2024.json", linked(a_catalog("2024"), "c.json"))
        write(f"{name}/c.json", a_collection(name))
    report = run(root)
    assert counts(report) == (4, 0, 0, 0, 1)
    assert report.failures[0].message.startswith("Its id '2024' is that of ")


# Nothing leads out of the folders given


@pytest.mark.parametrize("href", ["../secret.json", "{folder}/secret.json", "file://{folder}/secret.json", "link.json"])
def test_links_do_not_lead_out_of_the_folder(db, write, tmp_path, href):
    write("secret.json", a_collection("secret"))
    root = write("in/catalog.json", linked(a_catalog(), href.format(folder=tmp_path)))
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "secret.json")
    report = run(root)
    assert (counts(report), Collection.objects.count()) == ((1, 0, 0, 0, 1), 0)
    assert "lies outside of the folders given" in report.failures[0].message


def test_a_file_outside_is_one_failure_whoever_links_to_it(db, write):
    write("secret.json", a_collection("secret"))
    root = write("in/catalog.json", linked(a_catalog("top"), "../secret.json", "a.json"))
    write("in/a.json", linked(a_catalog("a"), "../secret.json"))
    assert counts(run(root)) == (2, 0, 0, 0, 1)


def test_a_folder_holds_what_lies_in_it_not_what_its_symbolic_links_lead_to(db, write, tmp_path):
    write("secret.json", a_collection("secret"))
    write("in/collection.json", a_collection())
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "secret.json")
    assert counts(run(tmp_path / "in")) == (1, 0, 0, 0, 1)


def test_links_lead_from_one_given_folder_to_another(db, write, tmp_path):
    write("other/collection.json", a_collection("c"))
    root = write("in/catalog.json", linked(a_catalog("top"), "../other/collection.json"))
    assert counts(run(root, tmp_path / "other")) == (2, 0, 0, 0, 0)
    assert graph() == {("top", "c")}


@pytest.mark.parametrize("links", [None, 5, [5, None, {}], [{"rel": "child"}, {"rel": "child", "href": 5}]])
def test_odd_links_lead_nowhere(db, write, links):
    assert run(write("catalog.json", {**a_catalog(), "links": links})).total == 1


def test_odd_hrefs_are_named(db, write):
    hrefs = ["none.json", "x" * 5000, "C:\\data\\a.json", ".", "~/a.json"]
    report = run(write("catalog.json", linked(a_catalog(), *hrefs)))
    assert counts(report) == (1, 0, 0, 0, len(hrefs))


@pytest.mark.skipif(os.name == "nt", reason="a link to itself needs no rights elsewhere")
def test_a_symbolic_link_to_itself_leads_to_no_file(db, write, tmp_path):
    (tmp_path / "loop.json").symlink_to("loop.json")
    assert run(write("catalog.json", linked(a_catalog(), "loop.json"))).failed == 1


# Old trees


def test_a_tree_of_0_8_is_loaded_with_its_commons(db, write):
    old = {key: value for key, value in a_catalog("top").items() if key != "type"} | {"stac_version": "0.8.1"}
    root = write("catalog.json", linked(old, "collection.json"))
    collection = {key: value for key, value in a_collection().items() if key != "type"}
    collection |= {"stac_version": "0.8.1", "properties": {"eo:gsd": 10}, "stac_extensions": ["commons"]}
    write("collection.json", linked(collection, "item.json", rel="item"))
    write("item.json", bare("x", stac_version="0.8.1"))
    assert counts(run(root)) == (3, 0, 0, 0, 0)
    assert graph() == {("top", "scenes")}
    assert Item.objects.get().document["properties"]["gsd"] == 10
    assert counts(run(root)) == (0, 0, 3, 0, 0)


def test_an_old_item_that_comes_later_has_the_commons_of_its_stored_collection(db, write):
    collection = {key: value for key, value in a_collection().items() if key != "type"}
    run(write("collection.json", collection | {"stac_version": "0.8.1", "properties": {"eo:gsd": 10}}))
    run(write("item.json", {**bare("x", stac_version="0.8.1"), "collection": "scenes"}))
    assert Item.objects.get().document["properties"]["gsd"] == 10


@pytest.mark.django_db(transaction=True)
def test_loaders_of_one_tree_at_the_same_time_build_it_once(tree):
    start = threading.Barrier(4)

    def load_all(_):
        try:
            start.wait()
            return run(tree)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(load_all, range(4)))
    assert [report.failures for report in reports] == [[]] * 4
    assert (sum(report.created for report in reports), graph()) == (6, TREE)
