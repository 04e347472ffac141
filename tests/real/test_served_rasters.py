"""What the site serves of real rasters agrees with rasterio's own reading and with what their makers say of them."""

import json
from urllib.request import urlopen

import pytest
import rasterio
from rasterio.warp import transform_bounds

from tests.sample_site import DATED, GIVEN_DATE, RASTERS, UNDATED
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db, pytest.mark.xdist_group("sample site")]

# Written by hand from the notes beside the samples: an instant, or the first and the last moment.
DATES = {
    **{
        f"ucayali-landsat/{year}": (f"{year}-01-01T00:00:00Z", f"{year}-12-31T23:59:59Z")
        for year in range(1985, 2025, 5)
    },
    "prairie-naip/m_4709963_se_14_1_20090818": "2009-08-18T00:00:00Z",
    "prairie-naip/m_4709963_se_14_1_20120731": "2012-07-31T00:00:00Z",
    "prairie-naip/m_4709963_se_14_1_20200831": "2020-08-31T00:00:00Z",
    "worldcover-2021/ESA_WorldCover_10m_2021_v200_N00E006_Map": ("2021-01-01T00:00:00Z", "2021-12-31T23:59:59Z"),
    "everglades-mangrove-2020/GMW_N26W082_2020_v3": ("2020-01-01T00:00:00Z", "2020-12-31T23:59:59Z"),
    "fishbourne-sentinel2/s2a_l2a_fishbourne": GIVEN_DATE,
    "elevation/dc_dsm": GIVEN_DATE,
    "elevation/dc_dtm": GIVEN_DATE,
    "elevation/dc_hag": GIVEN_DATE,
    "elevation/swiss_dem": GIVEN_DATE,
}
# Most of this tile is sea without data: its outline is that of the data, as in the producer's own item.
OUTLINED_BY_DATA = {"ESA_WorldCover_10m_2021_v200_N00E006_Map.tif"}
FILES = sorted(path for group in (*DATED, *UNDATED) for path in (RASTERS / group).glob("*.tif"))


@pytest.fixture(scope="module")
def served(sample_site):
    """Items by ``collection/id``."""
    with urlopen(f"{sample_site.root}search?limit=1000", timeout=30) as answer:
        features = json.load(answer)["features"]
    return {f"{feature['collection']}/{feature['id']}": feature for feature in features}


def test_each_file_is_an_item_and_nothing_else_is(served):
    assert set(served) == {f"{path.parent.name}/{path.stem}" for path in FILES} == set(DATES)


@pytest.mark.parametrize(("name", "expected"), DATES.items())
def test_times_are_those_of_the_makers(served, name, expected):
    properties = served[name]["properties"]
    found = properties["datetime"] or (properties["start_datetime"], properties["end_datetime"])
    assert found == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_grid_is_rasterios_own(served, path):
    asset = served[f"{path.parent.name}/{path.stem}"]["assets"]["data"]
    with rasterio.open(path) as raster:
        assert asset["proj:shape"] == list(raster.shape)
        assert asset["proj:transform"] == list(raster.transform)[:6]
        assert asset["proj:code"] == f"EPSG:{raster.crs.to_epsg()}"
        assert [band["data_type"] for band in asset["bands"]] == list(raster.dtypes)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name not in OUTLINED_BY_DATA], ids=lambda path: path.name
)
def test_the_bbox_is_that_of_the_densified_edges(served, path):
    with rasterio.open(path) as raster:
        expected = transform_bounds(raster.crs, "OGC:CRS84", *raster.bounds, densify_pts=101)
        pixel = max(map(abs, raster.res)) * (1 if raster.crs.is_geographic else 1e-5)
    assert served[f"{path.parent.name}/{path.stem}"]["bbox"] == pytest.approx(expected, abs=pixel)


def test_files_are_described_by_size_and_checksum(served):
    import hashlib

    for path in FILES:
        asset = served[f"{path.parent.name}/{path.stem}"]["assets"]["data"]
        assert asset["file:size"] == path.stat().st_size
        assert asset["file:checksum"] == "1220" + hashlib.sha256(path.read_bytes()).hexdigest()
