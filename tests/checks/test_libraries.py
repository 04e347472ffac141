"""One GDAL in a process."""

import pytest

from django_stac.checks import libraries

CARRIED = "/site-packages/rasterio.libs/libgdal-c8c9c467.so"


@pytest.mark.parametrize(
    ("carried", "given", "expected"),
    [
        (CARRIED, CARRIED, []),
        (None, None, []),
        (None, "/opt/libgdal.so", []),
        (CARRIED, None, ["django_stac.W007"]),
        (CARRIED, "/opt/libgdal.so", ["django_stac.W007"]),
    ],
)
def test_another_gdal_than_that_of_rasterio_is_named(settings, monkeypatch, carried, given, expected):
    monkeypatch.setattr(libraries, "carried_by", lambda package, name: carried)
    settings.GDAL_LIBRARY_PATH = given
    found = libraries.check_one_gdal(None)
    assert [message.id for message in found] == expected
    assert all("find_gis_libraries()" in message.hint for message in found)


def test_a_link_to_the_same_library_is_the_same(settings, monkeypatch, tmp_path):
    library, link = tmp_path / "libgdal.so.1", tmp_path / "libgdal.so"
    library.touch()
    link.symlink_to(library)
    monkeypatch.setattr(libraries, "carried_by", lambda package, name: str(library))
    settings.GDAL_LIBRARY_PATH = str(link)
    assert libraries.check_one_gdal(None) == []
