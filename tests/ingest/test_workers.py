"""Reading in processes of our own: whatever a file does, the run goes on and names it."""

import multiprocessing
import os
from contextlib import closing, suppress

import pytest

from django_stac.exceptions import StacError
from django_stac.ingest.workers import read_scenes
from django_stac.raster.item import ReadOptions
from tests.ingest import readers
from tests.ingest.readers import a_scene

OPTIONS = ReadOptions(datetime="2024-06-01")


def read(*names, reader=readers.obedient, **limits):
    scenes = [a_scene(name) for name in names]
    return {scene.id: outcome for scene, outcome in read_scenes(scenes, OPTIONS, reader=reader, **limits)}


def test_each_scene_is_read_once():
    found = read("a", "b", "c", workers=2)
    assert {name: reading.item["id"] for name, reading in found.items()} == {"a": "a", "b": "b", "c": "c"}


def test_the_options_reach_the_reader():
    assert read("a")["a"].item["datetime"] == "2024-06-01"


def test_scenes_are_read_in_other_processes():
    found = read("a", "b")
    assert found["a"].item["pid"] == found["b"].item["pid"] != os.getpid()


def test_no_scene_needs_no_process():
    assert read() == {}


def test_the_processes_import_no_django():
    reading = read("a", reader=readers.modules)["a"]
    assert [name for name in reading.item["modules"] if name.split(".")[0] in {"django", "psycopg"}] == []


def test_the_main_script_is_not_run_again_in_the_processes():
    assert "pytest" not in str(read("a", reader=readers.modules)["a"].item["main"])


def test_what_a_reader_prints_goes_nowhere(capfd):
    read("a", reader=readers.chatter)
    assert capfd.readouterr() == ("", "")


# What goes wrong


def test_a_file_that_kills_its_process_is_named_and_the_run_goes_on():
    found = read("a", "abort", "b")
    assert "Aborted" in found.pop("abort")
    assert {name: reading.item["id"] for name, reading in found.items()} == {"a": "a", "b": "b"}


def test_every_file_may_kill_its_process():
    assert len(read("abort-1", "abort-2", "abort-3", workers=2)) == 3


def test_a_file_that_hangs_is_named_after_the_timeout():
    found = read("hang", "a", timeout=0.5)
    assert found["hang"] == "Was not read within 0.5 s."
    assert found["a"].item["id"] == "a"


def test_a_file_that_needs_too_much_memory_is_named():
    found = read("eat", "a", memory=2**31)
    assert found["eat"] == "Needs more than 2048 MiB of memory."
    assert found["a"].item["id"] == "a"


def test_what_a_reader_refuses_is_told_in_its_words():
    assert read("refuse")["refuse"] == "refuse.tif: is empty."


def test_an_unforeseen_error_is_told_with_its_type():
    assert read("stumble")["stumble"] == "KeyError: 'band'"


def test_a_slow_taker_does_not_make_readers_late():
    scenes = [a_scene(name) for name in "abcd"]
    found = []
    for _, outcome in read_scenes(scenes, OPTIONS, reader=readers.obedient, workers=2, timeout=0.3):
        found.append(outcome)
        multiprocessing.Event().wait(0.4)
    assert not [outcome for outcome in found if isinstance(outcome, str)]


def test_a_process_that_cannot_start_ends_the_run():
    with pytest.raises(StacError, match="cannot start"):
        read("a", reader=readers.obedient, memory=2**20)


# Ends


def test_no_process_outlives_the_run():
    read("a", "abort", "hang", workers=3, timeout=0.5)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_no_process_outlives_an_exception(error):
    scenes = [a_scene(name) for name in ("a", "hang")]
    with suppress(error), closing(read_scenes(scenes, OPTIONS, reader=readers.obedient, workers=2)) as run:
        next(run)
        raise error
    assert multiprocessing.active_children() == []
