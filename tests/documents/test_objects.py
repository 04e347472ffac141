"""Rows as pystac objects."""

import pystac
import pytest

from django_stac.documents import to_pystac
from tests.factories import an_item, put, put_catalog, put_collection

ROOT = "https://example.com/stac/"


def test_each_row_has_its_object_with_the_links_of_the_site(db):
    (item,) = put(an_item())
    found = [to_pystac(row, ROOT) for row in (item, put_collection(), put_catalog())]
    assert [type(each) for each in found] == [pystac.Item, pystac.Collection, pystac.Catalog]
    assert [each.get_self_href() for each in found] == [
        f"{ROOT}collections/scenes/items/scene",
        f"{ROOT}collections/scenes",
        f"{ROOT}catalogs/shelf",
    ]


def test_other_rows_have_none():
    with pytest.raises(TypeError, match="int"):
        to_pystac(5, ROOT)
