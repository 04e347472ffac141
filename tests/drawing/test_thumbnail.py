"""Pictures that stand for documents."""

import pytest

from django_stac.drawing.thumbnail import thumbnail_hrefs


def test_thumbnails_come_before_overviews_and_other_images():
    assets = {
        "photo": {"href": "photo.jpg"},
        "overview": {"href": "overview.png", "roles": ["overview"]},
        "thumbnail": {"href": "small", "type": "image/png", "roles": ["thumbnail"]},
    }
    assert thumbnail_hrefs({"assets": assets}) == ["small", "overview.png", "photo.jpg"]


@pytest.mark.parametrize(
    "asset",
    [
        {"href": "a.tif", "type": "image/tiff; application=geotiff", "roles": ["thumbnail"]},
        {"href": "a.svg", "type": "image/svg+xml"},
        {"href": 7, "type": "image/png"},
        "a.png",
    ],
)
def test_what_browsers_do_not_show_is_no_picture(asset):
    assert thumbnail_hrefs({"assets": {"a": asset}}) == []


def test_odd_roles_are_survived():
    assert thumbnail_hrefs({"assets": {"a": {"href": "a.png", "roles": 7}}}) == ["a.png"]


@pytest.mark.parametrize("document", [{}, {"assets": None}, {"assets": []}])
def test_no_assets_no_picture(document):
    assert thumbnail_hrefs(document) == []
