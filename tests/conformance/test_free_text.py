"""STAC API - Free-Text Search: one test a conformance class, named after it."""

import pytest

from django_stac.spec.conformance import Conformance
from tests.api.asking import ask, ids, search
from tests.factories import an_item, put


@pytest.fixture(autouse=True)
def shelf(db):
    """Two items with a word in common."""
    put(an_item("climate", properties={"title": "Climate model"}))
    put(an_item("sea", properties={"title": "Model of the sea"}))


def declared():
    return ask("landing").json()["conformsTo"]


def of_search(q):
    return set(ids((search(q=q) if isinstance(q, str) else search({"q": q})).json()))


def of_items(q):
    return set(ids(ask("items", "scenes", q=q).json()))


@pytest.mark.parametrize("q", ["SEA,climate model", ["SEA", "climate model"]])
def test_conforms_to_item_search_free_text(q):
    assert Conformance.ITEM_SEARCH_FREE_TEXT in declared()
    assert of_search(q) == {"climate", "sea"}
    assert of_search(["model climate"]) == set()


def test_conforms_to_features_free_text():
    assert Conformance.FEATURES_FREE_TEXT in declared()
    assert of_items("climate model,ice") == {"climate"}


ADVANCED = [
    ("climate sea", {"climate", "sea"}),
    ('"climate model"', {"climate"}),
    ("climate AND sea", set()),
    ("(climate OR sea) AND model", {"climate", "sea"}),
    ("climate +sea", {"sea"}),
    ("model -sea", {"climate"}),
]


@pytest.mark.parametrize(("q", "expected"), ADVANCED)
def test_conforms_to_item_search_advanced_free_text(q, expected):
    assert Conformance.ITEM_SEARCH_ADVANCED_FREE_TEXT in declared()
    assert of_search(q) == set(ids(search({"q": q}).json())) == expected


@pytest.mark.parametrize(("q", "expected"), ADVANCED)
def test_conforms_to_features_advanced_free_text(q, expected):
    assert Conformance.FEATURES_ADVANCED_FREE_TEXT in declared()
    assert of_items(q) == expected
