"""What a numbered band is commonly called."""

import pytest

from django_stac.raster.missions import band_name


@pytest.mark.parametrize(
    ("token", "platform", "name"),
    [
        ("B4", "landsat-8", "red"),
        ("SR_B2", "landsat-9", "blue"),
        ("ST_B10", "landsat-8", "lwir11"),
        ("B3", "landsat-5", "red"),
        ("B30", "landsat-5", "red"),
        ("B61", "landsat-7", "lwir"),
        ("B04_10m", "sentinel-2b", "red"),
        ("b8a", "sentinel-2a", "nir08"),
        ("BAND_4", "landsat-8", "red"),
    ],
)
def test_the_platform_tells_what_a_number_means(token, platform, name):
    assert band_name(token, platform, "scene") == name


@pytest.mark.parametrize(
    ("product", "name"),
    [
        ("LC08_L1TP_013032_20180131", "red"),
        ("LC80080592019335LGN00", "red"),
        ("LT05_L2SP_013032_20000131", "nir08"),
        ("S2A_MSIL2A_20200514T105031", "red"),
        ("T31UFT_20200514T105031", "red"),
        ("L2A_T31UFT_A025531_20200514T105031", "red"),
    ],
)
def test_so_does_the_name_that_its_maker_gives_a_product(product, name):
    assert band_name("B4", None, product) == name


@pytest.mark.parametrize("product", ["S_20200514", "LC08", "drone_S2A", "T31UFT"])
def test_otherwise_nobody_knows(product):
    assert band_name("B4", None, product) is None


@pytest.mark.parametrize("token", ["QA_PIXEL", "TCI", "B99", "B", "RED", "B4A"])
def test_other_tokens_are_no_numbered_bands(token):
    assert band_name(token, "landsat-8", "LC08_L1TP_013032_20180131") is None


def test_a_platform_without_such_bands_has_none():
    assert band_name("B4", "terra", "LC08_L1TP_013032_20180131") is None
