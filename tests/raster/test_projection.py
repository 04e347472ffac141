"""The grid of a raster as projection fields."""

import pytest
import rasterio
from rasterio.transform import Affine

from django_stac.raster.projection import pixel_size, projection_of
from django_stac.raster.read import grid_of, opened
from tests.raster.conftest import north_up, write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


def grid(path):
    with opened(path) as dataset:
        return grid_of(path, dataset, None)


def test_shape_is_rows_and_columns_and_transform_is_affine(quirks):
    assert projection_of(grid(quirks["plain"])) == {
        "proj:code": "EPSG:32631",
        "proj:shape": [8, 12],
        "proj:transform": [10, 0, 600_000, 0, -10, 5_800_000],
        "proj:bbox": [600_000, 5_799_920, 600_120, 5_800_000],
    }


def test_the_box_of_a_rotated_raster_holds_its_corners(quirks):
    assert projection_of(grid(quirks["rotated"]))["proj:bbox"] == [600_000, 5_799_944, 600_140, 5_800_084]


def test_a_crs_without_a_code_is_written_out(tmp_path):
    path = write(tmp_path / "albers.tif", crs="+proj=aea +lat_1=8 +lat_2=18 +lat_0=3 +lon_0=-157 +datum=WGS84")
    fields = projection_of(grid(path))
    assert fields["proj:code"] is None
    assert fields["proj:wkt2"].startswith("PROJCRS[")


def test_codes_of_other_authorities_are_kept(tmp_path):
    path = write(tmp_path / "esri.tif", crs="ESRI:102008", transform=north_up(0, 0, 30, 30))
    assert projection_of(grid(path))["proj:code"] == "ESRI:102008"


@pytest.mark.parametrize(
    ("crs", "transform", "metres"),
    [
        ("EPSG:32631", north_up(600_000, 5_800_000, 10, 10), 10),
        ("EPSG:32631", Affine(6, 8, 600_000, 8, -6, 5_800_000), 10),
        ("EPSG:2263", north_up(980_000, 200_000, 100, 100), 30.4801),
        ("EPSG:4326", north_up(0, 0.5, 1 / 1200, 1 / 1200), 92.7663),
        ("EPSG:4326", north_up(0, 60.5, 1 / 1200, 1 / 1200), 65.2),
    ],
)
def test_pixels_are_measured_in_metres(tmp_path, crs, transform, metres):
    path = write(tmp_path / "a.tif", crs=crs, transform=transform)
    assert pixel_size(grid(path)) == pytest.approx(metres, rel=1e-2 if crs == "EPSG:4326" else 1e-5)


@needs_shared
@pytest.mark.parametrize("path", sorted(RASTERS.rglob("*.[tT][iI][fF]"))[::5], ids=lambda path: path.name)
def test_real_grids_are_those_that_rasterio_tells(path):
    with rasterio.open(path) as dataset:
        expected = [*dataset.shape], [*tuple(dataset.transform)[:6]], [*dataset.bounds]
    fields = projection_of(grid(path))
    assert (fields["proj:shape"], fields["proj:transform"]) == expected[:2]
    assert fields["proj:bbox"] == pytest.approx(expected[2])
