"""The demo's scenes: complete GeoTIFFs of a country whose seasons, weather and changes make sense."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from hypothesis import given
from hypothesis import strategies as st
from rasterio.enums import ColorInterp

from example_project.scenes import clouds, drainage, make_scenes, noise
from example_project.scenes.acquisitions import ACQUISITIONS
from example_project.scenes.land_cover import COVERS, cover_map
from example_project.scenes.landscape import make_landscape
from example_project.scenes.production import scenes
from example_project.scenes.raster import save
from example_project.scenes.reflectance import seen
from example_project.scenes.sunlight import illumination, sun_at

SIZE = 96
BLUE, GREEN, RED, NIR, SWIR = range(5)
COLLECTIONS = ("elevation", "land-cover", "sentinel-2-like")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("scenes")
    make_scenes(path, size=SIZE)
    return path


@pytest.fixture(scope="module")
def land():
    return make_landscape(SIZE)


def clear_day(land, text):
    """The ground on a day without clouds: (band, row, column)."""
    when = datetime.fromisoformat(text).replace(hour=10, tzinfo=UTC)
    sun = sun_at(when)
    sky = clouds.make_sky(land.grid, land.height, sun, kind=clouds.CUMULUS, cover=0, seed=1)
    return seen(land, sky, sun, year=when.year, day=when.timetuple().tm_yday)


def greenness(image):
    return (image[NIR] - image[RED]) / (image[NIR] + image[RED])


def files(folder, collection):
    return sorted((folder / collection).glob("*.tif"))


def only(folder, pattern):
    (path,) = folder.rglob(pattern)
    return path


# The files


def test_every_collection_gets_its_scenes(folder):
    assert [len(files(folder, name)) for name in COLLECTIONS] == [2, 3, 24]


def test_the_answer_lists_every_file_also_those_that_existed(folder):
    assert sorted(make_scenes(folder, size=SIZE)) == sorted(folder.rglob("*.tif"))


def test_a_scene_that_exists_is_kept(folder, tmp_path):
    kept = tmp_path / next(scenes()).path
    kept.parent.mkdir()
    kept.write_bytes(b"mine")
    make_scenes(tmp_path, size=SIZE)
    assert kept.read_bytes() == b"mine"


def test_a_second_run_writes_the_same_bytes(folder, tmp_path):
    make_landscape.cache_clear()
    make_scenes(tmp_path, size=SIZE)
    for path in folder.rglob("*.*"):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_progress_names_each_file_that_is_written(folder, tmp_path):
    lines = []
    (tmp_path / "land-cover").mkdir()
    make_scenes(tmp_path, progress=lines.append, size=SIZE)
    assert lines[0] == "1/29 elevation/dem_west.tif"
    assert len(lines) == 29


def test_nothing_is_told_when_nothing_is_written(folder):
    make_scenes(folder, progress=pytest.fail, size=SIZE)


def test_no_unfinished_file_stays_behind(folder):
    assert {path.suffix for path in folder.rglob("*.*")} == {".tif", ".xml"}


def test_a_run_that_is_cut_off_leaves_no_half_scene(tmp_path, monkeypatch):
    monkeypatch.setattr("rasterio.shutil.copy", lambda source, target, **_: target.write_bytes(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_scenes(tmp_path, size=SIZE)
    assert not list(tmp_path.rglob("*.tif"))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_scenes_are_cloud_optimised_in_utm(folder, collection):
    for path in files(folder, collection):
        with rasterio.open(path) as source:
            assert source.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            assert source.crs.to_epsg() == 32632


def test_large_scenes_have_overviews(land, tmp_path):
    picture = replace(next(scenes()).draw(land), pixels=np.zeros((1, 600, 300), np.float32))
    save(picture, tmp_path / "dem.tif")
    with rasterio.open(tmp_path / "dem.tif") as source:
        assert source.overviews(1)


# Elevation


def test_elevation_is_in_metres_with_a_date(folder):
    with rasterio.open(only(folder, "dem_west.tif")) as source:
        assert source.dtypes == ("float32",)
        assert (source.units[0], source.nodata, source.descriptions[0]) == ("m", -9999.0, "elevation")
        assert source.tags()["ACQUISITION_DATETIME"] == "2021-09-08T00:00:00Z"
        assert 550 < source.read(1).min() < 700
        assert 1500 < source.read(1).max() < 2600


def test_elevation_tiles_adjoin(folder):
    with (
        rasterio.open(only(folder, "dem_west.tif")) as west,
        rasterio.open(only(folder, "dem_east.tif")) as east,
    ):
        assert west.bounds.right == east.bounds.left
        assert west.width + east.width == SIZE


def test_mountains_stand_in_the_south(land):
    assert land.height[-SIZE // 4 :].mean() > land.height[: SIZE // 4].mean() + 500


def test_lakes_are_level(land):
    step = np.abs(np.diff(land.height, axis=1))[land.lake[:, 1:] & land.lake[:, :-1]]
    assert step.max() < 0.1


# Land cover


def test_land_cover_has_colours_and_names(folder):
    with rasterio.open(only(folder, "landcover_2023.tif")) as source:
        assert (source.dtypes, source.nodata, source.colorinterp) == (("uint8",), 0, (ColorInterp.palette,))
        assert source.colormap(1)[1] == (*COVERS[0].colour, 255)
    names = ElementTree.parse(only(folder, "landcover_2023.tif.aux.xml")).findall(".//CategoryNames/Category")
    assert [name.text for name in names] == ["No data", *(cover.name for cover in COVERS)]


def test_class_names_also_travel_inside_the_file(folder):
    with rasterio.open(only(folder, "landcover_2023.tif")) as source:
        assert source.tags()["CATEGORY_NAMES"].startswith("1: Water; 2: Coniferous forest; ")


def test_gdal_finds_the_names_of_the_classes(folder, tmp_path):
    rasterio.shutil.copy(only(folder, "landcover_2023.tif"), tmp_path / "copy.vrt", driver="VRT")
    assert "<Category>Coniferous forest</Category>" in (tmp_path / "copy.vrt").read_text()


def test_every_class_occurs(land):
    assert set(np.unique(cover_map(land, 2022))) == {cover.value for cover in COVERS}


def test_the_town_grows_and_most_of_the_land_stays(land):
    first, last = cover_map(land, 2022), cover_map(land, 2024)
    assert (last == 6).sum() > (first == 6).sum()
    assert 0.005 < (first != last).mean() < 0.1


# The time series


@pytest.mark.parametrize("acquisition", ACQUISITIONS[::6], ids=lambda acquisition: acquisition.name)
def test_a_scene_says_when_it_was_taken(folder, acquisition):
    with rasterio.open(only(folder, f"{acquisition.name}.tif")) as source:
        tags = source.tags()
    assert datetime.fromisoformat(tags["ACQUISITION_DATETIME"]) == acquisition.when
    assert tags["TIFFTAG_DATETIME"] == f"{acquisition.when:%Y:%m:%d %H:%M:%S}"


def test_bands_are_named_scaled_and_coloured(folder):
    with rasterio.open(only(folder, "S2L_20240612T101031.tif")) as source:
        assert source.descriptions == ("blue", "green", "red", "nir", "swir")
        assert source.colorinterp[:3] == (ColorInterp.blue, ColorInterp.green, ColorInterp.red)
        assert (set(source.scales), set(source.offsets), set(source.units)) == ({0.0001}, {0.0}, {"1"})
        assert (source.dtypes[0], source.nodata) == ("uint16", 0)
        assert source.tags(4, ns="IMAGERY") == {"CENTRAL_WAVELENGTH_UM": "0.842", "FWHM_UM": "0.115"}


def test_the_dates_differ_and_are_in_order():
    assert sorted({acquisition.name for acquisition in ACQUISITIONS}) == [a.name for a in ACQUISITIONS]


@pytest.mark.parametrize("acquisition", ACQUISITIONS, ids=lambda acquisition: acquisition.name)
def test_cloud_cover_is_what_was_ordered(folder, acquisition):
    with rasterio.open(only(folder, f"{acquisition.name}.tif")) as source:
        assert float(source.tags()["CLOUD_COVER"]) == pytest.approx(acquisition.cover, abs=0.5)


def test_outside_the_swath_there_is_no_data(folder):
    with rasterio.open(only(folder, "S2L_20240220T100941.tif")) as source:
        mask = source.dataset_mask()
    assert not mask[:, 0].any()
    assert mask[:, -1].all()


def test_a_pixel_without_data_is_so_in_every_band(folder):
    for path in files(folder, "sentinel-2-like"):
        with rasterio.open(path) as source:
            empty = source.read() == 0
        assert (empty.all(axis=0) == empty.any(axis=0)).all()


def test_june_is_greener_than_january(land):
    june, january = greenness(clear_day(land, "2024-06-12")), greenness(clear_day(land, "2024-01-15"))
    assert june[~land.lake].mean() > january[~land.lake].mean() + 0.3


def test_conifers_stay_green_while_broadleaved_trees_turn(land):
    wood = (land.wood > 0.2) & (land.height < 900)
    change = greenness(clear_day(land, "2024-06-12")) - greenness(clear_day(land, "2024-10-25"))
    assert change[wood & (land.broadleaved > 0.8)].mean() > change[wood & (land.broadleaved < 0.2)].mean() + 0.1


def test_fields_are_bare_after_the_harvest(land):
    field = cover_map(land, 2024) == 5
    assert (
        greenness(clear_day(land, "2024-06-12"))[field].mean()
        > greenness(clear_day(land, "2024-09-05"))[field].mean() + 0.1
    )


def test_snow_lies_high_in_may_and_low_in_january(land):
    may, january = clear_day(land, "2024-05-08")[BLUE], clear_day(land, "2024-01-15")[BLUE]
    plain, summit = (land.height < 750) & ~land.lake, land.height > 1950
    assert may[plain].mean() < 0.15 < may[summit].mean()
    assert january[plain].mean() > 0.2


def test_snow_is_dark_in_the_short_wave_infrared(land):
    summit = clear_day(land, "2024-01-15")[:, land.height > 1950]
    assert summit[GREEN].mean() > 2 * summit[SWIR].mean()


def cloudy_day(land, cover):
    when = datetime(2024, 6, 12, 10, tzinfo=UTC)
    sky = clouds.make_sky(land.grid, land.height, sun_at(when), kind=clouds.BROKEN, cover=cover, seed=5)
    return sky, seen(land, sky, sun_at(when), year=2024, day=164)


def test_clouds_are_bright_and_their_shadows_dark(land):
    (sky, cloudy), clear = cloudy_day(land, 30), clear_day(land, "2024-06-12")
    shaded = (sky.shade > 0.8) & (sky.opacity < 0.05)
    assert cloudy[BLUE][sky.opacity > 0.5].mean() > clear[BLUE][sky.opacity > 0.5].mean() + 0.1
    assert cloudy[NIR][shaded].mean() < 0.8 * clear[NIR][shaded].mean()


def test_fog_fills_the_valleys(land):
    sun = sun_at(datetime(2024, 1, 11, 10, tzinfo=UTC))
    fog = clouds.make_sky(land.grid, land.height, sun, kind=clouds.FOG, cover=40, seed=3).opacity > 0.5
    assert land.height[fog].max() < land.height[~fog].max()
    assert land.height[fog].mean() < land.height[~fog].mean() - 300


# What they are made of


def test_the_sun_stands_south_at_midday_and_high_in_summer():
    summer, winter = (sun_at(datetime(2024, month, 21, 11, 15, tzinfo=UTC)) for month in (6, 12))
    assert summer.azimuth == pytest.approx(180, abs=2)
    assert (summer.elevation, winter.elevation) == pytest.approx((65.8, 18.9), abs=0.5)


def test_slopes_that_face_the_sun_are_lighter(land):
    ridge = np.minimum(np.arange(SIZE), SIZE - np.arange(SIZE))[:, None].astype(np.float32) * 40
    light = illumination(np.repeat(ridge, SIZE, axis=1), land.grid, sun_at(datetime(2024, 3, 21, 11, tzinfo=UTC)))
    assert light[SIZE * 3 // 4].mean() > 1 > light[SIZE // 4].mean()


def test_noise_is_the_same_country_at_any_size():
    large, small = noise.fractal(7, 128, cells=4), noise.fractal(7, 64, cells=4)
    halved = large.reshape(64, 2, 64, 2).mean(axis=(1, 3))
    assert np.corrcoef(halved.ravel(), small.ravel())[0, 1] > 0.99


def test_enlarging_keeps_a_plane_and_the_heights():
    field = noise.enlarge(np.full((9, 9), 5, np.float32), 40)
    assert field.shape == (40, 40)
    assert np.allclose(field, 5)


@given(st.integers(0, 2**32 - 1))
def test_all_water_leaves_a_flooded_surface_over_its_rim(seed):
    surface = drainage.flooded(np.random.default_rng(seed).random((9, 11)))
    target, _ = drainage.receivers(surface)
    pits = np.flatnonzero(target == np.arange(target.size))
    rows, columns = np.unravel_index(pits, surface.shape)
    assert all(row in (0, 8) or column in (0, 10) for row, column in zip(rows, columns, strict=True))
    assert drainage.catchments(target)[pits].sum() == surface.size


def test_a_catchment_counts_all_that_drains_through():
    heights = np.array([[3.0, 2.0, 1.0, 0.0]])
    target, way = drainage.receivers(heights)
    assert drainage.catchments(target).tolist() == [1, 2, 3, 4]
    assert way.tolist() == [1, 1, 1, 1]


def test_descending_solves_from_the_root_up():
    target, share = np.array([1, 2, 2]), np.array([0.5, 0.5, 0.0])
    assert drainage.descend(target, np.array([1.0, 1.0, 8.0]), share).tolist() == [3.5, 5.0, 8.0]


def test_module_needs_no_django():
    package = Path(make_scenes.__code__.co_filename).parent
    assert not [path.name for path in package.glob("*.py") if "django" in path.read_text().replace("django-stac", "")]
