"""The index of a property serves every comparison of it, and its order."""

import re

import pytest
from django.db import connection
from django.db.models import Index

from django_stac.cql2.compile import value
from django_stac.models import Item
from tests.cql2.asking import TARGET, compiled

pytestmark = pytest.mark.django_db

FILL = """
INSERT INTO django_stac_collection (collection_id, description, license, document, digest,
                                    published, extent_mode, properties, created, updated)
SELECT 'c' || n, '', '', '{}', '', true, 'document', '{}', now(), now() FROM generate_series(0, 29) AS n;
INSERT INTO django_stac_item (collection_id, item_id, datetime, properties, document, digest, published,
                              created, updated)
SELECT (SELECT min(id) FROM django_stac_collection) + n % 30, 'item-' || n, now(), jsonb_build_object(
           'eo:cloud_cover', n % 1000 / 10.0, 'platform', 'platform-' || n % 500, 'cloudy', n % 300 = 0,
           'created', to_char(timestamptz '2020-01-01Z' + n * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'day', to_char(timestamptz '2020-01-01Z' + n * interval '1 day', 'YYYY-MM-DD')),
       '{}', '', true, now(), now()
FROM generate_series(1, 3000) AS n;
SET CONSTRAINTS ALL IMMEDIATE;
SET LOCAL enable_seqscan = off;
"""


@pytest.fixture
def plan_of(db):
    """Fill a table, and explain a queryset on it beside an index of one property."""

    def plan(name, items):
        with connection.schema_editor() as editor:
            editor.add_index(Item, Index(value(name, TARGET), name="of_property"))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE django_stac_item")
        return items.explain()

    with connection.cursor() as cursor:
        cursor.execute(FILL)
    return plan


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("eo:cloud_cover", '"eo:cloud_cover" < 0.5'),
        ("eo:cloud_cover", '0.5 >= "eo:cloud_cover"'),
        ("eo:cloud_cover", '"eo:cloud_cover" = 4'),
        ("eo:cloud_cover", '"eo:cloud_cover" = 2 + 2'),
        ("eo:cloud_cover", '"eo:cloud_cover" IN (1, 2.5)'),
        ("eo:cloud_cover", '"eo:cloud_cover" BETWEEN 1 AND 1.5'),
        ("eo:cloud_cover", '"properties.eo:cloud_cover" IS NULL'),
        ("platform", "platform = 'platform-1'"),
        ("platform", "platform < 'platform-100'"),
        ("platform", "platform IN ('platform-1', 'platform-2')"),
        ("platform", "platform BETWEEN 'platform-1' AND 'platform-10'"),
        ("platform", "platform LIKE 'platform-49%'"),
        ("created", "created >= TIMESTAMP('2020-05-03T00:00:00Z')"),
        ("created", "created = DATE('2020-02-01')"),
        ("created", "created IN (TIMESTAMP('2020-05-03T00:00:00Z'), TIMESTAMP('2020-05-03T01:00:00Z'))"),
        ("created", "T_DURING(INTERVAL(created, created), INTERVAL('2020-02-01T00:00:00Z', '2020-02-01T05:00:00Z'))"),
        ("created", "T_INTERSECTS(created, INTERVAL('2020-02-01', '2020-02-02'))"),
        ("day", "day < DATE('2020-02-01')"),
        ("cloudy", "cloudy = TRUE"),
    ],
)
def test_a_comparison_takes_the_index_of_its_property(plan_of, name, text):
    assert re.search(r"(?:on|using) of_property.*\n +Index Cond:", plan_of(name, Item.objects.filter(compiled(text))))


@pytest.mark.parametrize("name", ["eo:cloud_cover", "platform", "created", "day"])
def test_an_order_takes_the_index_of_its_property(plan_of, name):
    plan = plan_of(name, Item.objects.order_by(value(name, TARGET).asc(nulls_last=True))[:10])
    assert "of_property" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("text", ["collection = 'c7'", "collection IN ('c7')"])
def test_the_newest_of_a_collection_come_along_its_index(db, text):
    with connection.cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute("ANALYZE django_stac_item")
    plan = Item.objects.filter(compiled(text)).newest_first()[:10].explain()
    assert re.search(r"using stac_item_coll_newest .*\n +Index Cond: \(collection_id = ", plan)
    assert "Sort" not in plan
