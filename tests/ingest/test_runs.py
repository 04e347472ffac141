"""From raster files to rows: one run, and the second one."""

from contextlib import suppress
from dataclasses import replace

import orjson
import pytest
from django.core.files.storage import storages
from django.utils import timezone

from django_stac import transactions
from django_stac.documents.collection import present as present_collection
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import to_dict
from django_stac.exceptions import StacError
from django_stac.ingest import runs
from django_stac.ingest.plan import Sorting, make_plan
from django_stac.ingest.runs import RunOptions, ingest
from django_stac.models import Collection, Item, Mark, StoredFile
from django_stac.models.stored_file import storage_named
from django_stac.transactions import Report
from django_stac.transactions.placement import ways
from django_stac.validation.core import core_problems
from tests.factories import a_collection
from tests.ingest.rasters import a_raster

HREFS = Hrefs("https://example.com/stac/")

pytestmark = pytest.mark.django_db


@pytest.fixture
def hills(served):
    a_raster(served / "hills" / "a.tif")
    a_raster(served / "hills" / "b.tif", west=20, date="2024:07:01 10:00:00")
    return served / "hills"


def run(*paths, copy=False, href_base=None, collection=None, **options):
    report = Report()
    plan = make_plan(list(paths), ways(copy=copy, href_base=href_base), Sorting(collection=collection))
    ingest(plan, RunOptions(using="default", **options), report)
    assert report.total == plan.inputs
    return report


def counts(report):
    return report.created, report.updated, report.unchanged, report.skipped, report.failed


def an_item_of(collection="hills", item_id="a"):
    return Item.objects.select_related("collection").get(collection__collection_id=collection, item_id=item_id)


def files_in(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


# Items


def test_every_raster_becomes_an_item(hills):
    assert counts(run(hills)) == (2, 0, 0, 0, 0)
    assert set(Item.objects.values_list("item_id", flat=True)) == {"a", "b"}


def test_the_second_run_leaves_everything_alone(hills, tmp_path):
    run(hills)
    before = [(file, (tmp_path / file).stat().st_mtime_ns) for file in files_in(tmp_path)]
    assert counts(run(hills)) == (0, 0, 2, 0, 0)
    assert [(file, (tmp_path / file).stat().st_mtime_ns) for file in files_in(tmp_path)] == before
    assert not Mark.objects.exists()


def test_a_changed_raster_is_an_updated_item(hills):
    run(hills)
    a_raster(hills / "a.tif", value=50)
    assert counts(run(hills)) == (0, 1, 1, 0, 0)


def test_a_stored_item_is_a_valid_stac_item(hills):
    run(hills)
    assert core_problems(to_dict(an_item_of(), HREFS)) == []


def test_no_served_document_holds_a_local_path(hills, tmp_path):
    run(hills)
    documents = [*(to_dict(item, HREFS) for item in Item.objects.select_related("collection"))]
    documents.append(present_collection(Collection.objects.get(), HREFS))
    assert str(tmp_path).encode() not in orjson.dumps(documents)


def test_what_cannot_be_read_fails_beside_good_files(hills):
    (hills / "c.tif").write_bytes(b"II*\0 and nothing else")
    report = run(hills)
    assert counts(report) == (2, 0, 0, 0, 1)
    assert report.failures[0].source == f"{hills}/c.tif"
    assert not report.failures[0].message.startswith("c.tif")


def test_new_items_may_be_hidden(hills):
    run(hills, published=False)
    assert not Item.objects.get(item_id="a").published
    assert not Collection.objects.get().published


def test_many_batches_are_one_run(hills, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 1)
    assert counts(run(hills, workers=2)) == (2, 0, 0, 0, 0)


# Files


def test_a_raster_in_place_is_recorded_and_not_owned(hills):
    run(hills)
    row = an_item_of().files.get(key="data")
    assert (row.storage, row.path, row.owned) == ("scenes", "hills/a.tif", False)
    assert row.size == (hills / "a.tif").stat().st_size
    assert row.checksum == an_item_of().document["assets"]["data"]["file:checksum"]


def test_a_file_under_href_base_is_no_stored_file(outside, served):
    run(a_raster(outside / "a.tif"), href_base="https://data.example.com", collection="hills")
    assert an_item_of().document["assets"]["data"]["href"] == "https://data.example.com/a.tif"
    assert not StoredFile.objects.filter(key="data").exists()


def test_copy_puts_the_file_into_the_storage(outside, served):
    run(a_raster(outside / "a.tif"), copy=True, collection="hills")
    row = an_item_of().files.get(key="data")
    assert (row.path, row.owned) == ("hills/a/a.tif", True)
    assert (served / row.path).read_bytes() == (outside / "a.tif").read_bytes()


def test_metadata_beside_a_raster_are_files_of_its_item(served):
    a_raster(served / "hills" / "a.tif")
    (served / "hills" / "metadata.xml").write_text("<a/>")
    run(served / "hills")
    assert an_item_of().document["assets"]["metadata"]["href"] == "stac-file:scenes/hills/metadata.xml"
    row = an_item_of().files.get(key="metadata")
    assert (row.path, row.size, row.owned) == ("hills/metadata.xml", 4, False)


def test_metadata_are_copied_with_their_raster(outside, served):
    raster = a_raster(outside / "a.tif")
    raster.with_suffix(".xml").write_text("<a/>")
    run(raster, copy=True, collection="hills")
    assert files_in(served) == ["hills/a/a.tif", "hills/a/a.xml"]


def test_metadata_that_are_a_link_to_elsewhere_are_not_copied(outside, served, tmp_path):
    raster = a_raster(outside / "a.tif")
    (tmp_path / "secret.txt").write_text("KEY = 1")
    raster.with_suffix(".txt").symlink_to(tmp_path / "secret.txt")
    run(raster, copy=True, collection="hills")
    assert files_in(served) == ["hills/a/a.tif"]


def test_metadata_that_nobody_reaches_are_left_out(outside, served):
    raster = a_raster(served / "hills" / "a.tif")
    (outside / "a.xml").write_text("<a/>")
    raster.with_suffix(".xml").symlink_to(outside / "a.xml")
    assert run(raster).failed == 0
    assert "metadata" not in an_item_of().document["assets"]


def test_a_copy_that_is_there_is_not_made_again(outside, served):
    raster = a_raster(outside / "a.tif")
    run(raster, copy=True, collection="hills")
    before = (served / "hills/a/a.tif").stat().st_mtime_ns
    assert counts(run(raster, copy=True, collection="hills")) == (0, 0, 1, 0, 0)
    assert (served / "hills/a/a.tif").stat().st_mtime_ns == before


def test_the_copy_follows_its_raster(outside, served):
    raster = a_raster(outside / "a.tif")
    run(raster, copy=True, collection="hills")
    a_raster(raster, value=50)
    assert counts(run(raster, copy=True, collection="hills")) == (0, 1, 0, 0, 0)
    assert (served / "hills/a/a.tif").read_bytes() == raster.read_bytes()
    assert files_in(served) == ["hills/a/a.tif"]


def test_a_file_of_somebody_else_is_never_replaced_by_a_copy(outside, served):
    (served / "hills/a").mkdir(parents=True)
    (served / "hills/a/a.tif").write_bytes(b"precious")
    report = run(a_raster(outside / "a.tif"), copy=True, collection="hills")
    assert "holds another file at hills/a/a.tif" in report.failures[0].message
    assert (served / "hills/a/a.tif").read_bytes() == b"precious"


@pytest.mark.parametrize("size", [0, 100])
def test_a_copy_that_was_torn_when_a_run_was_killed_is_made_again(outside, served, size):
    whole = a_raster(outside / "a.tif").read_bytes()
    (served / "hills/a").mkdir(parents=True)
    (served / "hills/a/a.tif").write_bytes(whole[:size])
    assert run(outside / "a.tif", copy=True, collection="hills").failed == 0
    assert (served / "hills/a/a.tif").read_bytes() == whole
    assert StoredFile.objects.get(storage="scenes").owned


def test_a_copy_that_a_killed_run_has_left_is_adopted(outside, served, tmp_path, monkeypatch):
    a_raster(outside / "a.tif")
    with monkeypatch.context() as killed:
        killed.setattr(runs, "upsert_items", stop)
        killed.setattr(runs, "discard", lambda *_: None)
        with pytest.raises(SystemExit):
            run(outside / "a.tif", copy=True, collection="hills")
    assert (files_in(served), StoredFile.objects.count()) == (["hills/a/a.tif"], 0)
    run(outside / "a.tif", copy=True, collection="hills")
    assert StoredFile.objects.get(storage="scenes").owned
    assert not [file for file in files_in(tmp_path / "private") if "claims" in file]


def stop(*_, **__):
    """End like a process that is killed: nothing is tidied up."""
    raise SystemExit


def test_a_copy_goes_with_the_last_version_of_its_item(outside, served, django_capture_on_commit_callbacks):
    run(a_raster(outside / "a.tif"), copy=True, collection="hills")
    with django_capture_on_commit_callbacks(execute=True):
        transactions.delete_item("hills", "a")
    assert files_in(served) == ["hills/a/a.tif"]
    with django_capture_on_commit_callbacks(execute=True):
        assert sum(transactions.purge_versions(timezone.now())) == 1
    assert files_in(served) == []
    assert (outside / "a.tif").exists()


def test_nothing_is_copied_for_an_item_that_the_gate_refuses(outside, served):
    report = run(a_raster(outside / "..tif"), copy=True, collection="hills")
    assert report.failed == 1
    assert files_in(served) == []


# Thumbnails


def test_a_thumbnail_is_an_asset_of_its_item(hills):
    run(hills)
    asset = an_item_of().document["assets"]["thumbnail"]
    assert (asset["href"], asset["type"]) == ("stac-file:django_stac/hills/a.png", "image/png")
    assert asset["roles"] == ["thumbnail"]


def test_a_thumbnail_is_a_file_that_we_own(hills):
    run(hills)
    row = an_item_of().files.get(key="thumbnail")
    assert (row.path, row.owned) == ("hills/a.png", True)
    with storage_named(row.storage).open(row.path) as file:
        assert file.read(4) == b"\x89PNG"


def test_thumbnails_of_odd_ids_have_safe_names(served):
    run(a_raster(served / "hills" / "a b (ü).tif"))
    assert StoredFile.objects.get(key="thumbnail", collection=None).path.startswith("hills/a_b~")


def test_a_new_picture_is_a_new_version_of_its_item(hills):
    run(hills)
    before = an_item_of().document["assets"]["thumbnail"]["file:checksum"]
    a_raster(hills / "a.tif", value=90, bands=3)
    run(hills)
    assert an_item_of().document["assets"]["thumbnail"]["file:checksum"] != before
    assert an_item_of().files.filter(key="thumbnail").count() == 1


def test_thumbnails_go_into_the_storage_of_the_settings(hills, settings):
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "THUMBNAIL_STORAGE": "scenes"}
    run(hills)
    assert storages["scenes"].exists("hills/a.png")


# Collections


def test_an_absent_collection_is_made(hills):
    run(hills)
    collection = Collection.objects.get(collection_id="hills")
    assert (collection.title, collection.license, collection.extent_mode) == ("Hills", "other", "derived")
    assert core_problems(present_collection(collection, HREFS)) == []


def test_its_extent_is_that_of_the_items(hills):
    run(hills)
    extent = Collection.objects.get().document["extent"]
    assert extent["spatial"]["bbox"] == [[10, 45.84, 20.16, 46]]
    assert extent["temporal"]["interval"] == [["2024-06-01T10:00:00Z", "2024-07-01T10:00:00Z"]]


def test_its_document_tells_of_all_batches(hills, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 1)
    run(hills)
    assert Collection.objects.get().document["extent"]["spatial"]["bbox"] == [[10, 45.84, 20.16, 46]]


def test_what_the_items_say_is_derived_at_the_end(hills):
    run(hills)
    assert Collection.objects.get().derived["count"] == 2


def test_its_thumbnail_is_that_of_an_item(hills):
    run(hills)
    collection = Collection.objects.get()
    assert collection.document["assets"]["thumbnail"]["href"].startswith("stac-file:django_stac/hills/")
    assert collection.files.get().owned


def test_a_collection_that_stands_is_not_changed(hills):
    transactions.create_collection(a_collection("hills"))
    before = Collection.objects.get().digest
    run(hills)
    assert Collection.objects.get().digest == before


def test_collections_are_made_in_the_order_of_their_ids(served, monkeypatch):
    made, create_collection = [], runs.create_collection
    monkeypatch.setattr(
        runs, "create_collection", lambda *a, **k: made.append(a[0]["id"]) or create_collection(*a, **k)
    )
    run(*(a_raster(served / name / "a.tif").parent for name in "dbcafe"))
    assert made == list("abcdef")


def test_no_collection_is_made_for_failures_alone(served):
    (served / "hills").mkdir()
    (served / "hills" / "a.tif").write_bytes(b"")
    run(served / "hills")
    assert not Collection.objects.exists()


# Dry runs


def test_a_dry_run_stores_nothing(hills, tmp_path):
    before = files_in(tmp_path)
    assert counts(run(hills, dry_run=True)) == (2, 0, 0, 0, 0)
    assert not Collection.objects.exists()
    assert not StoredFile.objects.exists()
    assert files_in(tmp_path) == before


def test_a_dry_run_makes_the_collection_for_each_batch(hills, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 1)
    assert counts(run(hills, dry_run=True)) == (2, 0, 0, 0, 0)


def test_a_dry_run_counts_like_the_run(hills):
    run(hills)
    a_raster(hills / "a.tif", value=50)
    a_raster(hills / "c.tif")
    before = an_item_of().digest
    assert counts(run(hills, dry_run=True)) == (1, 1, 1, 0, 0)
    assert an_item_of().digest == before


def test_a_dry_run_of_copies_copies_nothing(outside, served):
    assert counts(run(a_raster(outside / "a.tif"), copy=True, dry_run=True)) == (1, 0, 0, 0, 0)
    assert files_in(served) == []


# Interruptions


def interrupted_after(count, monkeypatch):
    """Let Ctrl-C come after so many scenes."""
    read_scenes = runs.read_scenes

    def until(*args, **kwargs):
        outcomes = read_scenes(*args, **kwargs)
        try:
            for _ in range(count):
                yield next(outcomes)
            raise KeyboardInterrupt
        finally:
            outcomes.close()

    monkeypatch.setattr(runs, "read_scenes", until)


def test_an_interrupted_run_keeps_what_it_has_read(hills, monkeypatch):
    interrupted_after(1, monkeypatch)
    report, plan = Report(), make_plan([hills], ways())
    with pytest.raises(KeyboardInterrupt):
        ingest(plan, RunOptions(using="default"), report)
    assert counts(report) == (1, 0, 0, 1, 0)
    assert Item.objects.count() == 1


def test_an_interrupted_run_is_resumed_by_running_again(hills, monkeypatch):
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        interrupted_after(1, patch)
        run(hills)
    assert counts(run(hills)) == (1, 0, 1, 0, 0)


def test_an_interrupted_batch_is_stored_after_all(hills, monkeypatch):
    upsert_items, calls = runs.upsert_items, []

    def interrupted_once(*args, **kwargs):
        calls.append(upsert_items(*args, **kwargs))
        if len(calls) == 1:
            raise KeyboardInterrupt
        return calls[-1]

    monkeypatch.setattr(runs, "upsert_items", interrupted_once)
    with pytest.raises(KeyboardInterrupt):
        run(hills)
    assert Item.objects.count() == 2


def test_files_of_a_refused_item_are_taken_away(hills, tmp_path, monkeypatch):
    def refusing(incoming, **options):
        return transactions.upsert_items([incoming[0], replace(incoming[1], document={})], **options)

    monkeypatch.setattr(runs, "upsert_items", refusing)
    report = Report()
    ingest(make_plan([hills], ways()), RunOptions(using="default"), report)
    assert counts(report) == (1, 0, 0, 0, 1)
    assert len(files_in(tmp_path / "private")) == 1


def test_files_of_a_batch_that_the_database_refuses_are_taken_away(hills, tmp_path, monkeypatch):
    def refused(*args, **kwargs):
        raise StacError("The database is full.")

    monkeypatch.setattr(runs, "upsert_items", refused)
    with pytest.raises(StacError, match="full"):
        run(hills)
    assert files_in(tmp_path / "private") == []
    assert not Item.objects.exists()
