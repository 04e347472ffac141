"""A scene's files become one sound STAC item."""

import hashlib
import json
import shutil

import jsonschema_rs
import pytest
import rasterio

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.discover import Scene, scenes
from django_stac.raster.item import ReadOptions, read_scene
from django_stac.spec.datetimes import parse_instant
from django_stac.validation.core import core_problems
from tests.raster.conftest import write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"
SCHEMAS = SHARED / "data" / "schemas"
READABLE = (
    *("plain", "rotated", "south_up", "antimeridian", "north_pole", "one_pixel", "swath", "alpha", "rgb", "named_bgr"),
    *(
        "nodata_nan",
        "all_nodata",
        "complex",
        "uint64",
        "infinite",
        "extreme",
        "scaled",
        "four_bit",
        "colour_table",
        "legend",
    ),
)


def read(path, **options):
    (scene,) = scenes([path])
    return read_scene(scene, ReadOptions(**options))


def extension_problems(item):
    """Check an item against the schemas of its extensions, from a local copy."""
    places = json.loads((SCHEMAS / "schema_map.json").read_text())

    def local(uri):
        return json.loads((SCHEMAS / places[uri.removesuffix("#")]).read_text())

    for uri in item["stac_extensions"]:
        validator = jsonschema_rs.validator_for(local(uri), retriever=local)
        yield from (f"{uri}: {error.message}" for error in validator.iter_errors(item))


# Sound documents


@pytest.mark.parametrize("quirk", READABLE)
def test_every_item_is_a_valid_core_item(quirks, quirk):
    item = read(quirks[quirk]).item
    assert core_problems(item) == []
    assert json.loads(json.dumps(item, allow_nan=False)) == item


@needs_shared
@pytest.mark.parametrize("quirk", READABLE)
def test_every_item_is_valid_for_its_extensions(quirks, quirk):
    assert list(extension_problems(read(quirks[quirk]).item)) == []


@pytest.mark.parametrize("quirk", ["plain", "colour_table", "nodata_nan", "swath"])
def test_reading_twice_gives_the_same(quirks, quirk):
    assert read(quirks[quirk]) == read(quirks[quirk])


def test_a_renewed_file_time_changes_nothing(tmp_path, quirks):
    copy = tmp_path / quirks["plain"].name
    shutil.copy(quirks["plain"], copy)
    assert read(copy).item == read(quirks["plain"]).item


def test_only_extensions_in_use_are_listed(quirks):
    def extensions(quirk):
        return {uri.split("/")[3] for uri in read(quirks[quirk]).item["stac_extensions"]}

    assert extensions("plain") == {"file", "projection", "raster"}
    assert extensions("rgb") == {"eo", "file", "projection", "raster"}
    assert extensions("colour_table") == {"classification", "file", "projection", "raster"}


# Assets


def test_a_lone_file_is_the_asset_data(quirks):
    reading = read(quirks["plain"])
    asset = reading.item["assets"]["data"]
    assert reading.files == {"data": quirks["plain"]}
    assert (asset["href"], asset["title"], asset["roles"]) == (quirks["plain"].name, quirks["plain"].name, ["data"])
    assert asset["type"] == "image/tiff; application=geotiff"


def test_size_and_checksum_are_those_of_the_file(quirks):
    asset = read(quirks["plain"]).item["assets"]["data"]
    content = quirks["plain"].read_bytes()
    assert asset["file:size"] == len(content)
    assert asset["file:checksum"] == "1220" + hashlib.sha256(content).hexdigest()


def test_a_cog_says_so(tmp_path):
    path = write(tmp_path / "a_2020.tif", driver="COG")
    assert read(path).item["assets"]["data"]["type"] == "image/tiff; application=geotiff; profile=cloud-optimized"


def test_assets_of_several_files_are_named_by_their_band(tmp_path):
    for band in ("B1", "B10", "QA_PIXEL"):
        write(tmp_path / f"S_20200514_{band}.tif")
    reading = read(tmp_path)
    assert list(reading.files) == list(reading.item["assets"]) == ["B1", "B10", "QA_PIXEL"]
    assert reading.item["assets"]["B10"]["bands"][0]["name"] == "B10"


def test_bands_of_a_known_satellite_have_their_common_names(tmp_path):
    for band in ("B4", "B5", "QA_PIXEL"):
        write(tmp_path / f"LC08_L2SP_20200514_{band}.tif")
    assets = read(tmp_path).item["assets"]
    assert [asset["title"] for asset in assets.values()] == [
        *("Red (B4)", "Near infrared 0.8 µm (B5)", "Pixel quality (QA_PIXEL)"),
    ]
    assert [asset["bands"][0].get("eo:common_name") for asset in assets.values()] == ["red", "nir08", None]


def test_the_metadata_may_tell_the_satellite(tmp_path):
    for band in ("B1", "B3"):
        write(tmp_path / f"S_20200514_{band}.tif")
    (tmp_path / "S_20200514_MTL.txt").write_text('SPACECRAFT_ID = "LANDSAT_5"\n')
    assets = read(tmp_path).item["assets"]
    assert [assets[band]["title"] for band in ("B1", "B3")] == ["Blue (B1)", "Red (B3)"]


def test_bands_of_an_unknown_satellite_have_none(tmp_path):
    for band in ("B3", "B4"):
        write(tmp_path / f"S_20200514_{band}.tif")
    assets = read(tmp_path).item["assets"]
    assert [asset["title"] for asset in assets.values()] == ["Band B3", "Band B4"]
    assert not any("eo:common_name" in asset["bands"][0] for asset in assets.values())


def test_assets_of_a_free_group_are_named_by_what_differs(tmp_path):
    write(tmp_path / "sst.20200514-ice.tif")
    write(tmp_path / "sst.20200514-err.tif")
    (scene,) = scenes([tmp_path], group_by=r"(.*)-\w+$")
    assert list(read_scene(scene, ReadOptions()).files) == ["err", "ice"]


def test_no_two_assets_share_a_key(tmp_path):
    same = [write(tmp_path / folder / "S_2020_B1.tif") for folder in "wxyz"]
    reading = read_scene(Scene(id="all", rasters=tuple(same)), ReadOptions())
    assert reading.files == dict(zip(["B1", "S_2020_B1", "S_2020_B1-2", "S_2020_B1-3"], same, strict=True))


def test_a_scene_covers_all_its_files(tmp_path):
    write(tmp_path / "S_2020_B1.tif", transform=rasterio.Affine(10, 0, 600_000, 0, -10, 5_800_000))
    write(tmp_path / "S_2020_B2.tif", transform=rasterio.Affine(10, 0, 601_000, 0, -10, 5_800_000))
    item = read(tmp_path).item
    alone = read(tmp_path / "S_2020_B1.tif").item
    assert item["bbox"][2] - item["bbox"][0] > 5 * (alone["bbox"][2] - alone["bbox"][0])


def test_projection_fields_that_all_assets_share_stand_on_the_item(tmp_path):
    write(tmp_path / "S_2020_B1.tif")
    write(tmp_path / "S_2020_B8.tif", transform=rasterio.Affine(5, 0, 600_000, 0, -5, 5_800_000))
    properties = read(tmp_path).item["properties"]
    assert (properties["proj:code"], properties["gsd"]) == ("EPSG:32631", 5)
    assert "proj:transform" not in properties


# Properties


def test_nothing_is_invented(quirks):
    item = read(quirks["plain"]).item
    assert set(item["properties"]) == {"datetime", "gsd", "proj:code", "proj:shape", "proj:transform", "proj:bbox"}
    assert "collection" not in item
    assert item["links"] == []


def test_the_date_may_come_from_the_tags(tmp_path):
    path = write(tmp_path / "a.tif", tags={"time_start": "2021-01-01T00:00:00Z", "time_end": "2021-12-31T23:59:59Z"})
    properties = read(path).item["properties"]
    assert properties["datetime"] is None
    assert (properties["start_datetime"], properties["end_datetime"]) == (
        "2021-01-01T00:00:00Z",
        "2021-12-31T23:59:59Z",
    )


def test_clouds_and_sun_come_from_the_tags(tmp_path):
    path = write(tmp_path / "a_2020.tif", tags={"CLOUD_COVER": "9.5", "SUN_ELEVATION": "44", "SENSOR_ID": "MSI"})
    item = read(path).item
    fields = ("eo:cloud_cover", "view:sun_elevation", "instruments")
    assert [item["properties"][field] for field in fields] == [9.5, 44, ["msi"]]
    assert {uri.split("/")[3] for uri in item["stac_extensions"]} == {"eo", "file", "projection", "raster", "view"}
    assert core_problems(item) == []


def test_clouds_and_sun_of_a_wrong_form_are_passed_over(tmp_path):
    item = read(write(tmp_path / "a_2020.tif", tags={"CLOUD_COVER": "some", "SUN_AZIMUTH": "400"})).item
    assert not [field for field in item["properties"] if field.startswith(("eo:", "view:"))]
    assert not [uri for uri in item["stac_extensions"] if "/eo/" in uri or "/view/" in uri]


@needs_shared
def test_items_with_clouds_and_sun_are_valid_for_their_extensions(tmp_path):
    tags = {"CLOUD_COVER": "9.5", "SUN_ELEVATION": "44", "SUN_AZIMUTH": "-20", "SPACECRAFT_ID": "LANDSAT_8"}
    assert list(extension_problems(read(write(tmp_path / "a_2020.tif", tags=tags)).item)) == []


def test_an_undated_file_is_refused(tmp_path):
    with pytest.raises(UnreadableRaster, match=r"^a\.tif: has no acquisition date"):
        read(write(tmp_path / "a.tif"))


def test_a_name_that_cannot_be_an_id_is_refused(tmp_path, quirks):
    path = tmp_path / "a\udcff_2020.tif"
    try:
        shutil.copy(quirks["plain"], path)
    except OSError:
        pytest.skip("this file system wants UTF-8")
    with pytest.raises(UnreadableRaster, match="not printable UTF-8: rename it"):
        read(path)


# Real scenes


@needs_shared
def test_a_real_landsat_scene_tells_its_conditions():
    item = read(RASTERS / "landsat8-c2-colombia").item
    assert (item["properties"]["platform"], item["properties"]["eo:cloud_cover"]) == ("landsat-8", 81.02)
    assert [asset["title"] for asset in item["assets"].values()] == [
        *("Pixel quality (QA_PIXEL)", "Green (SR_B3)", "Red (SR_B4)", "Near infrared 0.8 µm (SR_B5)"),
        *("LC08_L2SP_008059_20191201_20200825_02_T1_MTL.json", "LC08_L2SP_008059_20191201_20200825_02_T1_MTL.xml"),
    ]


@needs_shared
@pytest.mark.parametrize(
    ("folder", "count", "options"),
    [
        ("ucayali-landsat", 8, {}),
        ("prairie-naip", 3, {}),
        ("worldcover-2021", 1, {}),
        ("everglades-mangrove-2020", 1, {}),
        ("canberra-landsat5", 1, {}),
        ("landsat8-c2-colombia", 1, {}),
        ("newyork-landsat8-2018", 10, {}),
        ("naip-usa", 3, {}),
        ("arctic-sea-ice", 1, {}),
        ("hawaii-lcmap-2020", 1, {}),
        ("global-sst", 1, {}),
        ("kansas-cropland-2021", 4, {}),
        ("sentinel2-libya", 1, {}),
        ("olinda", 2, {"default_datetime": "2000"}),
        ("misc", 4, {"datetime": "2020"}),
        ("elevation", 4, {"datetime": "2020-05-14T00:00:00Z"}),
        ("fishbourne-sentinel2", 1, {"datetime": "2020-05-14T00:00:00Z/2020-05-15T00:00:00Z"}),
    ],
)
def test_real_scenes_become_valid_items(folder, count, options):
    items = [read_scene(scene, ReadOptions(**options)).item for scene in scenes([RASTERS / folder])]
    assert len(items) == count
    assert [problem for item in items for problem in (*core_problems(item), *extension_problems(item))] == []


@needs_shared
@pytest.mark.parametrize(
    ("folder", "asset", "code"),
    [("worldcover-2021", "map", "EPSG:4326"), ("everglades-mangrove-2020", "cog", "EPSG:4326")],
)
def test_real_items_agree_with_those_of_other_makers(folder, asset, code):
    item, expected = read(RASTERS / folder).item, json.loads((RASTERS / folder / "expected_item.json").read_text())
    theirs = {**expected["properties"], **expected["assets"][asset]}
    assert item["bbox"] == pytest.approx(expected["bbox"], abs=0.01)
    assert item["properties"]["proj:code"] == code
    assert item["properties"]["proj:shape"] == theirs["proj:shape"]
    assert item["properties"]["proj:transform"] == pytest.approx(theirs["proj:transform"][:6])


@needs_shared
@pytest.mark.parametrize("folder", ["worldcover-2021", "everglades-mangrove-2020"])
def test_real_times_hold_those_of_other_makers(folder):
    ours = read(RASTERS / folder).item["properties"]
    theirs = json.loads((RASTERS / folder / "expected_item.json").read_text())["properties"]
    first, last = (theirs.get(field) or theirs["datetime"] for field in ("start_datetime", "end_datetime"))
    assert parse_instant(ours["start_datetime"]) <= parse_instant(first)
    assert parse_instant(last) <= parse_instant(ours["end_datetime"])
