"""What the makers of the sample rasters tell: written by hand from the notes and the metadata beside them."""

from tests.sample_site import GIVEN_DATE

Moment = str | tuple[str, str]


def year(number: int) -> Moment:
    return f"{number}-01-01T00:00:00Z", f"{number}-12-31T23:59:59Z"


def day(text: str) -> Moment:
    return f"{text}T00:00:00Z"


def whole_day(text: str) -> Moment:
    return f"{text}T00:00:00Z", f"{text}T23:59:59Z"


# Raster (or folder of rasters) → an instant, or the first and the last moment.
DATES: dict[str, Moment] = {
    # "8 Landsat composites, one per 5 years, 1985-2020", "year only in the file name"
    **{f"ucayali-landsat/{number}.tif": year(number) for number in range(1985, 2025, 5)},
    # "2009 / 2012 / 2020", "date in the file name (NAIP convention)"
    "prairie-naip/m_4709963_se_14_1_20090818.tif": day("2009-08-18"),
    "prairie-naip/m_4709963_se_14_1_20120731.tif": day("2012-07-31"),
    "prairie-naip/m_4709963_se_14_1_20200831.tif": day("2020-08-31"),
    # "1992-03-23"; metadata.xml: TEMPORALEXTENTFROM, TEMPORALEXTENTTO
    "canberra-landsat5": ("1992-03-23T23:14:13Z", "1992-03-23T23:14:38Z"),
    # "2019-12-01"; MTL: DATE_ACQUIRED, SCENE_CENTER_TIME
    "landsat8-c2-colombia": "2019-12-01T15:13:51.861099Z",
    # "10 Landsat 8 Level-1 scenes around New York in 2018": the first date of the product's name is the acquisition
    "newyork-landsat8-2018/LC08_L1TP_013032_20180131_20180207_01_T1": day("2018-01-31"),
    "newyork-landsat8-2018/LC08_L1TP_013032_20180421_20180502_01_T1": day("2018-04-21"),
    "newyork-landsat8-2018/LC08_L1TP_013032_20180827_20180911_01_T1": day("2018-08-27"),
    "newyork-landsat8-2018/LC08_L1TP_013032_20181201_20181211_01_T1": day("2018-12-01"),
    "newyork-landsat8-2018/LC08_L1TP_014031_20180106_20180119_01_T1": day("2018-01-06"),
    "newyork-landsat8-2018/LC08_L1TP_014031_20180530_20180614_01_T1": day("2018-05-30"),
    "newyork-landsat8-2018/LC08_L1TP_014031_20181005_20181010_01_T1": day("2018-10-05"),
    "newyork-landsat8-2018/LC08_L1TP_014032_20180428_20180502_01_T1": day("2018-04-28"),
    "newyork-landsat8-2018/LC08_L1TP_014032_20180903_20180912_01_T1": day("2018-09-03"),
    "newyork-landsat8-2018/LC08_L1TP_014032_20181208_20181226_01_T1": day("2018-12-08"),
    # "legend and dates in TIFF tags"
    "worldcover-2021": year(2021),
    # "USDA Cropland Data Layer 2021"
    "kansas-cropland-2021/2021_30m_cdls_-106095_1807575_15000.tif": year(2021),
    "kansas-cropland-2021/2021_30m_cdls_-106095_1822575_15000.tif": year(2021),
    "kansas-cropland-2021/2021_30m_cdls_-91095_1807575_15000.tif": year(2021),
    "kansas-cropland-2021/2021_30m_cdls_-91095_1822575_15000.tif": year(2021),
    # "Kauai and Niihau (Hawaii) 2020"; 20210722 is the day of production
    "hawaii-lcmap-2020": year(2020),
    # "Global Mangrove Watch v3 2020"
    "everglades-mangrove-2020": year(2020),
    # "2022-09-13", a daily mean
    "global-sst": whole_day("2022-09-13"),
    # "2021-12-31", a daily mean
    "arctic-sea-ice": whole_day("2021-12-31"),
    # "dates in file names and in FGDC metadata"
    "naip-usa/m_3008501_ne_16_1_20110815.tif": day("2011-08-15"),
    "naip-usa/m_3610332_se_13_060_20200903-downsampled.tif": day("2020-09-03"),
    "naip-usa/m_4112001_sw_10_060_20220716.tif": day("2022-07-16"),
    # "2020-03-18"; item.json: datetime
    "sentinel2-libya": "2020-03-18T09:11:33Z",
    # No date is told of these.
    "fishbourne-sentinel2": GIVEN_DATE,
    "olinda/L7_ETMs.tif": GIVEN_DATE,
    "olinda/olinda_dem_utm25s.tif": GIVEN_DATE,
    "elevation/swiss_dem.tif": GIVEN_DATE,
    "elevation/dc_dsm.tif": GIVEN_DATE,
    "elevation/dc_dtm.tif": GIVEN_DATE,
    "elevation/dc_hag.tif": GIVEN_DATE,
    "misc/goes_fulldisk.tif": GIVEN_DATE,
    # The names of the files tell a year.
    "misc/canada_landcover_2015.tif": year(2015),
    "misc/antarctic_seaice_2020.tif": year(2020),
    "misc/aruba_population_2020.tif": year(2020),
}

# Where we differ from a document beside the rasters, and by which clause; three at most.
DIFFERENCES = {
    ("arctic-sea-ice/expected_item.json", "bbox"): (
        "STAC 1.1.0, item-spec, bbox: 'Bounding Box of the asset represented by this Item'. The corners of this "
        "raster's grid lie at 30.98 degrees north; 31.35 is the figure that the makers print for all their grids."
    ),
    ("everglades-mangrove-2020/expected_item.json", "time"): (
        "STAC 1.1.0, item-spec, datetime: null 'requires start_datetime and end_datetime'. The map is that of a year, "
        "and the file tells no day; the makers' item takes the year's last day, which lies in our range."
    ),
}
