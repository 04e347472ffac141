"""Dates as people write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.raster.moments import last_moment, span_in_name, span_of
from django_stac.spec.datetimes import format_instant


def shown(span):
    if span is None:
        return None
    start, end = format_instant(span.start), format_instant(span.end)
    return start if start == end else f"{start}/{end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-05-14T10:11:12Z", "2020-05-14T10:11:12Z"),
        ("2020-05-14T10:11:12.250+02:00", "2020-05-14T08:11:12.250000Z"),
        ("2020-05-14 10:11:12", "2020-05-14T10:11:12Z"),
        ("2020:05:14 10:11:12", "2020-05-14T10:11:12Z"),
        ("20200514T101112", "2020-05-14T10:11:12Z"),
        ("19920323 23:14:13", "1992-03-23T23:14:13Z"),
        ("2020-05-14 10:11 UTC", "2020-05-14T10:11:00Z"),
        ('"2020-05-14"', "2020-05-14T00:00:00Z"),
        ("20200514", "2020-05-14T00:00:00Z"),
        ("2020-02", "2020-02-01T00:00:00Z/2020-02-29T23:59:59Z"),
        ("2020", "2020-01-01T00:00:00Z/2020-12-31T23:59:59Z"),
        ("1589451072000", "2020-05-14T10:11:12Z"),
    ],
)
def test_dates_of_tags_and_metadata(text, expected):
    assert shown(span_of(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "unknown", "2020-13-01", "2020-02-30", "0000:00:00 00:00:00", "12.5", "2020-05-14 25:00:00"]
)
def test_other_texts_are_no_dates(text):
    assert span_of(text) is None


def test_the_last_day_of_a_range_counts_whole():
    assert last_moment("2021-12-31") == datetime(2021, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert last_moment("2021-12-31T12:00:00Z") == datetime(2021, 12, 31, 12, tzinfo=UTC)


# Names of real products, and what their makers say of them.
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("m_4709963_se_14_1_20090818", "2009-08-18T00:00:00Z"),
        ("m_3008501_ne_16_1_20110815", "2011-08-15T00:00:00Z"),
        ("m_4112001_sw_10_060_20220716", "2022-07-16T00:00:00Z"),
        ("m_3610332_se_13_060_20200903-downsampled", "2020-09-03T00:00:00Z"),
        ("m_3008501_ne_16_060_20200831_20201020", "2020-08-31T00:00:00Z"),
        ("LS5_TM_NBAR_P54_GANBAR01-002_090_084_19920323", "1992-03-23T00:00:00Z"),
        ("LC08_L2SP_008059_20191201_20200825_02_T1", "2019-12-01T00:00:00Z"),
        ("LC08_L1TP_013032_20180131", "2018-01-31T00:00:00Z"),
        ("LC80150322018141LGN00", "2018-05-21T00:00:00Z"),
        ("MOD13Q1.A2020123.h18v03.061.2020140", "2020-05-02T00:00:00Z"),
        ("S2A_MSIL2A_20200318T092029_N0214_R093_T34SGA_20200318T123456", "2020-03-18T09:20:29Z"),
        ("T34SGA_20200318T092029_B02", "2020-03-18T09:20:29Z"),
        ("20200818_183433_1018_3B_AnalyticMS", "2020-08-18T18:34:33Z"),
        ("oisst-avhrr-v02r01.20220913-sst", "2022-09-13T00:00:00Z"),
        ("seaice_conc_daily_nh_20211231_f17_v04r00-cdr_seaice_conc", "2021-12-31T00:00:00Z"),
        ("openEO_2023-06-01Z", "2023-06-01T00:00:00Z"),
        ("flight 2023-06-01T10-20-30", "2023-06-01T10:20:30Z"),
        ("ndvi_2020_05", "2020-05-01T00:00:00Z/2020-05-31T23:59:59Z"),
        ("ndvi_202005", "2020-05-01T00:00:00Z/2020-05-31T23:59:59Z"),
        ("1985", "1985-01-01T00:00:00Z/1985-12-31T23:59:59Z"),
        ("ESA_WorldCover_10m_2021_v200_N00E006_Map", "2021-01-01T00:00:00Z/2021-12-31T23:59:59Z"),
        ("GMW_N26W082_2020_v3", "2020-01-01T00:00:00Z/2020-12-31T23:59:59Z"),
        ("2021_30m_cdls_-106095_1807575_15000", "2021-01-01T00:00:00Z/2021-12-31T23:59:59Z"),
        ("canada_landcover_2015", "2015-01-01T00:00:00Z/2015-12-31T23:59:59Z"),
        ("abw_ppp_2020_UNadj_constrained", "2020-01-01T00:00:00Z/2020-12-31T23:59:59Z"),
        ("ndvi2020", "2020-01-01T00:00:00Z/2020-12-31T23:59:59Z"),
        ("normals_1991-2020", "1991-01-01T00:00:00Z/2020-12-31T23:59:59Z"),
        ("ortho_EPSG2000_2019", "2019-01-01T00:00:00Z/2019-12-31T23:59:59Z"),
    ],
)
def test_dates_in_names(name, expected):
    assert shown(span_in_name(name)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "swiss_dem",
        "L7_ETMs",
        "s2a_l2a_fishbourne",
        "m_4709963_se_14_1",
        "dem_EPSG2056",
        "dem_2056",
        "tile_1807575_15000",
        "product_v2000",
        "T2000_N2010",
        "map_2000m",
        "job_20201399",
        "scan_120200514",
        "plan_1812",
        "id_19491231",
    ],
)
def test_other_numbers_are_no_dates(name):
    assert span_in_name(name) is None


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2026, 1, 1)))  # noqa: DTZ001
def test_every_compact_date_and_time_is_found_among_letters(moment):
    moment = moment.replace(microsecond=0)
    span = span_in_name(f"X1A_{moment:%Y%m%dT%H%M%S}_T33UUP_B2")
    assert span.start == span.end == moment.replace(tzinfo=UTC)


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text):
    span_of(text)
    span_in_name(text)
    last_moment(text)
