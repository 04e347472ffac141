"""How many statements each resource costs, as the server counts them, and that it costs no more with more rows."""

import pytest
from django.test import Client

from django_stac import transactions
from tests.api.asking import ask, search
from tests.api.stored import STORAGE, put_scene
from tests.api.test_items import series
from tests.factories import put_catalog, put_collection
from tests.statements import statements

COSTS = [
    (("landing",), 2),
    (("conformance",), 0),
    (("api",), 0),
    (("catalogs",), 3),
    (("catalog", "shelf"), 3),
    (("collections",), 2),
    (("collections-search",), 2),
    (("collection", "scenes"), 2),
    (("item", "scenes", "day-1"), 1),
    (("file", STORAGE, "a.tif"), 1),
    (("item", "scenes", "none"), 2),
    (("aggregate",), 0),
    (("aggregations",), 0),
    (("collection-aggregations", "scenes"), 1),
    (("queryables",), 1),
    (("collection-queryables", "scenes"), 2),
    (("collections-sortables",), 1),
    (("nothing",), 0),
]


@pytest.fixture
def stored(db):
    """Five of everything."""
    series(5)
    put_scene("file", "a.tif")
    shelf = put_catalog("shelf")
    for number in range(5):
        transactions.add_child(shelf, put_catalog(f"board-{number}"))
        transactions.add_child(shelf, put_collection(f"listed-{number}"))


def cost(action):
    """The statements of an action, once the process is warm."""
    action()
    with statements() as seen:
        action()
    return seen


@pytest.mark.parametrize(("route", "count"), COSTS, ids=str)
def test_resource_costs_a_fixed_number_of_statements(stored, route, count):
    asked = (lambda: Client().get("/stac/nothing")) if route == ("nothing",) else lambda: ask(*route)
    seen = cost(asked)
    assert len(seen) == count, "\n".join(seen)


def test_last_page_costs_one_statement(stored):
    assert len(cost(lambda: search(limit="100"))) == 1
    assert len(cost(lambda: search({"limit": 100}))) == 1


def test_page_of_a_collection_costs_the_look_up_and_one_statement(stored):
    seen = cost(lambda: ask("items", "scenes"))
    assert ["django_stac_collection" in text for text in seen] == [True, True]
    assert len(seen) == 2


def test_page_costs_the_same_however_many_rows_it_has(stored):
    few, many = cost(lambda: search(limit="1")), cost(lambda: search(limit="5"))
    assert len(few) == len(many)
