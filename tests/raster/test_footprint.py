"""Footprints in WGS 84, against boxes that were computed another way."""

import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.warp import transform as warp
from rasterio.warp import transform_bounds
from shapely.geometry import shape

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.discover import scenes
from django_stac.raster.footprint import footprint_of, to_wgs84
from django_stac.raster.item import ReadOptions, read_scene
from django_stac.raster.outline import edge_of
from django_stac.raster.read import Grid, grid_of, opened
from django_stac.spec.geometry import bbox_of, geometry_problems
from tests.raster.conftest import write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


def footprint(path):
    with opened(path) as dataset:
        grid = grid_of(path, dataset, None)
    return footprint_of(edge_of(grid), grid.crs, max(grid.width, grid.height), path.name)


def covers(geometry, longitude, latitude):
    return shape(geometry).covers(shapely.Point(longitude, latitude))


@pytest.mark.parametrize("quirk", ["plain", "rotated", "south_up", "mercator_world", "one_pixel"])
def test_the_box_is_that_of_a_dense_transformation(quirks, quirk):
    with rasterio.open(quirks[quirk]) as dataset:
        a, b, c, d, e, f = tuple(dataset.transform)[:6]
        corners = [(row, column) for row in (0, dataset.height) for column in (0, dataset.width)]
        x = [a * column + b * row + c for row, column in corners]
        y = [d * column + e * row + f for row, column in corners]
        expected = transform_bounds(dataset.crs, "EPSG:4326", min(x), min(y), max(x), max(y), densify_pts=101)
    box = bbox_of(footprint(quirks[quirk]))
    slack = 1e-6 if quirk != "rotated" else 1e-4
    assert box == pytest.approx(expected, abs=slack)


@pytest.mark.parametrize(
    "quirk",
    [
        "plain",
        "rotated",
        "south_up",
        "antimeridian",
        "antimeridian_utm",
        "pacific",
        "north_pole",
        "south_pole",
        "pole_corner",
    ],
)
def test_footprints_are_sound_and_run_anticlockwise(quirks, quirk):
    geometry = footprint(quirks[quirk])
    assert geometry_problems(geometry) == []
    assert shape(geometry).is_valid
    parts = getattr(shape(geometry), "geoms", [shape(geometry)])
    assert all(part.exterior.is_ccw for part in parts)


def test_a_raster_over_the_antimeridian_is_cut_there(quirks):
    geometry = footprint(quirks["antimeridian"])
    assert geometry["type"] == "MultiPolygon"
    assert bbox_of(geometry) == [178, -20, -176, -16]


def test_a_projected_raster_over_the_antimeridian_is_cut_there(quirks):
    geometry = footprint(quirks["antimeridian_utm"])
    west, _, east, _ = bbox_of(geometry)
    assert geometry["type"] == "MultiPolygon"
    assert 170 < west < 180
    assert -180 < east < -170


@pytest.mark.parametrize(
    ("crs", "transform", "box"),
    [
        ("EPSG:32601", Affine(20_000, 0, 100_000, 0, -20_000, 5e6), None),
        ("EPSG:32660", Affine(20_000, 0, 600_000, 0, -20_000, 5e6), None),
        ("EPSG:4326", Affine(0.5, 0, 178, 0, -0.5, -16), [178, -20, -176, -16]),
        ("EPSG:4326", Affine(0.5, 0, -184, 0, -0.5, -16), [176, -20, -178, -16]),
        ("EPSG:4326", Affine(20, 0, 60, 0, -10, 80), [60, 0, -60, 80]),
        ("EPSG:3832", Affine(200_000, 0, 2_000_000, 0, -200_000, 2e6), None),
    ],
    ids=["UTM 1", "UTM 60", "beyond 180", "beyond -180", "0 to 360", "Pacific Mercator"],
)
def test_the_item_of_a_raster_across_180_degrees_is_cut_there(tmp_path, crs, transform, box):
    path = write(tmp_path / "across_2020.tif", crs=crs, transform=transform)
    (scene,) = scenes([path])
    item = read_scene(scene, ReadOptions()).item
    west, _, east, _ = item["bbox"]
    assert (item["geometry"]["type"], len(item["geometry"]["coordinates"])) == ("MultiPolygon", 2)
    assert -180 < east < west < 180
    assert box is None or item["bbox"] == box


def test_longitudes_from_0_to_360_become_the_whole_world(quirks):
    assert bbox_of(footprint(quirks["pacific"])) == [-180, -90, 180, 90]


def test_a_raster_around_the_north_pole_holds_the_pole(quirks):
    geometry = footprint(quirks["north_pole"])
    assert bbox_of(geometry)[::2] == [-180, 180]
    assert bbox_of(geometry)[3] == 90
    assert all(covers(geometry, longitude, 89.5) for longitude in range(-180, 181, 30))


def test_a_raster_around_the_south_pole_holds_the_pole(quirks):
    geometry = footprint(quirks["south_pole"])
    assert bbox_of(geometry)[1] == -90
    assert not covers(geometry, 0, 0)


def test_a_raster_with_the_pole_at_its_corner_is_a_sector(quirks):
    geometry = footprint(quirks["pole_corner"])
    assert bbox_of(geometry)[3] == 90
    assert shape(geometry).area < 120


def test_edges_bend_as_the_projection_does(quirks):
    """Half a pixel is allowed; a corner-to-corner line would be tens of kilometres off."""
    outline, crs = shapely.box(200_000, 5_000_000, 800_000, 5_600_000), CRS.from_epsg(32631)
    geometry = footprint_of(outline, crs, 6000, "wide.tif")
    x = np.linspace(200_000, 800_000, 500)
    longitudes, latitudes = warp(crs, "EPSG:4326", x, np.full(500, 5_600_000.0))
    off = [shape(geometry).exterior.distance(shapely.Point(point)) for point in zip(longitudes, latitudes, strict=True)]
    assert max(off) < 0.0006


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from([*range(32601, 32661), *range(32701, 32761), 3857, 3413, 3031, 6933]),
    place=st.tuples(st.floats(-3, 3), st.floats(-78, 78)),
    side=st.sampled_from([1e3, 1e5, 8e5]),
    turn=st.floats(-0.5, 0.5),
)
def test_every_pixel_lies_inside_the_footprint(zone, place, side, turn):
    crs, (longitude, latitude) = CRS.from_epsg(zone), place
    longitude += (zone % 100) * 6 - 183 if 32600 < zone < 32800 else 0
    (x,), (y,) = warp("EPSG:4326", crs, [longitude], [latitude])[:2]
    pixel = side / 100
    transform = Affine(pixel, pixel * turn, x - side / 2, pixel * turn, -pixel, y + side / 2)
    area = Grid(crs=crs, transform=transform, width=100, height=100, measured=True)
    geometry = shape(footprint_of(edge_of(area), crs, 100, "any.tif"))
    columns, rows = np.meshgrid(np.arange(1.5, 99), np.arange(1.5, 99))
    pixels = to_wgs84(area.place(np.column_stack([columns.ravel(), rows.ravel()])), crs)
    pixels[:, 0] = (pixels[:, 0] + 180) % 360 - 180
    assert geometry.is_valid
    assert shapely.covers(geometry, shapely.points(pixels)).all()


def test_a_straight_edge_needs_no_extra_points(quirks):
    assert len(footprint(quirks["plain"])["coordinates"][0]) == 5


def test_degrees_keep_seven_digits(quirks):
    numbers = np.array(footprint(quirks["rotated"])["coordinates"]).ravel().tolist()
    assert all(number == round(number, 7) for number in numbers)


@pytest.mark.parametrize("quirk", ["off_the_earth", "wrong_crs"])
def test_a_place_off_the_earth_is_refused(quirks, quirk):
    with pytest.raises(UnreadableRaster, match=rf"^{quirk}_20200514\.tif: its corners have no place on the Earth"):
        footprint(quirks[quirk])


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "ucayali-landsat/1985.tif",
        "prairie-naip/m_4709963_se_14_1_20090818.tif",
        "kansas-cropland-2021/2021_30m_cdls_-106095_1807575_15000.tif",
        "hawaii-lcmap-2020/LCMAP_HI_000000_2020_20210722_V10_LCPRI.tif",
        "elevation/swiss_dem.tif",
        "elevation/dc_dsm.tif",
        "olinda/L7_ETMs.tif",
        "misc/canada_landcover_2015.tif",
        "global-sst/oisst-avhrr-v02r01.20220913-sst.tif",
    ],
)
def test_real_boxes_agree_with_a_dense_transformation(name):
    with rasterio.open(RASTERS / name) as dataset:
        expected = transform_bounds(dataset.crs, "EPSG:4326", *dataset.bounds, densify_pts=101)
        half = max(expected[3] - expected[1], expected[2] - expected[0]) / min(dataset.shape) / 2
    assert bbox_of(footprint(RASTERS / name)) == pytest.approx(expected, abs=max(half, 1e-6))


@needs_shared
def test_the_arctic_is_the_cap_that_its_makers_say():
    assert bbox_of(footprint(next((RASTERS / "arctic-sea-ice").glob("*-cdr_*"))))[::2] == [-180, 180]


@needs_shared
def test_the_disk_of_a_weather_satellite_is_what_it_sees():
    (scene,) = [scene for scene in scenes([RASTERS / "misc"]) if scene.id == "goes_fulldisk"]
    first = read_scene(scene, ReadOptions(datetime="2020"))
    assert covers(first.item["geometry"], -75, 0)
    assert not covers(first.item["geometry"], 105, 0)
    # As the makers say of GOES East: one pixel of this raster at the poles' horizon is more than two degrees.
    assert first.item["bbox"][::2] == pytest.approx([-156.2995, 6.2995], abs=0.5)
    assert first.item["bbox"][1::2] == pytest.approx([-81.3282, 81.3282], abs=2)


@needs_shared
def test_an_edge_off_the_earth_leaves_what_lies_on_it():
    geometry = footprint(RASTERS / "misc" / "goes_fulldisk.tif")
    assert bbox_of(geometry) == pytest.approx([-156, -81, 6, 81], abs=4)
