"""stac-geoparquet in."""

import sys

import pytest
import rustac

from django_stac.models import Item
from django_stac.transfer.load import LoadOptions, load
from tests.factories import an_item, put_collection


def run(*paths):
    return load(paths, LoadOptions())


@pytest.fixture
def parquet(tmp_path):
    file = tmp_path / "items.parquet"
    rustac.write_sync(str(file), [an_item(f"i{number}", **{"eo:cloud_cover": number}) for number in range(2100)])
    return file


def test_items_are_loaded_and_stay_the_same(db, parquet):
    put_collection()
    assert run(parquet).created == 2100
    stored = Item.objects.get(item_id="i7").document
    assert (stored["properties"], stored["bbox"]) == (an_item(**{"eo:cloud_cover": 7})["properties"], [10, 45, 11, 46])
    assert run(parquet.parent).unchanged == 2100


def test_what_is_refused_is_named_by_position_and_id(db, parquet):
    assert run(parquet).failures[1].source == f"{parquet}#1 (i1)"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"{}", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_what_is_no_parquet_fails_by_name(db, tmp_path, content):
    file = tmp_path / "bad.parquet"
    file.write_bytes(content)
    report = run(file)
    assert [(failure.source, "no stac-geoparquet" in failure.message) for failure in report.failures] == [
        (str(file), True)
    ]


def test_a_file_that_is_cut_off_fails_by_name(db, parquet):
    parquet.write_bytes(parquet.read_bytes()[:-2000])
    assert run(parquet).failed == 1


def test_without_the_extra_its_name_is_told(db, parquet, monkeypatch):
    monkeypatch.setitem(sys.modules, "rustac", None)
    assert "pip install 'django-stac[geoparquet]'" in run(parquet).failures[0].message
