"""An index on a property serves filters and orders by it, at any depth, both ways; judged as in ``test_plans``."""

from collections.abc import Iterator

import pytest
from django.db import connection

from django_stac.cql2 import text
from django_stac.cql2.queryables import Kind
from django_stac.search.names.indexes import create_index, drop_index
from django_stac.search.query import SortKey
from tests.search.asking import search
from tests.search.test_plans import EMPTY, plan

pytestmark = pytest.mark.django_db

# One item in a hundred tells no clouds; each cover is that of 500 items, but for a few rare ones.
FILL = """
INSERT INTO django_stac_collection (collection_id, description, license, properties, document, digest,
                                    published, extent_mode, created, updated)
SELECT 'c' || n, '', '', '{}', '{}', '', true, 'document', now(), now() FROM generate_series(1, 2) AS n;
INSERT INTO django_stac_item (collection_id, item_id, geometry, datetime,
                              properties, document, digest, published, created, updated)
SELECT (SELECT min(id) FROM django_stac_collection) + n % 17 % 2, 'item-' || n,
       ST_MakeEnvelope(n % 360 - 180, n % 100 - 50, n % 360 - 179, n % 100 - 49, 4326),
       timestamptz '2016-01-01Z' + n::float8 * interval '53 minutes',
       CASE WHEN n % 100 > 0 THEN jsonb_build_object(
           'eo:cloud_cover', CASE WHEN n % 5000 = 1 THEN 1000 + n ELSE n * 7919 % 100 END, 'platform', 'p-' || n % 7)
       ELSE '{}' END, '{}', '', true, now(), now()
FROM generate_series(1::int8, 50000) AS n;
ANALYZE django_stac_item; ANALYZE django_stac_collection
"""
RISING, FALLING = (SortKey("eo:cloud_cover"),), (SortKey("eo:cloud_cover", descending=True),)
BOTH = (SortKey("eo:cloud_cover", descending=True), SortKey("datetime"))


@pytest.fixture(scope="module")
def clouds(django_db_setup, django_db_blocker) -> Iterator[str]:
    """Fifty thousand items and an index on their clouds; its name."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)  # and of what other tests have rolled back
            cursor.execute(FILL)
        index = create_index("eo:cloud_cover", Kind.NUMBER, "default")
        yield index
        drop_index(index, "default")
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)


@pytest.mark.parametrize("sort", [RISING, FALLING], ids=["rising", "falling"])
@pytest.mark.parametrize("asked", [{}, {"collections": ("c1",)}, {"bbox": (-180.0, -60.0, 0.0, 60.0)}], ids=str)
def test_an_order_is_that_of_its_index_however_deep(clouds, sort, asked):
    assert clouds in plan(limit=10, sort=sort, **asked).indexes
    deep = search(limit=2_000, sort=sort, **asked).next
    behind = plan(limit=10, sort=sort, token=deep, **asked)
    assert (clouds in behind.indexes, behind.blocks < 700) == (True, True), behind.text
    before = plan(limit=10, sort=sort, token=search(limit=10, sort=sort, token=deep, **asked).prev, **asked)
    assert (clouds in before.indexes, before.blocks < 700) == (True, True), before.text


@pytest.mark.parametrize("falls", [False, True])
@pytest.mark.parametrize(("asked", "index"), [({}, "stac_item_id"), ({"collections": ("c1",)}, "stac_item_unique")])
def test_an_order_by_id_is_that_of_its_index_however_deep(clouds, falls, asked, index):
    asked = {"sort": (SortKey("id", descending=falls),), **asked}
    deep = search(limit=2_000, **asked).next
    for done in (plan(limit=10, **asked), plan(limit=10, token=deep, **asked)):
        assert (index in done.indexes, done.blocks < 700) == (True, True), done.text


def test_of_several_keys_the_first_has_its_index(clouds):
    deep = search(limit=15, sort=BOTH).next
    done = plan(limit=10, sort=BOTH, token=deep)
    assert clouds in done.indexes, done.text
    assert done.blocks < 2_500, done.text


def test_those_without_the_key_are_not_looked_for_while_others_fill_the_page(clouds):
    done = plan(limit=10, sort=RISING)
    assert "never executed" in done.text
    assert done.blocks < 300, done.text


@pytest.mark.parametrize(
    "condition", ["eo:cloud_cover > 1000", "eo:cloud_cover = 1001", "eo:cloud_cover IN (1001, 6001)"]
)
def test_a_filter_for_few_uses_the_index_whatever_the_order(clouds, condition):
    for sort in ((), FALLING):
        done = plan(limit=10, filter=text.parse(condition), sort=sort)
        assert clouds in done.indexes, done.text
        assert done.blocks < 200, done.text


def test_a_geometry_in_a_filter_goes_the_way_of_a_parameter(clouds):
    condition = "S_INTERSECTS(geometry, BBOX(10, 10, 16, 16)) AND platform = 'p-1'"
    done = plan(limit=10, filter=text.parse(condition))
    assert "stac_item_place" in done.indexes, done.text
    assert done.blocks < 700, done.text


def test_those_without_the_key_are_found_in_its_index_too(clouds):
    deep = search(limit=49_500, sort=FALLING).next
    done = plan(limit=10, sort=FALLING, token=deep)
    assert clouds in done.indexes, done.text
    assert done.blocks < 300, done.text


def test_a_filter_that_many_pass_looks_at_few(clouds, monkeypatch):
    monkeypatch.setattr("django_stac.search.plan.WALKABLE", 1_000)
    done = plan(limit=10, filter=text.parse("platform = 'p-1' AND view:off_nadir IS NULL"))
    assert done.blocks < 200, done.text


def test_a_filter_that_few_pass_looks_at_some_in_vain(clouds, monkeypatch):
    monkeypatch.setattr("django_stac.search.plan.WALKABLE", 1_000)
    done = plan(limit=10, filter=text.parse("platform = 'p-1' AND view:off_nadir = 5"))
    assert done.blocks < 6_000, done.text
