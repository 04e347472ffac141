"""The command ``stac_ingest``: options, report and exit codes; real scenes."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import to_dict
from django_stac.ingest import runs
from django_stac.models import Collection, Item
from django_stac.validation.core import core_problems
from tests.ingest import readers
from tests.ingest.rasters import a_raster
from tests.shared import SHARED, needs_shared

HREFS = Hrefs("https://example.com/stac/")
RASTERS = SHARED / "data" / "rasters"


@pytest.fixture
def hills(served):
    a_raster(served / "hills" / "a.tif")
    a_raster(served / "hills" / "b.tif", west=20)
    return served / "hills"


def ingest(*paths, **options):
    """Return the JSON report, whatever the exit code."""
    return outcome(*paths, **options)[0]


def outcome(*paths, **options):
    """Return the JSON report, the text on stderr and the exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("stac_ingest", *map(str, paths), json=True, stdout=out, stderr=err, **{"workers": 2, **options})
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return json.loads(out.getvalue() or "null"), err.getvalue(), code


def counts(report):
    return [report[name] for name in ("created", "updated", "unchanged", "skipped", "failed")]


# The report


@pytest.mark.django_db
def test_the_report_is_one_json_object_on_stdout(hills):
    report, _, code = outcome(hills)
    assert (counts(report), report["collections"], code) == ([2, 0, 0, 0, 0], ["hills"], 0)


@pytest.mark.django_db
def test_without_json_stdout_stays_empty(hills, capsys):
    call_command("stac_ingest", str(hills))
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_the_summary_comes_last_on_stderr(hills):
    _, text, _ = outcome(hills)
    assert [line.split()[0] for line in text.splitlines()] == ["inputs", "outcome", "collections", "database"]
    assert "2 created, 0 updated, 0 unchanged, 0 skipped, 0 failed" in text


@pytest.mark.django_db
def test_a_failure_is_named_and_gives_exit_code_1(hills):
    (hills / "c.tif").write_bytes(b"")
    report, text, code = outcome(hills)
    assert (report["created"], report["failed"], code) == (2, 1, 1)
    assert text.splitlines()[0].startswith(f"{hills}/c.tif: is empty")
    assert text.endswith("1 of 3 inputs failed.")


@pytest.mark.django_db
def test_a_file_that_crashes_its_process_fails_beside_good_ones(hills, monkeypatch):
    a_raster(hills / "abort.tif")
    read_scenes = runs.read_scenes
    monkeypatch.setattr(runs, "read_scenes", lambda *a, **kw: read_scenes(*a, reader=readers.careless, **kw))
    report = ingest(hills)
    assert counts(report) == [2, 0, 0, 0, 1]
    assert "Aborted" in report["failures"][0]["message"]


@pytest.mark.django_db
def test_nothing_to_read_is_said(served):
    report, text, code = outcome(served)
    assert (counts(report), code) == ([0, 0, 0, 0, 0], 0)
    assert "There is no raster" in text


@pytest.mark.django_db
def test_a_dry_run_says_that_it_stored_nothing(hills):
    report, text, _ = outcome(hills, dry_run=True)
    assert (report["created"], report["dry_run"], Item.objects.count()) == (2, True, 0)
    assert "nothing stored" in text


# Options


@pytest.mark.django_db
def test_options_reach_the_items(hills):
    ingest(hills, collection="all", datetime="2020-05-04", unpublished=True)
    item = Item.objects.get(item_id="a", collection__collection_id="all")
    assert (item.document["properties"]["datetime"], item.published) == ("2020-05-04T00:00:00Z", False)


@pytest.mark.django_db
def test_files_are_grouped_as_asked(hills):
    assert ingest(hills, group_by="folder")["created"] == 1
    assert set(Item.objects.get().document["assets"]) >= {"a", "b"}


@pytest.mark.django_db
def test_a_folder_of_folders_may_become_a_collection_each(hills):
    a_raster(hills.parent / "valleys" / "c.tif")
    report = ingest(hills.parent, collection_by="folder", default_datetime="2021")
    assert (report["created"], set(report["collections"])) == (3, {"hills", "valleys"})


@pytest.mark.django_db
def test_files_that_nobody_reaches_fail_and_copy_helps(outside, served):
    a_raster(outside / "a.tif")
    assert ingest(outside)["failed"] == 1
    assert ingest(outside, copy=True)["created"] == 1
    assert (served / "outside" / "a" / "a.tif").is_file()


# Wrong usage


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"group_by": "("}, "no regular expression"),
        ({"datetime": "yesterday"}, "--datetime"),
        ({"datetime": "2024-01-01T00:00:00Z/.."}, "is open"),
        ({"default_datetime": "yesterday"}, "--default-datetime"),
        ({"collection": "a", "collection_by": "folder"}, "leave out --collection"),
        ({"crs": "EPSG:none"}, "no coordinate reference system"),
        ({"href_base": "here"}, "URL that others can open"),
        ({"collection": "a/b"}, "slash"),
    ],
)
def test_a_wrong_option_is_one_sentence_and_exit_code_2(hills, options, sentence):
    report, text, code = outcome(hills, **options)
    assert (report, code) == (None, 2)
    assert sentence in text


def test_a_path_that_is_missing_gives_exit_code_2(served):
    _, text, code = outcome(served / "nowhere")
    assert (code, "nowhere: there is no such file or folder" in text) == (2, True)


@pytest.mark.parametrize("key", ["ASSET_STORAGES", "THUMBNAIL_STORAGE"])
def test_an_unknown_storage_gives_exit_code_2(hills, settings, key):
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, key: ["gone"] if key == "ASSET_STORAGES" else "gone"}
    _, text, code = outcome(hills)
    assert (code, "'gone', which STORAGES does not have" in text) == (2, True)


@pytest.mark.parametrize(
    "options",
    [["--workers", "0"], ["--workers", "two"], ["--timeout", "-1"], ["--timeout", "inf"], ["--database", "x"]],
)
def test_a_wrong_number_or_alias_is_refused(hills, options):
    with pytest.raises(CommandError, match="argument"):
        call_command("stac_ingest", str(hills), *options)


# As a process of its own

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def many(served):
    """More scenes than are read in the time of a test."""
    for number in range(80):
        a_raster(served / "many" / f"{number}.tif")
    return served / "many"


@pytest.fixture
def started(many, tmp_path, transactional_db, settings):
    """The command as its users start it, in a process group of its own, when it has read the first scenes."""
    server = os.environ.get("DATABASE_URL", "postgis://localhost/stac").rpartition("/")[0]
    site = {"ASSET_STORAGES": ["scenes"], "FILES_ROOT": str(tmp_path / "private")}
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "example_project.settings",
        "DATABASE_URL": f"{server}/{settings.DATABASES['default']['NAME']}",
        "DEMO_DIR": str(tmp_path / "demo"),
        "DJANGO_STAC": json.dumps(site),
    }
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "scenes").symlink_to(many.parent)
    command = [sys.executable, "manage.py", "stac_ingest", str(many), "--workers", "2", "--json"]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True
    ) as process:
        # With the picture of a second scene begun, the first one is read whole.
        eventually(lambda: len(list((tmp_path / "private").rglob("*.png"))) > 1 or process.poll() is not None)
        yield process
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def eventually(is_so, seconds=30):
    """Wait for something; fail when it does not come."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def is_empty(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_ctrl_c_stores_what_was_read_and_gives_exit_code_130(started):
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate()
    report = json.loads(out)
    assert (started.returncode, sum(counts(report)), report["failed"]) == (130, 80, 0)
    assert 0 < report["created"] == Item.objects.count() < 80
    assert "Traceback" not in err


def test_ctrl_c_leaves_no_process_behind(started):
    os.killpg(started.pid, signal.SIGINT)
    started.wait()
    eventually(lambda: is_empty(started.pid))


def test_the_processes_end_when_their_parent_is_killed(started):
    started.kill()
    started.wait()
    eventually(lambda: is_empty(started.pid))


# Real scenes


@needs_shared
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("folder", "options", "items"),
    [
        ("ucayali-landsat", {}, 8),
        ("naip-usa", {}, 3),
        ("worldcover-2021", {}, 1),
        ("everglades-mangrove-2020", {}, 1),
        ("fishbourne-sentinel2", {"datetime": "2022-06-01"}, 1),
        ("elevation", {"datetime": "2021"}, 4),
    ],
)
def test_real_scenes_become_valid_items_and_stay_as_they_are(served, folder, options, items):
    first, second = (ingest(RASTERS / folder, copy=True, **options) for _ in range(2))
    assert (counts(first), counts(second)) == ([items, 0, 0, 0, 0], [0, 0, items, 0, 0])
    documents = [to_dict(item, HREFS) for item in Item.objects.select_related("collection")]
    assert [core_problems(document) for document in documents] == [[]] * items
    assert str(SHARED) not in json.dumps(documents)
    assert str(served.parent) not in json.dumps([*documents, Collection.objects.get().document])


@needs_shared
@pytest.mark.django_db
@pytest.mark.parametrize(("folder", "inputs"), [("fishbourne-sentinel2", 1), ("elevation", 4)])
def test_real_scenes_without_a_date_fail_by_name(served, folder, inputs):
    report = ingest(RASTERS / folder, copy=True)
    assert counts(report) == [0, 0, 0, 0, inputs]
    assert all("--datetime" in failure["message"] for failure in report["failures"])
