"""Files that loaded documents name."""

import pytest

from django_stac.exceptions import InvalidParameter
from django_stac.models import Catalog, Collection, Item, StoredFile
from django_stac.transfer.load import LoadOptions, load
from tests.factories import a_catalog, a_collection, an_item


def run(*paths, **options):
    return load(paths, LoadOptions(**options))


def with_asset(href, document=None, **asset):
    return {**(document or an_item()), "assets": {"data": {"href": href, **asset}}}


@pytest.fixture
def tree(write):
    """Writes a collection with one item, whose asset is a file beside it, into a folder."""

    def tree(folder, href="./scenes/a%20b.tif", name="scenes/a b.tif"):
        collection = {**a_collection(), "links": [{"rel": "item", "href": "item.json"}]}
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"II*\0")
        write(folder / "item.json", with_asset(href))
        return write(folder / "collection.json", collection)

    return tree


def asset():
    return Item.objects.get().document["assets"]["data"]


@pytest.mark.parametrize("href", ["./scenes/a%20b.tif", "scenes\\a b.tif", "{folder}/scenes/a b.tif"])
def test_a_file_under_a_storage_is_served_from_its_place(db, served, tree, href):
    root = tree(served, href.format(folder=served))
    report = run(root)
    assert (report.created, report.notes) == (2, [])
    assert asset()["href"] == "stac-file:scenes/scenes/a%20b.tif"
    file = StoredFile.objects.get()
    assert (file.path, file.key, file.size, file.owned) == ("scenes/a b.tif", "data", 4, False)


def test_a_second_run_changes_nothing(db, served, tree):
    root = tree(served)
    run(root)
    assert (run(root).unchanged, StoredFile.objects.count()) == (2, 1)


def test_a_file_under_a_root_gets_its_url(db, outside, tree, settings):
    settings.DJANGO_STAC = {"ASSET_ROOTS": {str(outside): "https://data.example.com/x"}}
    run(tree(outside))
    assert asset()["href"] == "https://data.example.com/x/scenes/a%20b.tif"


def test_href_base_is_the_url_of_the_folder_given(db, outside, tree):
    run(tree(outside), href_base="https://example.com/data/")
    assert asset()["href"] == "https://example.com/data/scenes/a%20b.tif"


def test_a_href_base_that_nobody_can_open_is_wrong_usage(db, outside, tree):
    with pytest.raises(InvalidParameter):
        run(tree(outside), href_base="/srv/data")


@pytest.mark.parametrize("href", ["./none.tif", "./scenes/a%20b.tif", "/vsis3/bucket/a.tif", "a%00.tif"])
def test_what_nobody_can_open_stays_and_is_counted_once(db, outside, tree, href):
    report = run(tree(outside, href))
    assert (report.created, asset()["href"]) == (2, href)
    assert report.notes[0].startswith("scenes: 1 hrefs of assets name files that no API consumer could open")
    assert "ASSET_ROOTS" in report.notes[0]
    assert "--copy" not in report.notes[0]


@pytest.mark.parametrize("href", ["../secret.tif", "link.tif"])
def test_files_outside_of_the_folders_given_are_not_opened(db, served, tree, href):
    (served / "secret.tif").write_bytes(b"II*\0")
    (served / "in").mkdir()
    (served / "in" / "link.tif").symlink_to(served / "secret.tif")
    root = tree(served / "in", href)
    run(root)
    assert (asset()["href"], StoredFile.objects.count()) == (href, 0)


def test_a_folder_without_documents_may_be_given_for_its_files(db, served, tree):
    (served / "stac").mkdir()
    root = tree(served / "stac", "../rasters/a.tif", "../rasters/a.tif")
    run(root, served / "rasters")
    assert asset()["href"] == "stac-file:scenes/rasters/a.tif"


@pytest.mark.parametrize("href", ["https://example.com/a.tif", "s3://bucket/a.tif"])
def test_hrefs_of_others_stay(db, outside, write, tree, href):
    assert run(tree(outside, href)).notes == []
    assert asset()["href"] == href


def test_thumbnails_of_collections_are_files_too(db, served, write):
    (served / "t.png").write_bytes(b"png")
    root = write(served / "collection.json", with_asset("t.png", a_collection(), roles=["thumbnail"]))
    assert (run(root).created, run(root).unchanged) == (1, 1)
    assert Collection.objects.get().document["assets"]["data"]["href"] == "stac-file:scenes/t.png"
    assert StoredFile.objects.get().collection == Collection.objects.get()


def test_what_a_catalogue_calls_assets_stays(db, served, write):
    (served / "t.png").write_bytes(b"png")
    assert run(write(served / "catalog.json", with_asset("t.png", a_catalog()))).created == 1
    assert Catalog.objects.get().document["assets"]["data"]["href"] == "t.png"


def test_links_to_files_get_a_url_where_there_is_one(db, outside, write):
    (outside / "LICENSE").touch()
    links = [{"rel": "license", "href": "./LICENSE"}, {"rel": "about", "href": "./none"}]
    root = write(outside / "collection.json", {**a_collection(), "links": links})
    run(root, href_base="https://example.com")
    assert [link["href"] for link in Collection.objects.get().document["links"]] == [
        "https://example.com/LICENSE",
        "./none",
    ]


@pytest.mark.parametrize("rel", [["about"], {"about": 1}, None])
def test_a_relation_that_is_no_text_is_left_to_the_gate(db, outside, write, rel):
    links = [{"rel": rel, "href": "./a"}]
    report = run(write(outside / "a.json", {**a_collection(), "links": links}), write(outside / "b.json", a_catalog()))
    assert (report.created, report.failed) == (1, 1)


@pytest.mark.parametrize("assets", [None, [], {"a": None}, {"a": {"href": 5}}, {"a": {}}])
def test_odd_assets_are_left_to_the_gate(db, outside, write, assets):
    item = write(outside / "item.json", {**an_item(), "assets": assets})
    assert run(item, create_collections=True).total == 1


def test_a_folder_is_an_asset_where_it_gets_a_url(db, outside, tree):
    (outside / "cube.zarr").mkdir()
    run(tree(outside, "cube.zarr"), href_base="https://example.com")
    assert asset()["href"] == "https://example.com/cube.zarr"
