"""A bounded look at the pixels."""

from types import SimpleNamespace

import numpy as np
import pytest

from django_stac.raster import sample
from django_stac.raster.read import opened
from django_stac.raster.sample import sample_of
from tests.raster.conftest import write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


def sampled(path):
    with opened(path) as dataset:
        return sample_of(dataset)


def giant(side, block, *, bands=1, overviews=(), dtype="uint8"):
    """What the sample asks of a dataset that is too large to make in a test."""
    return SimpleNamespace(
        width=side,
        height=side,
        shape=(side, side),
        count=bands,
        dtypes=(dtype,) * bands,
        block_shapes=[block] * bands,
        overviews=lambda _: list(overviews),
    )


def test_a_small_raster_is_read_whole(quirks):
    assert sampled(quirks["plain"]).bands.shape == (1, 8, 12)


def test_a_large_raster_is_read_in_part(tmp_path):
    found = sampled(write(tmp_path / "large.tif", np.ones((100, 4000), "uint8")))
    assert found.bands.shape == (1, 26, 1024)


@pytest.mark.parametrize("quirk", ["nodata_nan", "nan_undeclared", "infinite"])
def test_what_is_no_number_is_masked(quirks, quirk):
    assert np.isfinite(sampled(quirks[quirk]).bands.compressed()).all()


def test_alpha_tells_what_is_valid(quirks):
    assert sampled(quirks["alpha"]).valid.sum() == 77


def test_a_pixel_is_valid_when_any_band_is(tmp_path):
    found = sampled(write(tmp_path / "two.tif", np.array([[[0, 1, 0]], [[0, 0, 1]]], "uint8"), nodata=0))
    assert found.valid.tolist() == [[False, True, True]]


@pytest.mark.parametrize(
    ("dataset", "side"),
    [
        (giant(36_000, (1024, 1024), overviews=(2, 4)), 1024),
        (giant(20_000, (512, 512)), 1024),
        (giant(200_000, (512, 512)), 90),
        (giant(200_000, (1, 200_000)), 1024),
        (giant(2_000, (512, 512), bands=200), 204),
    ],
)
def test_the_work_is_bounded_however_large_the_raster(dataset, side):
    assert max(sample._shape(dataset)) == side


@needs_shared
def test_the_world_in_ten_metres_is_read_from_its_overviews():
    found = sampled(next((RASTERS / "worldcover-2021").glob("*.tif")))
    assert max(found.bands.shape) == 1024
