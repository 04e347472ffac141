"""Where a raster's file lives for API consumers."""

import pytest

from django_stac.exceptions import InvalidParameter, UnreachableFile
from django_stac.transactions.placement import Place, place, ways


def put(folder, name="a.tif"):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"II*\0")
    return file


def placed(file, *, under=None, **options):
    return place(file, ways(**options), under=under or file.parent, copy_path="c/i/a.tif")


def test_a_file_under_a_storage_stays_in_place(served):
    assert placed(put(served, "2024/a b.tif")) == Place(
        href="stac-file:scenes/2024/a%20b.tif", storage="scenes", path="2024/a b.tif"
    )


def test_the_innermost_storage_wins(served, settings):
    inner = {"BACKEND": settings.STORAGES["scenes"]["BACKEND"], "OPTIONS": {"location": served / "inner"}}
    settings.STORAGES = {**settings.STORAGES, "inner": inner}
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "ASSET_STORAGES": ["scenes", "inner"]}
    assert placed(put(served, "inner/a.tif")).storage == "inner"


def test_a_link_to_a_storage_counts_where_it_leads(served, outside):
    put(served)
    (outside / "link.tif").symlink_to(served / "a.tif")
    assert placed(outside / "link.tif").path == "a.tif"


def test_a_link_out_of_a_storage_does_not_open_what_it_leads_to(served, outside):
    (served / "link.tif").symlink_to(put(outside))
    with pytest.raises(UnreachableFile):
        placed(served / "link.tif")


def test_a_storage_may_be_a_link_itself(served, tmp_path, settings):
    (tmp_path / "alias").symlink_to(served)
    settings.STORAGES = {
        **settings.STORAGES,
        "scenes": {**settings.STORAGES["scenes"], "OPTIONS": {"location": tmp_path / "alias"}},
    }
    assert placed(put(served)).path == "a.tif"


def test_copy_takes_what_lies_elsewhere(served, outside):
    assert placed(put(outside), copy=True) == Place(
        href="stac-file:scenes/c/i/a.tif", storage="scenes", path="c/i/a.tif", is_copy=True
    )


def test_copy_leaves_in_place_what_is_reachable(served):
    assert not placed(put(served), copy=True).is_copy


def test_a_file_under_an_asset_root_gets_its_url(outside, settings):
    settings.DJANGO_STAC = {"ASSET_ROOTS": {str(outside): "https://data.example.com/x/"}}
    assert placed(put(outside, "2024/a b.tif")).href == "https://data.example.com/x/2024/a%20b.tif"


def test_href_base_is_the_url_of_the_path_given(served, outside):
    file = put(outside, "2024/a#b.tif")
    assert placed(file, under=outside, href_base="s3://bucket/top").href == "s3://bucket/top/2024/a%23b.tif"


def test_href_base_wins_over_the_settings(served):
    assert placed(put(served), href_base="https://example.com").href == "https://example.com/a.tif"


def test_a_file_that_nobody_reaches_fails_and_the_four_ways_are_named(served, outside):
    with pytest.raises(UnreachableFile, match=r"^a\.tif: .*ASSET_STORAGES.*--copy.*ASSET_ROOTS.*--href-base"):
        placed(put(outside))


def test_a_name_that_is_not_unicode_fails(served):
    with pytest.raises(UnreachableFile, match="not printable"):
        placed(put(served, "a\udcff.tif"))


# What is asked and set wrongly


@pytest.mark.parametrize("url", ["data/", "/srv/data", "file:///srv/data", "stac-file:scenes/x", "C:/data", "https:"])
def test_href_base_must_be_a_url_that_others_can_open(url):
    with pytest.raises(InvalidParameter, match="URL that others can open"):
        ways(href_base=url)


def test_copy_needs_a_storage(settings):
    settings.DJANGO_STAC = {}
    with pytest.raises(InvalidParameter, match="ASSET_STORAGES"):
        ways(copy=True)


def test_copy_and_href_base_exclude_each_other(served):
    with pytest.raises(InvalidParameter, match="leave out --copy"):
        ways(copy=True, href_base="https://example.com")


def test_an_unknown_storage_is_named(settings):
    settings.DJANGO_STAC = {"ASSET_STORAGES": ["nowhere"]}
    with pytest.raises(InvalidParameter, match="'nowhere', which STORAGES does not have"):
        ways()
