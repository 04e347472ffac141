"""The abstract test suite of CQL2 (OGC 21-065r2, Annex A): every predicate gives its count of items."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection

from django_stac.cql2 import json as cql2_json
from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.compile import condition
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.models import Item
from django_stac.transfer.load import LoadOptions, load
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]

SUITE = SHARED / "conformance" / "cql2_ats"
CASES = json.loads((SUITE / "cases.json").read_text()) if SUITE.is_dir() else {}
PREDICATES = [*CASES.get("counted_cases", []), *CASES.get("counted_logical", [])]
KINDS = {
    ("string", None): Kind.TEXT, ("string", "date"): Kind.DATE, ("string", "date-time"): Kind.INSTANT,
    ("number", None): Kind.NUMBER, ("integer", None): Kind.NUMBER, ("boolean", None): Kind.BOOLEAN,
}  # fmt: skip

each = pytest.mark.parametrize("case", PREDICATES, ids=[case["id"] for case in PREDICATES])


@pytest.fixture(scope="module")
def layers(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Countries, places and rivers as items of a collection each."""
    with django_db_blocker.unblock():
        report = load([SUITE / "stac"], LoadOptions())
        assert (report.created, report.failures) == (436, [])
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE django_stac_item, django_stac_collection CASCADE")


def target(layer: str) -> Target:
    """What the suite says of the properties of a layer; its geometry has the name that it has in STAC."""
    properties = json.loads((SUITE / "queryables" / f"{layer}.json").read_text())["properties"]
    del properties["geom"]
    kinds = {name: KINDS[told["type"], told.get("format")] for name, told in properties.items()}
    known = {name: Queryable(name, kind) for name, kind in {**kinds, "geometry": Kind.GEOMETRY}.items()}
    return Target(Queryables(known), ITEMS)


@each
def test_a_predicate_compiled_from_json_gives_its_count(layers, case):
    tree = cql2_json.parse(json.loads(json.dumps(case["filter_json"]).replace('"geom"', '"geometry"')))
    items = Item.objects.filter(collection__collection_id=case["data_source"])
    assert items.filter(condition(tree, target(case["data_source"]))).count() == case["expected_count"]
