"""Media types by the ending of a path."""

import pytest

from django_stac.spec import media_types


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("scene.tif", media_types.GEOTIFF),
        ("a/b.c/SCENE.TIFF", media_types.GEOTIFF),
        ("C:\\data\\scene.jp2", media_types.JP2),
        ("thumb.JPG", media_types.JPEG),
        ("points.copc.laz", media_types.COPC),
        ("item.json", media_types.JSON),
        ("table.parquet", media_types.PARQUET),
    ],
)
def test_a_known_ending_tells_the_media_type(path, expected):
    assert media_types.of_path(path) == expected


@pytest.mark.parametrize("path", ["", "scene", "scene.", ".tif", "folder.tif/scene", "scene.xyz"])
def test_an_unknown_ending_tells_nothing(path):
    assert media_types.of_path(path) is None


def test_media_types_with_parameters_are_spelt_as_stac_spells_them():
    assert media_types.COG == "image/tiff; application=geotiff; profile=cloud-optimized"
    assert media_types.OPENAPI == "application/vnd.oai.openapi+json;version=3.0"
