"""When a scene was taken, and who is believed."""

import os

import pytest

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.acquired import acquired
from django_stac.raster.discover import Scene, scenes
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


@pytest.fixture
def scene(tmp_path):
    def made(name="scene", **sidecars):
        files = {tmp_path / f"{key}": text for key, text in sidecars.items()}
        for file, text in files.items():
            file.write_text(text)
        return Scene(id=name, rasters=(tmp_path / f"{name}.tif",), sidecars=tuple(files))

    return made


def taken(scene, tags=None, asked=None, default=None):
    properties = acquired(scene, tags or {}, asked, default)
    return properties["datetime"] or f"{properties['start_datetime']}/{properties['end_datetime']}"


def test_the_user_has_the_last_word(scene):
    assert taken(scene("s_2020"), {"time_start": "2001-01-01"}, "1999-05-06T07:08:09Z") == "1999-05-06T07:08:09Z"


def test_the_user_may_give_a_range(scene):
    asked = "1999-05-06T00:00:00+02:00/1999-06-01T00:00:00Z"
    assert taken(scene(), asked=asked) == "1999-05-05T22:00:00Z/1999-06-01T00:00:00Z"


def test_the_user_may_give_a_year_only(scene):
    assert taken(scene(), asked="1999") == "1999-01-01T00:00:00Z/1999-12-31T23:59:59Z"


def test_a_default_is_for_files_that_tell_nothing(scene):
    assert taken(scene("s_2020"), default="1999-05-06").startswith("2020-01-01")
    assert taken(scene(), default="1999-05-06") == "1999-05-06T00:00:00Z"


def test_a_default_must_be_a_date(scene):
    with pytest.raises(UnreadableRaster, match=r"^scene\.tif: --default-datetime"):
        taken(scene(), default="soon")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LCMAP_HI_000000_2020_20210722_V10_LCPRI", "2020-01-01T00:00:00Z/2020-12-31T23:59:59Z"),
        ("oisst-avhrr-v02r01.20220913-sst", "2022-09-13T00:00:00Z/2022-09-13T23:59:59Z"),
    ],
)
def test_a_known_product_stands_for_the_time_that_its_makers_say(scene, name, expected):
    assert taken(scene(name)) == expected


@pytest.mark.parametrize(
    ("asked", "reason"), [("yesterday", "RFC 3339"), ("2020-01-01T00:00:00Z/..", "both ends"), ("2020-13", "RFC 3339")]
)
def test_what_the_user_gives_must_be_a_date(scene, asked, reason):
    with pytest.raises(UnreadableRaster, match=rf"^scene\.tif: --datetime.*{reason}"):
        taken(scene(), asked=asked)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (
            {"time_start": "2021-01-01T00:00:00Z", "time_end": "2021-12-31T23:59:59Z"},
            "2021-01-01T00:00:00Z/2021-12-31T23:59:59Z",
        ),
        (
            {"time_coverage_start": "2021-01-01", "time_coverage_end": "2021-01-31"},
            "2021-01-01T00:00:00Z/2021-01-31T23:59:59Z",
        ),
        ({"NC_GLOBAL#time_coverage_start": "2021-01-01T06:00:00Z"}, "2021-01-01T06:00:00Z"),
        ({"ACQUISITIONDATETIME": "2018-01-31 15:33:59"}, "2018-01-31T15:33:59Z"),
        ({"acquisition_date": "20180131"}, "2018-01-31T00:00:00Z"),
        ({"EXIF_DateTimeOriginal": "2018:01:31 15:33:59"}, "2018-01-31T15:33:59Z"),
        ({"system:time_start": "1589451072000"}, "2020-05-14T10:11:12Z"),
        (
            {"PRODUCT_START_TIME": "2020-03-18T09:20:29.024Z", "PRODUCT_STOP_TIME": "2020-03-18T09:20:29.024Z"},
            "2020-03-18T09:20:29.024000Z",
        ),
    ],
)
def test_tags_tell_before_the_name(scene, tags, expected):
    assert taken(scene("s_1985"), tags) == expected


def test_a_tag_that_is_no_date_is_passed_over(scene):
    assert taken(scene("s_1985"), {"acquisition_date": "unknown"}).startswith("1985")


def test_the_time_of_creation_is_not_that_of_acquisition(scene):
    assert taken(scene("s_1985"), {"creation_time": "2022-10-21 07:35:40"}).startswith("1985")


def test_the_tiff_date_is_believed_last(scene):
    tags = {"TIFFTAG_DATETIME": "2022:10:21 07:35:40"}
    assert taken(scene("s_1985"), tags).startswith("1985")
    assert taken(scene("s"), tags) == "2022-10-21T07:35:40Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '    DATE_ACQUIRED = 2019-12-01\n    SCENE_CENTER_TIME = "15:13:51.8610990Z"\n',
            "2019-12-01T15:13:51.861099Z",
        ),
        ('{"A": {"DATE_ACQUIRED": "2019-12-01", "SCENE_CENTER_TIME": "15:13:51Z"}}', "2019-12-01T15:13:51Z"),
        ("<A><DATE_ACQUIRED>2019-12-01</DATE_ACQUIRED></A>", "2019-12-01T00:00:00Z"),
        (
            '<n1:SENSING_TIME metadataLevel="Standard">2020-03-18T09:26:12.1Z</n1:SENSING_TIME>',
            "2020-03-18T09:26:12.100000Z",
        ),
        ("  Single_Date/Time:\n   Calendar_Date: 20110815\n", "2011-08-15T00:00:00Z"),
        ("<timeinfo><sngdate><caldate>20220716</caldate></sngdate></timeinfo>", "2022-07-16T00:00:00Z"),
        (
            "<rngdates><begdate>20220716</begdate><enddate>20220718</enddate></rngdates>",
            "2022-07-16T00:00:00Z/2022-07-18T23:59:59Z",
        ),
    ],
)
def test_metadata_beside_the_file_tell_before_the_name(scene, text, expected):
    assert taken(scene("s_1985", metadata=text)) == expected


def test_the_age_of_the_metadata_is_not_that_of_the_picture(scene):
    iso = "<gmd:dateStamp><gco:DateTime>2023-01-01T00:00:00</gco:DateTime></gmd:dateStamp>"
    assert taken(scene("s_1985", metadata=iso)).startswith("1985")
    extent = "<gml:beginPosition>2020-05-14</gml:beginPosition><gml:endPosition>2020-05-15</gml:endPosition>"
    assert taken(scene("s_1985", metadata=iso + extent)) == "2020-05-14T00:00:00Z/2020-05-15T23:59:59Z"


def test_files_of_several_dates_give_the_range_of_all(tmp_path):
    group = Scene(id="group", rasters=(tmp_path / "a_20200514.tif", tmp_path / "b_20200601.tif"))
    assert taken(group) == "2020-05-14T00:00:00Z/2020-06-01T00:00:00Z"


def test_metadata_that_are_no_text_are_passed_over(scene):
    (metadata := scene("s_1985", broken="")).sidecars[0].write_bytes(bytes(range(256)) * 50)
    assert taken(metadata).startswith("1985")


def test_the_name_tells_when_nothing_else_does(scene):
    assert taken(scene("m_4709963_se_14_1_20090818")) == "2009-08-18T00:00:00Z"


def test_neither_the_clock_nor_the_age_of_the_file_tell(scene):
    undated = scene("undated")
    undated.rasters[0].touch()
    os.utime(undated.rasters[0], (1_000_000_000, 1_000_000_000))
    with pytest.raises(UnreadableRaster, match=r"^undated\.tif: has no acquisition date .* --datetime, or"):
        taken(undated)


@needs_shared
@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("canberra-landsat5", ["1992-03-23T23:14:13Z/1992-03-23T23:14:38Z"]),
        ("landsat8-c2-colombia", ["2019-12-01T15:13:51.861099Z"]),
        ("prairie-naip", ["2009-08-18T00:00:00Z", "2012-07-31T00:00:00Z", "2020-08-31T00:00:00Z"]),
        ("naip-usa", ["2011-08-15T00:00:00Z", "2020-09-03T00:00:00Z", "2022-07-16T00:00:00Z"]),
        ("ucayali-landsat", [f"{year}-01-01T00:00:00Z/{year}-12-31T23:59:59Z" for year in range(1985, 2021, 5)]),
        ("everglades-mangrove-2020", ["2020-01-01T00:00:00Z/2020-12-31T23:59:59Z"]),
    ],
)
def test_real_scenes_were_taken_when_their_makers_say(place, expected):
    assert [taken(scene) for scene in scenes([RASTERS / place])] == expected


@needs_shared
@pytest.mark.parametrize("place", ["elevation", "fishbourne-sentinel2"])
def test_real_scenes_without_a_date_ask_for_one(place):
    for scene in scenes([RASTERS / place]):
        with pytest.raises(UnreadableRaster, match="give it with --datetime"):
            taken(scene)


def test_a_key_too_short_for_a_date_hides_none(scene):
    assert taken(scene("s", **{"s.txt": "acquired: n/a\nacquired: 2020-05-14\n"})).startswith("2020-05-14")
