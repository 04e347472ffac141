"""Columns of documents."""

import pytest

from django_stac.models import Item
from tests.factories import an_item, box, put

pytestmark = pytest.mark.django_db

# Two holes that overlap: PostGIS gives up on it.
RINGS = [box(low, low, high, high)["coordinates"][0] for low, high in ((0, 10), (1, 5), (2, 8))]
HOLES = {"type": "Polygon", "coordinates": RINGS}
AREA = {"type": "Polygon", "coordinates": [[[0.5, 0], [3, 0.3], [3, 3], [0, 3], [0.5, 0]]]}


def test_an_outline_that_contradicts_itself_is_kept_in_the_document_and_found_by_its_place():
    (item,) = put(an_item("holes", geometry=HOLES))
    assert item.document["geometry"] == HOLES
    assert list(Item.objects.intersecting(AREA)) == [item]
