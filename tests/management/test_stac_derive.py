"""The command ``stac_derive``: which collections it computes, and what it reports."""

import json
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection

from django_stac import transactions
from django_stac.models import Collection, Mark
from django_stac.models.gate import open_gate
from django_stac.transactions.drift import drift, snapshot
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db


def derive(*names, **options):
    out = StringIO()
    call_command("stac_derive", *names, json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def count_of(collection):
    return Collection.objects.get(collection_id=collection).derived["count"]


def test_a_collection_that_has_changed_is_computed():
    put(an_item("a"), an_item("b"))
    assert derive()["collections"] == ["scenes"]
    assert count_of("scenes") == 2


def test_a_collection_is_computed_once_a_change():
    put(an_item("a"))
    derive()
    assert (derive()["collections"], Mark.objects.count()) == ([], 0)


def test_a_dry_run_computes_and_stores_nothing():
    put(an_item("a"))
    assert derive(dry_run=True)["collections"] == ["scenes"]
    assert derive("scenes", dry_run=True)["updated"] == 1
    assert Collection.objects.get().derived is None
    assert derive()["collections"] == ["scenes"]


def test_a_named_collection_is_computed_though_nothing_changed():
    put(an_item("a"), an_item("b", collection="others"))
    transactions.derive()
    assert derive("others")["collections"] == ["others"]


def test_all_collections_are_computed_when_asked():
    put_collection("empty")
    put(an_item("a"))
    transactions.derive()
    report = derive(all=True)
    assert (sorted(report["collections"]), report["updated"]) == (["empty", "scenes"], 2)


def test_an_unknown_collection_fails_beside_the_others():
    put_collection("scenes")
    with pytest.raises(CommandError, match="1 of 2 inputs failed") as caught:
        derive("scenes", "nowhere")
    assert caught.value.returncode == 1


def test_names_and_all_exclude_each_other():
    with pytest.raises(CommandError, match="one or the other") as caught:
        derive("scenes", all=True)
    assert caught.value.returncode == 2


# --check


def checked(*names, **options):
    """The report, and the exit code."""
    out = StringIO()
    try:
        call_command("stac_derive", *names, check=True, json=True, stdout=out, stderr=StringIO(), **options)
    except CommandError as error:
        return json.loads(out.getvalue()), error.returncode
    return json.loads(out.getvalue()), 0


def spoil(**changes):
    """Change what is stored behind the gate's back, as a restored table or a mistake of ours would."""
    with open_gate():
        derived = Collection.objects.get(collection_id="scenes").derived | changes
        Collection.objects.filter(collection_id="scenes").update(derived=derived)


def test_facts_that_are_true_pass_the_check():
    put(
        an_item("a", **{"x:big": 10**18, "x:huge": 1e20, "x:tiny": 5e-324, "x:name": "é"}),
        an_item("b", collection="others"),
    )
    transactions.derive()
    report, code = checked()
    assert (report["unchanged"], report["differences"], report["notes"], code) == (2, {}, [], 0)


def test_a_wrong_fact_fails_and_is_named_with_both_values():
    put(an_item("a", **{"x:y": 1}), an_item("b", collection="others"))
    transactions.derive()
    spoil(count=7, summaries={"x:z": ["a"]})
    report, code = checked()
    assert (report["failed"], report["unchanged"], report["collections"], code) == (1, 1, ["scenes"], 1)
    assert report["differences"]["scenes"] == {
        "count": {"stored": 7, "true": 1},
        "summaries.x:y": {"stored": None, "true": {"minimum": 1.0, "maximum": 1.0}},
        "summaries.x:z": {"stored": ["a"], "true": None},
    }
    assert report["failures"][0]["message"].startswith("count is 7, should be 1; summaries.x:y is absent, should be")


def test_wrong_facts_of_properties_are_named():
    put(an_item("a", **{"x:y": 1}))
    transactions.derive()
    spoil(properties={"datetime": Collection.objects.get().derived["properties"]["datetime"]}, is_partial=True)
    assert checked()[0]["differences"]["scenes"] == {
        "is_partial": {"stored": True, "true": None},
        "properties.x:y": {"stored": None, "true": {"count": 1, "type": "integer", "minimum": 1.0, "maximum": 1.0}},
    }


def test_wrong_places_and_times_are_named():
    put(an_item("a"))
    transactions.derive()
    spoil(extent={"spatial": {"bbox": [[0, 0, 1, 1]]}, "temporal": {"interval": [["2020-01-01T00:00:00Z", None]]}})
    assert set(checked("scenes")[0]["differences"]["scenes"]) == {"bbox", "interval"}


def test_a_change_that_waits_for_its_derivation_is_no_failure():
    put(an_item("a"))
    transactions.derive()
    transactions.create_item(an_item("b"))
    report, code = checked(all=True)
    assert (report["skipped"], report["failed"], code) == (1, 0, 0)
    assert report["notes"] == ["scenes: has not been derived since the last change."]
    assert report["differences"]["scenes"]["count"] == {"stored": 1, "true": 2}


def test_a_collection_that_was_never_derived_and_has_no_mark_fails():
    put(an_item("a"))
    Mark.objects.all().delete()
    report, code = checked()
    assert (set(report["differences"]["scenes"]), code) == ({"count", "bbox", "interval", "properties.datetime"}, 1)


def test_a_check_stores_nothing():
    put(an_item("a"))
    checked()
    assert (Collection.objects.get().derived, Mark.objects.exists()) == (None, True)


def test_an_unknown_collection_fails_the_check():
    put(an_item("a"))
    transactions.derive()
    report, code = checked("scenes", "nowhere")
    assert (report["failures"][0]["source"], report["unchanged"], code) == ("nowhere", 1, 1)


@pytest.mark.parametrize(
    ("bbox", "start", "note"),
    [
        ([0, 40, 20, 50], "2024-01-01T00:00:00Z", []),
        ([0, 40, 20, 50], None, []),
        ([10.5, 40, 20, 50], None, ["scenes: its own bbox leaves items outside."]),
        ([-180.0014, 40, 0, 50], None, ["scenes: its own bbox leaves items outside."]),
        ([0, 40, 20, 50], "2024-07-01T00:00:00Z", ["scenes: its own interval leaves items outside."]),
        ([0, 0, 1, 1], "2024-07-01T00:00:00Z", ["scenes: its own bbox and interval leave items outside."]),
    ],
)
def test_an_extent_of_the_owner_that_leaves_items_outside_is_noted_and_no_failure(bbox, start, note):
    put_collection(extent={"spatial": {"bbox": [bbox]}, "temporal": {"interval": [[start, None]]}})
    put(an_item("a"))
    transactions.derive()
    report, code = checked()
    assert (report["notes"], report["unchanged"], code) == (note, 1, 0)


def test_items_without_a_place_lie_outside_of_no_box():
    extent = {"spatial": {"bbox": [[0, 0, 1, 1]]}, "temporal": {"interval": [[None, None]]}}
    put_collection(extent=extent)
    put(an_item(geometry=None))
    transactions.derive()
    assert checked()[0]["notes"] == []


def test_an_own_extent_that_is_none_is_passed_over(settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    put_collection(extent={"spatial": {"bbox": []}, "temporal": {"interval": [["yesterday", None]]}})
    put(an_item("a"))
    transactions.derive()
    assert (checked()[0]["notes"], checked()[1]) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_writer_during_the_check_is_no_false_alarm(monkeypatch):
    put(an_item("a"), an_item("b", collection="others"))
    transactions.derive()

    def write():
        transactions.upsert_items([an_item("c"), an_item("d", collection="others")])
        transactions.derive()
        connection.close()

    def compared(collection, using):
        thread = Thread(target=write)
        thread.start()
        thread.join()
        return drift(collection, using)

    monkeypatch.setattr("django_stac.management.commands.stac_derive.drift", compared)
    report, code = checked()
    assert (report["unchanged"], report["differences"], code) == (2, {}, 0)


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_written_in_a_snapshot():
    put(an_item("a"))
    with snapshot("default"), pytest.raises(InternalError, match="read-only"):
        transactions.derive()
