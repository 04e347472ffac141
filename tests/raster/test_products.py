"""Names of products as their makers write them."""

import pytest

from django_stac.raster.products import product_layer
from django_stac.spec.datetimes import format_instant


@pytest.mark.parametrize(
    ("stem", "scene", "name", "rank"),
    [
        ("LCMAP_CU_001002_2019_20210722_V12_LCSEC", "LCMAP_CU_001002_2019_20210722_V12", "LCSEC", 1),
        ("2021_30m_cdls_-106095_1807575_15000", "2021_30m_-106095_1807575_15000", "cdls", 0),
        ("2008_30m_confidence_layer", "2008_30m", "confidence_layer", 1),
        (
            "seaice_conc_daily_sh_20211231_f17_v04r00-qa_of_cdr_seaice_conc",
            "seaice_conc_daily_sh_20211231_f17_v04r00",
            "qa_of_cdr_seaice_conc",
            2,
        ),
        ("oisst-avhrr-v02r01.20220913_preliminary-ice", "oisst-avhrr-v02r01.20220913_preliminary", "ice", 3),
    ],
)
def test_a_name_tells_the_scene_and_the_layer(stem, scene, name, rank):
    layer = product_layer(stem)
    assert (layer.scene, layer.name, layer.rank) == (scene, name, rank)


@pytest.mark.parametrize(
    ("stem", "end"),
    [
        ("2021_30m_cdls", "2021-12-31T23:59:59Z"),
        ("seaice_conc_monthly_nh_202102_f17_v04r00-cdr_seaice_conc", "2021-02-28T23:59:59Z"),
        ("oisst-avhrr-v02r01.20220913-sst", "2022-09-13T23:59:59Z"),
    ],
)
def test_the_time_ends_with_its_last_second(stem, end):
    assert format_instant(product_layer(stem).span.end) == end


def test_an_impossible_date_is_none():
    assert product_layer("oisst-avhrr-v02r01.20221399-sst").span is None


@pytest.mark.parametrize(
    "stem",
    [
        "dc_dsm",
        "1985",
        "sst",
        "a-sst",
        "LCMAP_LCPRI",
        "2021_10m_cdls",
        "LC08_L2SP_008059_20191201_20200825_02_T1_SR_B3",
    ],
)
def test_other_names_say_nothing(stem):
    assert product_layer(stem) is None
