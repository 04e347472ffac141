"""Which files make which item."""

import os
from collections import Counter

import pytest

from django_stac.exceptions import InvalidParameter, UnreadableRaster
from django_stac.raster.discover import scenes
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


@pytest.fixture
def folder(tmp_path):
    def filled(*names):
        for name in names:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        return tmp_path

    return filled


def found(*paths, group_by=None):
    return {scene.id: [path.name for path in scene.rasters] for scene in scenes(paths, group_by=group_by)}


def test_one_file_is_one_item(folder):
    assert found(folder("b.tif", "a.TIFF", "c.jp2")) == {"a": ["a.TIFF"], "b": ["b.tif"], "c": ["c.jp2"]}


def test_folders_are_walked_in_the_order_of_names(folder):
    assert list(found(folder("z/1.tif", "a/2.tif", "m.tif"))) == ["m", "2", "1"]


def test_files_of_other_kinds_are_never_items(folder):
    names = [
        "a.tif",
        "a.tif.aux.xml",
        "a.tif.ovr",
        "a.tfw",
        "a.json",
        "a.txt",
        "README.md",
        "a.png",
        "photo.jpg",
        "a.vrt",
    ]
    assert found(folder(*names)) == {"a": ["a.tif"]}


def test_hidden_files_and_folders_are_passed_over(folder):
    assert found(folder(".hidden.tif", ".cache/b.tif", "._a.tif", "a.tif")) == {"a": ["a.tif"]}


def test_symbolic_links_may_loop(folder):
    top = folder("sub/a.tif")
    (top / "sub" / "again").symlink_to(top, target_is_directory=True)
    assert found(top) == {"a": ["a.tif"]}


def test_a_file_named_twice_is_read_once(folder):
    top = folder("a.tif")
    assert len(scenes([top, top / "a.tif", top / ".." / top.name / "a.tif"])) == 1


def test_two_files_may_claim_one_id(folder):
    assert [scene.id for scene in scenes([folder("x/a.tif", "y/a.tif")])] == ["a", "a"]


def test_no_folder_no_scene(folder):
    with pytest.raises(UnreadableRaster, match=r"^nowhere\.tif: there is no such file or folder"):
        scenes([folder() / "nowhere.tif"])


def test_a_path_that_no_system_takes_is_named(folder):
    with pytest.raises(UnreadableRaster, match=r"^a+: cannot be opened"):
        scenes([folder() / ("a" * 300)])


def test_an_empty_folder_has_no_scenes(folder):
    assert scenes([folder()]) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_may_not_be_listed_is_named(folder):
    top = folder("locked/a.tif")
    (top / "locked").chmod(0)
    with pytest.raises(UnreadableRaster, match="locked"):
        scenes([top])


@pytest.mark.parametrize(
    "names",
    [
        ["S_20200101_B1.tif", "S_20200101_B10.tif", "S_20200101_BQA.tif"],
        ["S_20200101_SR_B3.TIF", "S_20200101_QA_PIXEL.TIF", "S_20200101_ST_ATRAN.TIF"],
        ["S_20200101_B02_10m.jp2", "S_20200101_B8A_20m.jp2", "S_20200101_TCI_10m.jp2"],
        ["S_20200101-red.tif", "S_20200101-nir.tif"],
        ["S_20200101.VV.tif", "S_20200101.VH.tif"],
    ],
)
def test_files_that_differ_in_a_band_token_are_one_item(folder, names):
    assert found(folder(*names)) == {"S_20200101": sorted(names)}


def test_layers_of_a_known_product_are_one_item_in_their_makers_order(folder):
    ending = "_-91095_1807575_15000.tif"
    names = [f"2021_30m_cdls{ending}", f"2021_30m_confidence_layer{ending}"]
    assert found(folder(*names)) == {"2021_30m_-91095_1807575_15000": names}
    names = ["oisst-avhrr-v02r01.20220913-sst.tif", "oisst-avhrr-v02r01.20220913-err.tif"]
    assert found(folder(*names))["oisst-avhrr-v02r01.20220913"] == names


def test_what_only_looks_like_a_product_is_not_joined(folder):
    assert len(found(folder("map-sst.tif", "map-ice.tif", "x_LCPRI.tif", "x_LCSEC.tif", "2021_cdls.tif"))) == 5


def test_a_lone_file_keeps_its_band_token(folder):
    assert found(folder("S_B4.tif", "T_B4.tif")) == {"S_B4": ["S_B4.tif"], "T_B4": ["T_B4.tif"]}


def test_a_lone_band_with_its_product_metadata_is_the_product(folder):
    (scene,) = scenes([folder("S_B4.tif", "S_MTL.txt")])
    assert (scene.id, [path.name for path in scene.sidecars]) == ("S", ["S_MTL.txt"])


def test_files_named_only_by_their_band_take_the_name_of_the_folder(folder):
    assert found(folder("scene-7/B01.tif", "scene-7/TCI.tif")) == {"scene-7": ["B01.tif", "TCI.tif"]}


def test_bands_of_different_folders_are_different_items(folder):
    ids = [scene.id for scene in scenes([folder("x/S_B1.tif", "x/S_B2.tif", "y/S_B1.tif", "y/S_B2.tif")])]
    assert ids == ["S", "S"]


def test_other_endings_do_not_join_files(folder):
    assert len(found(folder("dc_dsm.tif", "dc_dtm.tif", "map_left.tif", "map_right.tif"))) == 4


def test_a_sentinel_2_product_is_one_item_across_its_folders(folder):
    safe = "S2A_MSIL2A_20200318T092029.SAFE"
    image = f"{safe}/GRANULE/L2A/IMG_DATA"
    bands = [f"{image}/R10m/T_B02_10m.jp2", f"{image}/R20m/T_B02_20m.jp2", f"{safe}/GRANULE/L2A/QI_DATA/MSK_20m.jp2"]
    (scene,) = scenes([folder(f"{safe}/MTD_MSIL2A.xml", *bands)])
    assert (scene.id, len(scene.rasters)) == ("S2A_MSIL2A_20200318T092029", 3)
    assert [path.name for path in scene.sidecars] == ["MTD_MSIL2A.xml"]


def test_a_sidecar_belongs_to_the_file_it_is_named_after(folder):
    first, second = scenes([folder("a.tif", "a.xml", "b.tif", "b.tif.json", "expected_a.json", "metadata.xml")])
    assert [path.name for path in first.sidecars] == ["a.xml"]
    assert [path.name for path in second.sidecars] == ["b.tif.json"]


def test_metadata_of_the_folder_belong_to_its_only_scene(folder):
    (scene,) = scenes([folder("S_B1.tif", "S_B2.tif", "metadata.xml", "notes.txt")])
    assert [path.name for path in scene.sidecars] == ["metadata.xml"]


def test_a_stac_item_describes_the_folder_it_lies_in_but_an_expected_one_does_not(folder):
    (scene,) = scenes([folder("B01.tif", "B02.tif", "item.json", "expected_item.json")])
    assert [path.name for path in scene.sidecars] == ["item.json"]


def test_many_files_are_grouped_in_linear_time(folder):
    names = [f"m_{number}.{suffix}" for number in range(3000) for suffix in ("tif", "xml")]
    found = scenes([folder(*names)])
    assert len(found) == 3000
    assert all(len(scene.sidecars) == 1 for scene in found)


def test_grouping_by_file_splits_bands(folder):
    assert list(found(folder("S_B1.tif", "S_B2.tif"), group_by="file")) == ["S_B1", "S_B2"]


def test_grouping_by_stem_drops_the_token_of_a_lone_file(folder):
    assert list(found(folder("S_B1.tif", "T.tif"), group_by="stem")) == ["S", "T"]


def test_grouping_by_folder_takes_its_name(folder):
    assert list(found(folder("x/a.tif", "x/b.tif", "y/c.tif"), group_by="folder")) == ["x", "y"]


def test_grouping_by_expression_takes_its_first_group(folder):
    top = folder("oisst.20220913-sst.tif", "oisst.20220913-ice.tif")
    assert list(found(top, group_by=r"(.*)-\w+$")) == ["oisst.20220913"]


def test_grouping_by_expression_without_a_group_takes_the_match(folder):
    assert found(folder("x/a_T31_1.tif", "y/b_T31_2.tif"), group_by=r"T\d+") == {"T31": ["a_T31_1.tif", "b_T31_2.tif"]}


def test_what_the_expression_does_not_match_stands_alone(folder):
    assert list(found(folder("a_T31.tif", "other.tif"), group_by=r"T\d+")) == ["T31", "other"]


def test_a_bad_expression_is_refused(folder):
    with pytest.raises(InvalidParameter, match="no regular expression"):
        scenes([folder("a.tif")], group_by="(")


@needs_shared
@pytest.mark.parametrize(
    ("place", "sizes"),
    [
        ("ucayali-landsat", {1: 8}),
        ("prairie-naip", {1: 3}),
        ("canberra-landsat5", {6: 1}),
        ("landsat8-c2-colombia", {4: 1}),
        ("newyork-landsat8-2018", {12: 10}),
        ("worldcover-2021", {1: 1}),
        ("everglades-mangrove-2020", {1: 1}),
        ("sentinel2-libya", {3: 1}),
        ("naip-usa", {1: 3}),
        ("fishbourne-sentinel2", {1: 1}),
        ("elevation", {1: 4}),
        ("arctic-sea-ice", {3: 1}),
        ("global-sst", {3: 1}),
        ("hawaii-lcmap-2020", {4: 1}),
        ("kansas-cropland-2021", {2: 4}),
        ("olinda", {1: 2}),
        ("misc", {1: 4}),
    ],
)
def test_real_folders_group_as_their_owners_see_them(place, sizes):
    assert Counter(len(scene.rasters) for scene in scenes([RASTERS / place])) == sizes


@needs_shared
def test_real_scenes_are_named_by_their_common_stem():
    (canberra,) = scenes([RASTERS / "canberra-landsat5"])
    (colombia,) = scenes([RASTERS / "landsat8-c2-colombia"])
    assert canberra.id == "LS5_TM_NBAR_P54_GANBAR01-002_090_084_19920323"
    assert colombia.id == "LC08_L2SP_008059_20191201_20200825_02_T1"
