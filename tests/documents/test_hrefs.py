"""The URLs of the API."""

import pytest

from django_stac.documents.hrefs import Hrefs

HREFS = Hrefs("https://example.com/geo/stac/")


@pytest.mark.parametrize(
    ("href", "path"),
    [
        (HREFS.item("scenes", "a/1"), "collections/scenes/items/a%2F1"),
        (HREFS.collection("odd name"), "collections/odd%20name"),
        (HREFS.catalog("versions"), "catalogs/versions"),
    ],
)
def test_history_and_versions_stand_before_the_path_of_what_they_belong_to(href, path):
    assert HREFS.history(href) == f"https://example.com/geo/stac/history/{path}"
    assert HREFS.version(href, 12) == f"https://example.com/geo/stac/versions/12/{path}"
