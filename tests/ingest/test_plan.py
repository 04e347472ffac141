"""Which scene goes into which collection, before anything is read."""

import os

import pytest

from django_stac.exceptions import InvalidParameter, UnreadableRaster
from django_stac.ingest.plan import Sorting, make_plan
from django_stac.transactions.placement import ways


@pytest.fixture
def hills(served):
    """A folder of two files that are no rasters but in name: nothing reads them."""
    return put(served / "hills", "a.tif", "b.tif")


def put(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")
    return folder


def planned(*paths, **options):
    return make_plan([str(path) for path in paths], ways(), Sorting(**options))


def test_every_scene_is_an_entry(hills):
    assert [entry.scene.id for entry in planned(hills).entries] == ["a", "b"]


def test_the_collection_is_named_after_the_folder(hills):
    assert planned(hills).collections == ["hills"]


def test_each_folder_may_make_a_collection_of_its_own(served):
    top = put(served / "all", "loose.tif", "hills/a.tif", "valleys/2020/scene/a.tif")
    plan = planned(top, by_folder=True)
    assert {entry.collection: entry.scene.id for entry in plan.entries} == {
        "all": "loose",
        "hills": "a",
        "valleys": "a",
    }


def test_the_collection_of_a_file_is_named_after_its_folder(hills):
    assert planned(hills / "a.tif").collections == ["hills"]


def test_scenes_of_inner_folders_go_into_the_collection_of_the_folder_given(hills):
    assert planned(put(hills, "2024/c.tif")).collections == ["hills"]


def test_each_folder_given_is_a_collection(served, hills):
    assert planned(hills, put(served / "dunes", "c.tif")).collections == ["hills", "dunes"]


def test_a_relative_path_has_a_folder_too(hills, monkeypatch):
    monkeypatch.chdir(hills)
    plan = planned(".")
    assert (plan.collections, [entry.source for entry in plan.entries]) == (["hills"], ["a.tif", "b.tif"])


def test_the_option_names_the_collection(hills):
    assert planned(hills, collection="all").collections == ["all"]


def test_a_scene_is_named_as_it_was_given(hills, monkeypatch):
    monkeypatch.chdir(hills.parent)
    assert [entry.source for entry in planned("hills").entries] == ["hills/a.tif", "hills/b.tif"]


def test_a_scene_of_several_files_is_named_by_its_id(served):
    (entry,) = planned(put(served / "hills", "x_B1.tif", "x_B2.tif")).entries
    assert entry.source == f"{served}/hills/x (2 files)"
    assert [place.path for place in entry.places.values()] == ["hills/x_B1.tif", "hills/x_B2.tif"]


def test_the_second_scene_of_one_id_fails_by_name(hills):
    plan = planned(put(hills, "2024/a.tif"))
    assert [entry.scene.id for entry in plan.entries] == ["a", "b"]
    assert plan.report.failures[0].source == f"{hills}/2024/a.tif"
    assert f"is that of {hills}/a.tif" in plan.report.failures[0].message


def test_one_id_in_two_collections_is_no_clash(served, hills):
    assert len(planned(hills, put(served / "dunes", "a.tif")).entries) == 3


def test_a_file_given_twice_is_skipped_once(hills):
    plan = planned(hills, hills / "a.tif")
    assert (len(plan.entries), plan.report.skipped, plan.inputs) == (2, 1, 3)


def test_a_file_that_nobody_reaches_fails_before_it_is_read(outside, served):
    plan = planned(put(outside, "a.tif"))
    assert (plan.entries, plan.report.failed, plan.inputs) == ([], 1, 1)
    assert plan.report.failures[0].message.startswith("no API consumer could open it")


def test_a_name_that_is_not_unicode_is_told_in_unicode(served):
    plan = planned(put(served / "hills", "a\udcff.tif"))
    assert plan.report.failures[0].source.endswith("a\ufffd.tif")


def test_files_are_grouped_as_asked(served):
    folder = put(served / "hills", "x_1.tif", "x_2.tif")
    assert [entry.scene.id for entry in planned(folder, group_by="(.*)_").entries] == ["x"]


def test_a_path_that_does_not_exist_is_refused(served):
    with pytest.raises(UnreadableRaster, match="no such file"):
        planned(served / "nowhere")


def test_a_bad_expression_is_refused(hills):
    with pytest.raises(InvalidParameter, match="regular expression"):
        planned(hills, group_by="(")


def test_the_root_of_the_file_system_names_no_collection(served, monkeypatch):
    monkeypatch.setattr("django_stac.ingest.plan.scenes", lambda *_, **__: [None])
    with pytest.raises(InvalidParameter, match="--collection"):
        planned(os.sep)
