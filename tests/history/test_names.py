"""What a thing is called, whether or not it stands."""

import pytest

from django_stac.documents.hrefs import Hrefs
from django_stac.history.names import Name, item_names
from django_stac.models import Version
from tests.factories import an_item, put, put_catalog, put_collection

NAMES = [Name.of_item("scenes", "a/b"), Name.of_collection("scenes"), Name.of_catalog("shelf")]


def test_a_row_has_the_name_of_its_ids(db):
    (item,) = put(an_item("a/b"))
    assert [Name.of(row) for row in (item, put_collection("scenes"), put_catalog("shelf"))] == NAMES


def test_a_name_stands_at_a_url():
    hrefs = Hrefs("/stac/")
    places = ["/stac/collections/scenes/items/a%2Fb", "/stac/collections/scenes", "/stac/catalogs/shelf"]
    assert [name.place(hrefs) for name in NAMES] == places


def test_names_are_told_in_messages():
    told = ["item 'a/b' in collection 'scenes'", "collection 'scenes'", "catalogue 'shelf'"]
    assert [str(name) for name in NAMES] == told


def test_rows_of_other_things_are_not_among_its_own(db):
    made = []
    for name in NAMES:
        ids = {"kind": name.kind, "collection_id": name.collection_id, "thing_id": name.thing_id}
        made.append(Version.objects.create(**ids, number=1, ended="2024-01-01T00:00Z"))
    assert [name.among(Version.objects.all()).get() for name in NAMES] == made


@pytest.mark.parametrize(("item_id", "ids"), [("a", ["a"]), ("a/", ["a/", "a"]), ("a//", ["a//", "a/"])])
def test_one_slash_at_the_end_of_a_path_may_be_left_out(item_id, ids):
    assert [name.thing_id for name in item_names("scenes", item_id)] == ids
