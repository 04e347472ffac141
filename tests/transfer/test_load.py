"""Documents in, from files of any shape."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from django.db import connection

from django_stac.models import Catalog, Collection, Item
from django_stac.transactions import Report
from django_stac.transfer.load import LoadOptions, load
from django_stac.transfer.source import UnreadableDocument
from django_stac.validation.core import core_problems
from tests.factories import a_catalog, a_collection, an_item, put_collection
from tests.transfer.loading import counts, run


def test_one_file_of_each_kind_is_loaded(db, write):
    files = [
        write("item.json", an_item()),
        write("collection.json", a_collection()),
        write("catalog.json", a_catalog()),
    ]
    assert counts(run(*files)) == (3, 0, 0, 0, 0)
    assert (Catalog.objects.count(), Collection.objects.count(), Item.objects.count()) == (1, 1, 1)


def test_an_item_collection_is_loaded_item_by_item(db, write):
    put_collection()
    page = {"type": "FeatureCollection", "features": [an_item("a"), an_item("b")]}
    assert counts(run(write("page.json", page))) == (2, 0, 0, 0, 0)


def test_a_list_of_collections_is_loaded(db, write):
    assert counts(run(write("c.json", {"collections": [a_collection("a"), a_collection("b")]}))) == (2, 0, 0, 0, 0)


def test_lines_are_loaded_and_bad_ones_named_by_number(db, write, tmp_path):
    put_collection()
    report = run(write("items.ndjson", an_item("a"), "", "{", an_item("b", datetime="never"), "[1]", an_item("c")))
    assert counts(report) == (2, 0, 0, 0, 3)
    file = tmp_path / "items.ndjson"
    assert [failure.source for failure in report.failures] == [f"{file}:3", f"{file}:5#0", f"{file}:4"]


def test_a_folder_brings_collections_before_items(db, write, tmp_path):
    write("a/items.ndjson", an_item())
    write("z/collection.json", a_collection())
    assert counts(run(tmp_path)) == (2, 0, 0, 0, 0)


def test_a_second_run_finds_everything_unchanged(db, write):
    files = [write("c.json", a_collection()), write("i.json", an_item()), write("k.json", a_catalog())]
    run(*files)
    assert counts(run(*files)) == (0, 0, 3, 0, 0)


def test_changed_documents_are_updated(db, write):
    run(write("c.json", a_collection()), write("i.json", an_item()))
    report = run(write("c.json", a_collection(title="New")), write("i.json", an_item(**{"eo:cloud_cover": 1})))
    assert counts(report) == (0, 2, 0, 0, 0)


def test_items_of_unknown_collections_fail_by_name(db, write):
    report = run(write("i.json", an_item()))
    assert "There is no collection 'scenes'" in report.failures[0].message


def test_missing_collections_are_made_when_asked(db, write):
    assert run(write("i.json", an_item()), create_collections=True).created == 1
    assert Collection.objects.get().extent_mode == "derived"
    assert Collection.objects.get().derived["count"] == 1


@pytest.mark.parametrize("name", [["x"], {"x": 1}, 5])
def test_a_collection_that_is_no_name_fails_its_item_only(db, write, name):
    report = run(write("i.json", [an_item("a", collection=name), an_item("b")]), create_collections=True)
    assert counts(report) == (1, 0, 0, 0, 1)


def test_every_item_may_go_into_one_collection(db, write):
    put_collection("mine")
    run(write("i.json", an_item(collection="theirs")), collection="mine")
    assert Item.objects.get().document["collection"] == "mine"


def test_slashes_in_ids_become_dots_when_asked(db, write):
    files = write("c.json", a_collection("a/b")), write("i.json", an_item("x/y", collection="a/b"))
    assert counts(run(*files))[-1] == 2
    assert counts(run(*files, rename_ids=True)) == (2, 0, 0, 0, 0)
    assert Item.objects.get().item_id == "x/y"


def test_nothing_is_published_when_so_asked(db, write):
    run(write("c.json", a_collection()), write("i.json", an_item()), published=False)
    assert not Collection.objects.get().published
    assert not Item.objects.get().published


def test_a_dry_run_counts_and_stores_nothing(db, write):
    files = write("c.json", a_collection()), write("i.json", an_item())
    assert counts(run(*files, dry_run=True)) == (2, 0, 0, 0, 0)
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Feature", "type": "Feature"}',
        '{"a": NaN}',
        '{"a": 123456789012345678901234567890}',
        "[" * 100_000,
        "\ufeff",
        "plain",
        "1",
    ],
)
def test_what_is_no_strict_json_fails_by_name(db, write, text):
    report = run(write("bad.json", text))
    assert counts(report)[-1] == 1
    assert report.failures[0].source.endswith("bad.json")


def test_the_mark_at_the_beginning_of_a_file_is_passed_over(db, write):
    put_collection()
    assert counts(run(write("item.json", "\ufeff" + orjson.dumps(an_item()).decode()))) == (1, 0, 0, 0, 0)


def test_a_file_that_vanishes_or_is_closed_fails_by_name_and_the_rest_goes_in(db, write, tmp_path):
    write("c.json", a_collection())
    doomed = write("d.json", an_item("doomed"))
    write("e.json", an_item("e"))
    report = load([tmp_path], LoadOptions(), on_progress=lambda count: doomed.unlink(missing_ok=True))
    assert counts(report) == (2, 0, 0, 0, 1)
    assert (report.failures[0].source, "cannot be read" in report.failures[0].message) == (str(doomed), True)


def test_a_name_that_is_no_utf8_can_be_reported(db, tmp_path):
    (tmp_path / os.fsdecode(b"sch\xf6n.json")).write_text("{")
    assert orjson.dumps(run(tmp_path).as_dict())


@pytest.mark.parametrize(
    "document", [{}, {"type": "Style"}, {"type": "FeatureCollection"}, {"type": None}, {"type": []}]
)
def test_what_is_no_stac_document_is_told_so(db, write, document):
    assert "`type` must be" in run(write("x.json", document)).failures[0].message


@pytest.mark.parametrize("make", [a_catalog, a_collection])
def test_two_documents_of_one_id_clash_and_the_first_stays(db, write, make):
    report = run(write("a/x.json", make("x")), write("b/x.json", make("x", title="Other")))
    assert counts(report) == (1, 0, 0, 0, 1)
    assert report.failures[0].message.startswith("Its id 'x' is that of ")
    rows = Catalog if make is a_catalog else Collection
    assert rows.objects.get().title != "Other"


def test_the_same_document_twice_is_no_clash(db, write):
    assert counts(run(write("a/x.json", a_catalog()), write("b/x.json", a_catalog()))) == (1, 0, 1, 0, 0)


@pytest.mark.parametrize("make", [a_catalog, a_collection])
@pytest.mark.parametrize("odd", ["a\0b", None, 5, "", "x" * 2000])
def test_odd_ids_of_containers_fail_by_name(db, write, make, odd):
    assert counts(run(write("a.json", {**make(), "id": odd}), write("b.json", make("good")))) == (1, 0, 0, 0, 1)


def test_an_interruption_stores_the_open_batch(db, write):
    def interrupt(count, seen=[]):  # noqa: B006 - remembers across calls
        seen.append(count)
        if len(seen) == 3:
            raise KeyboardInterrupt

    put_collection()
    report = Report()
    with pytest.raises(KeyboardInterrupt):
        load([write("i.ndjson", *map(an_item, "abcd"))], LoadOptions(), report=report, on_progress=interrupt)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert Collection.objects.get().derived["count"] == 2


def test_an_interrupted_dry_run_stores_nothing(db, write):
    def interrupt(count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load([write("c.json", a_collection())], LoadOptions(dry_run=True), on_progress=interrupt)
    assert not Collection.objects.exists()


def test_what_breaks_a_run_is_not_hidden_by_its_end(db, write, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.upsert_items", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError) as caught:
        run(write("i.json", an_item()))
    assert caught.value.__context__ is None


def test_an_empty_folder_is_an_error(db, tmp_path):
    with pytest.raises(UnreadableDocument, match=r"\.ndjson"):
        run(tmp_path)


def test_more_than_one_batch_is_stored(db, write, monkeypatch):
    monkeypatch.setattr("django_stac.transfer.load.BATCH", 3)
    put_collection()
    assert run(write("items.ndjson", *(an_item(str(number)) for number in range(10)))).created == 10


@pytest.mark.django_db(transaction=True)
def test_loaders_of_the_same_files_at_the_same_time_lose_nothing(write, tmp_path):
    write("catalog.json", a_catalog())
    write("a/collection.json", a_collection())
    write("a/items.ndjson", *(an_item(str(number)) for number in range(150)))
    write("b/items.ndjson", *(an_item(str(number), collection="others") for number in range(150)))
    start = threading.Barrier(6)

    def load_all(_):
        try:
            start.wait()
            return run(tmp_path, create_collections=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(load_all, range(6)))
    assert [report.failures for report in reports] == [[]] * 6
    assert sum(report.created for report in reports) == 302
    assert [collection.derived["count"] for collection in Collection.objects.all()] == [150, 150]


@pytest.mark.parametrize("version", ["0.6.2", "0.7.0", "0.8.1", "0.9.0", "1.0.0-beta.2", "1.0.0-rc.1"])
def test_documents_of_every_age_are_loaded_and_served_as_1_1(db, write, client, version):
    typed = version == "1.0.0-rc.1"
    catalog, collection, item = (
        {key: value for key, value in document.items() if key != "type" or typed or value == "Feature"}
        for document in (a_catalog(), a_collection(license="proprietary"), an_item(**{"eo:cloud_cover": 5}))
    )
    if version < "0.8":
        collection["extent"] = {"spatial": [-180, -90, 180, 90], "temporal": [None, "2020-01-01T00:00:00Z"]}
    files = [
        write(f"{number}.json", {**document, "stac_version": version, "stac_extensions": ["eo"]})
        for number, document in enumerate((catalog, collection, item))
    ]
    # A collection lost `eo` with 1.0, and a catalogue never had it.
    assert counts(run(*files)) == (3, 0, 0, 0, 0)
    assert counts(run(*files)) == (0, 0, 3, 0, 0)
    for path in ("catalogs/shelf", "collections/scenes", "collections/scenes/items/scene"):
        document = client.get(f"/stac/{path}").json()
        assert (document["stac_version"], core_problems(document)) == ("1.1.0", [])


@pytest.mark.parametrize("version", ["0.5.0", "1.1.0-beta.1", "1.2.0", "9.9.9"])
def test_other_versions_are_refused_and_told_what_is_accepted(db, write, version):
    put_collection()
    message = run(write("item.json", an_item(stac_version=version))).failures[0].message
    assert repr(version) in message
    assert "1.0.x and 1.1.x are accepted, and those from 0.6 on" in message


def test_a_short_name_of_an_extension_gets_its_address_and_one_that_nobody_knows_is_refused_by_name(db, write):
    report = run(
        write("known.json", a_collection("known", stac_version="1.0.0", stac_extensions=["eo"])),
        write("unknown.json", a_collection("unknown", stac_version="1.0.0", stac_extensions=["eo", "eos"])),
    )
    document = Collection.objects.get().document
    address = "https://stac-extensions.github.io/eo/v1.0.0/schema.json"
    assert (document["stac_version"], document["stac_extensions"]) == ("1.0.0", [address])
    assert "/stac_extensions/1: must be a complete address" in report.failures[0].message
    assert report.failures[0].message.endswith("got 'eos'")


def test_extensions_that_nobody_could_check_are_noted_once(db, write, settings, monkeypatch):
    monkeypatch.setattr("django_stac.transfer.load.BATCH", 1)
    settings.DJANGO_STAC = {"VALIDATION": "extensions"}
    put_collection()
    grade = "https://example.com/grade/v1.0.0/schema.json"
    report = run(write("items.ndjson", *(an_item(name, stac_extensions=[grade]) for name in "abc")))
    assert (counts(report), report.notes) == (
        (3, 0, 0, 0, 0),
        [f"{grade} is not checked: its schema is not in the cache."],
    )
