"""Metadata files beside rasters are assets too."""

import hashlib
import os

import pytest

from django_stac.validation.core import core_problems
from tests.raster.conftest import write
from tests.raster.test_item import extension_problems, read
from tests.shared import needs_shared


@pytest.fixture
def scene(tmp_path):
    def made(*sidecars):
        write(tmp_path / "S_20200514_B3.tif")
        write(tmp_path / "S_20200514_B4.tif")
        for name in sidecars:
            (tmp_path / name).write_text("A = 1\n")
        return tmp_path

    return made


def described(folder):
    assets = read(folder).item["assets"]
    return {key: asset["href"] for key, asset in assets.items() if asset["roles"] == ["metadata"]}


def test_a_lone_metadata_file_is_called_so(scene):
    assert described(scene("metadata.xml")) == {"metadata": "metadata.xml"}


def test_several_are_named_by_what_differs(scene):
    names = {"MTL.json": "S_20200514_MTL.json", "MTL.xml": "S_20200514_MTL.xml", "metadata.xml": "metadata.xml"}
    assert described(scene(*names.values())) == names


def test_a_metadata_file_is_described_like_any_other(scene):
    folder = scene("S_20200514_MTL.txt")
    asset = read(folder).item["assets"]["metadata"]
    assert (asset["type"], asset["title"], asset["file:size"]) == ("text/plain", "S_20200514_MTL.txt", 6)
    assert asset["file:checksum"] == "1220" + hashlib.sha256(b"A = 1\n").hexdigest()
    assert "bands" not in asset


def test_they_come_last_and_are_files_of_the_reading(scene):
    reading = read(scene("S_20200514_MTL.txt"))
    assert list(reading.item["assets"]) == list(reading.files) == ["B3", "B4", "metadata"]


@pytest.mark.parametrize("name", ["item.json", "expected_item.json", "notes.txt", "other_B3.xml"])
def test_other_files_are_no_assets(scene, name):
    assert described(scene(name)) == {}


def test_a_name_that_no_document_can_hold_is_left_out(scene):
    assert described(scene("S_20200514\n_MTL.txt")) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_left_out(scene):
    folder = scene("metadata.xml")
    (folder / "metadata.xml").chmod(0)
    assert described(folder) == {}


@needs_shared
def test_the_item_is_valid(scene):
    item = read(scene("S_20200514_MTL.json", "metadata.xml")).item
    assert [*core_problems(item), *extension_problems(item)] == []
