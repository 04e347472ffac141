"""What the site serves of all sample rasters agrees with rasterio's own reading and with what their makers say."""

import hashlib
import json
from functools import cache
from urllib.request import urlopen

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.warp import transform, transform_bounds

from tests.real.told import DATES, DIFFERENCES
from tests.sample_site import ITEMS, RASTERS
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]

FILES = sorted(path for path in RASTERS.rglob("*") if path.suffix.lower() == ".tif")
EXPECTED = sorted(RASTERS.glob("*/expected*.json"))
EXPECTED = [path for path in EXPECTED if path.name != "expected_collection.json"]
# Nodata surround a swath in these: their outline is that of the data.
SWATHS = {"worldcover-2021", "sentinel2-libya", "canberra-landsat5", "landsat8-c2-colombia"}
DISK = RASTERS / "misc" / "goes_fulldisk.tif"
OTHERS = [path for path in FILES if path.parent.name not in SWATHS and path != DISK]
SMALL_SWATHS = [*RASTERS.glob("canberra-landsat5/*.tif"), *RASTERS.glob("landsat8-c2-colombia/*_SR_*.TIF")]
# Documents beside them that tell a box but not by the name "expected".
BOXES = [*EXPECTED, RASTERS / "sentinel2-libya" / "item.json", *RASTERS.glob("landsat8-c2-colombia/*_stac.json")]


def named(path):
    return str(path.relative_to(RASTERS))


@pytest.fixture(scope="module")
def items(sample_site):
    """Items by the rasters that they are made of, which no two share."""
    with urlopen(f"{sample_site.root}search?limit=1000", timeout=30) as answer:
        features = json.load(answer)["features"]
    return {RASTERS / name: item for item in features for name in rasters_of(item)}


def rasters_of(item):
    """Paths under the folder of samples: the storage is that folder."""
    hrefs = [asset["href"] for asset in item["assets"].values() if "data" in asset["roles"]]
    return [href.partition("/files/samples/")[2] for href in hrefs]


def asset_of(path, items):
    (asset,) = [asset for asset in items[path]["assets"].values() if asset["href"].endswith(f"/{named(path)}")]
    return asset


@cache
def document(path):
    return json.loads(path.read_text())


# One command for all


def test_nothing_fails_or_is_left_out(sample_site):
    counts = {name: sample_site.report[name] for name in ("created", "updated", "unchanged", "skipped", "failed")}
    assert counts == {"created": sum(ITEMS.values()), "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0}
    assert sorted(sample_site.report["collections"]) == sorted(ITEMS)


def test_every_raster_is_an_asset(items):
    assert set(items) == set(FILES)


@pytest.mark.parametrize(("group", "count"), ITEMS.items())
def test_a_group_has_as_many_items_as_scenes(items, group, count):
    assert len({item["id"] for item in items.values() if item["collection"] == group}) == count


@pytest.mark.parametrize("name", DATES)
def test_times_are_those_of_the_makers(items, name):
    place = RASTERS / name
    found = {path: times_of(item) for path, item in items.items() if path.is_relative_to(place)}
    assert found
    assert set(found.values()) == {DATES[name]}


def test_the_times_of_all_items_are_in_the_table(items):
    told = [RASTERS / name for name in DATES]
    assert {item["id"] for path, item in items.items() if any(path.is_relative_to(place) for place in told)} == {
        item["id"] for item in items.values()
    }


def times_of(item):
    properties = item["properties"]
    return properties["datetime"] or (properties["start_datetime"], properties["end_datetime"])


# As rasterio reads it


@pytest.mark.parametrize("path", FILES, ids=named)
def test_the_grid_is_rasterios_own(items, path):
    asset = {**items[path]["properties"], **asset_of(path, items)}
    with rasterio.open(path) as raster:
        assert asset["proj:shape"] == list(raster.shape)
        assert asset["proj:transform"] == list(raster.transform)[:6]
        assert crs_of(asset) == raster.crs
        assert [band["data_type"] for band in asset["bands"]] == list(raster.dtypes)
        assert [nodata_of(band) for band in asset["bands"]] == pytest.approx(list(raster.nodatavals), nan_ok=True)


def crs_of(fields):
    """Read ``proj:code``, ``proj:wkt2`` or the ``proj:epsg`` of old."""
    code = fields.get("proj:code") or (fields.get("proj:epsg") and f"EPSG:{fields['proj:epsg']}")
    return CRS.from_user_input(code or fields["proj:wkt2"])


def nodata_of(band):
    nodata = band.get("nodata")
    return float(nodata) if isinstance(nodata, str) else nodata


@pytest.mark.parametrize("path", OTHERS, ids=named)
def test_the_bbox_is_that_of_the_densified_edges(items, path):
    with rasterio.open(path) as raster:
        expected, pixel = box_of(raster), half_a_pixel(raster)
    assert items[path]["bbox"] == pytest.approx(expected, abs=pixel)


@pytest.mark.parametrize("path", SMALL_SWATHS, ids=named)
def test_the_bbox_of_a_swath_is_that_of_its_valid_pixels(items, path):
    with rasterio.open(path) as raster:
        rows, columns = np.nonzero(raster.dataset_mask())
        corners = np.vstack([np.column_stack([columns + x, rows + y]) for x in (0, 1) for y in (0, 1)])
        longitude, latitude = transform(raster.crs, "OGC:CRS84", *(raster.transform @ corners.T))
        expected, pixel = [min(longitude), min(latitude), max(longitude), max(latitude)], half_a_pixel(raster)
    assert items[path]["bbox"] == pytest.approx(expected, abs=pixel)


def test_the_disk_of_a_satellite_ends_within_half_a_pixel_of_its_horizon(items):
    def places(box, crs):
        west, south, east, north = box
        return np.array(transform("OGC:CRS84", crs, [west, east, -75, -75], [0, 0, south, north]))

    makers = [-156.2995, -81.3282, 6.2995, 81.3282]
    with rasterio.open(DISK) as raster:
        difference = places(items[DISK]["bbox"], raster.crs) - places(makers, raster.crs)
        assert np.abs(difference).max() < raster.res[0] / 2


def box_of(raster):
    """Transform points of the edge; with a pole inside every longitude belongs to it."""
    if "Polar" not in raster.crs.to_wkt():
        return transform_bounds(raster.crs, "OGC:CRS84", *raster.bounds, densify_pts=101)
    columns, rows = np.meshgrid([0, raster.width], [0, raster.height])
    _, latitude = transform(raster.crs, "OGC:CRS84", *(raster.transform @ np.array([columns.ravel(), rows.ravel()])))
    return [-180, min(latitude), 180, 90] if min(latitude) > 0 else [-180, -90, 180, max(latitude)]


def half_a_pixel(raster):
    """In degrees, on the ground; half a metre at least."""
    metres = 1 if raster.crs.is_geographic else 111_000
    return max(max(map(abs, raster.res)) / metres / 2, 5e-6)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_files_are_described_by_size_and_checksum(items, path):
    asset = asset_of(path, items)
    assert asset["file:size"] == path.stat().st_size
    assert asset["file:checksum"] == "1220" + hashlib.sha256(path.read_bytes()).hexdigest()


# As the makers' own documents say


def theirs(path):
    """Return the document, and those of its rasters that lie beside it with what it says of each."""
    found = document(path)
    beside = {path.parent / asset["href"].rpartition("/")[2]: asset for asset in found["assets"].values()}
    return found, {file: {**found["properties"], **asset} for file, asset in beside.items() if file in FILES}


@pytest.mark.parametrize("path", EXPECTED, ids=named)
def test_the_same_files_are_assets_of_one_item(items, path):
    _, files = theirs(path)
    (item,) = {items[file]["id"]: items[file] for file in files}.values()
    assert {RASTERS / name for name in rasters_of(item)} == set(files)


@pytest.mark.parametrize("path", EXPECTED, ids=named)
def test_grids_are_those_of_the_makers_documents(items, path):
    for file, said in theirs(path)[1].items():
        ours = {**items[file]["properties"], **asset_of(file, items)}
        assert ours["proj:shape"] == said["proj:shape"]
        assert ours["proj:transform"] == pytest.approx(said["proj:transform"][:6])
        assert crs_of(ours) == crs_of(said)


@pytest.mark.parametrize("path", BOXES, ids=named)
def test_boxes_are_those_of_the_makers_documents(items, path):
    found, files = theirs(path)
    ours = items[next(iter(files))]["bbox"]
    if (named(path), "bbox") in DIFFERENCES:
        assert ours[::2] == found["bbox"][::2]
        assert ours[1] < found["bbox"][1]
    else:
        assert ours == pytest.approx(found["bbox"], abs=0.01)


@pytest.mark.parametrize("path", [*EXPECTED, RASTERS / "sentinel2-libya" / "item.json"], ids=named)
def test_times_are_those_of_the_makers_documents(items, path):
    found, files = theirs(path)
    ours = times_of(items[next(iter(files))])
    if (named(path), "time") in DIFFERENCES:
        assert ours[0] <= found["properties"]["datetime"] <= ours[1]
    else:
        assert ours == times_of(found)


def test_differences_are_three_at_most_and_of_documents_that_are_there():
    assert len(DIFFERENCES) <= 3
    assert {RASTERS / name for name, _ in DIFFERENCES} <= set(EXPECTED)
