"""What the properties of published items have in common."""

import pytest

from django_stac import transactions
from django_stac.models import Collection
from tests.factories import an_item, put, put_collection


def facts():
    transactions.derive()
    return Collection.objects.get().derived


def fact_of(*values):
    """The fact of one property that has these values, one an item."""
    put_collection()
    transactions.upsert_items([an_item(str(number), **{"x:y": value}) for number, value in enumerate(values)])
    return facts()["properties"].get("x:y")


@pytest.mark.parametrize(
    ("values", "fact"),
    [
        ([1.5, 9], {"count": 2, "type": "number", "minimum": 1.5, "maximum": 9}),
        ([3, -4, None], {"count": 2, "type": "integer", "minimum": -4, "maximum": 3}),
        ([2**63 - 1, 0.5], {"count": 2, "type": "number", "minimum": 0.5, "maximum": 2**63 - 1}),
        ([1, 1e20], {"count": 2, "type": "integer"}),
        (["b", "a", "b"], {"count": 3, "type": "string", "enum": ["a", "b"]}),
        ([True, False], {"count": 2, "type": "boolean"}),
        ([{"a": 1}], {"count": 1, "type": "object"}),
        ([[], ["b"], ["a", "b"]], {"count": 3, "type": "array", "items": {"type": "string", "enum": ["a", "b"]}}),
        ([["types"]], {"count": 1, "type": "array", "items": {"type": "string", "enum": ["types"]}}),
        (
            [["a", True, {}, [], 1, None]],
            {
                "count": 1,
                "type": "array",
                "items": {"type": ["array", "boolean", "null", "number", "object", "string"]},
            },
        ),
        ([["a"], [1]], {"count": 2, "type": "array", "items": {"type": ["number", "string"]}}),
        ([["a" * 201]], {"count": 1, "type": "array", "items": {"type": "string"}}),
        ([["a"] * 3000], {"count": 1, "type": "array", "items": {"type": "string"}}),
        ([[[str(number)] for number in range(51)]], {"count": 1, "type": "array", "items": {"type": "array"}}),
        ([[1], ["a", None]], {"count": 2, "type": "array", "items": {"type": ["null", "number", "string"]}}),
        ([[]], {"count": 1, "type": "array"}),
        ([7, "a"], {"count": 2, "type": ["integer", "string"], "minimum": 7, "maximum": 7}),
        ([None], {"count": 0}),
    ],
)
def test_a_property_is_described_by_all_its_values(db, values, fact):
    assert fact_of(*values) == fact


def test_texts_that_are_all_instants_are_a_range_of_instants(db):
    assert fact_of("2024-06-01T12:00:00+02:00", "2021-01-01T00:00:00.5Z") == {
        "count": 2,
        "type": "string",
        "format": "date-time",
        "minimum": "2021-01-01T00:00:00.500000Z",
        "maximum": "2024-06-01T10:00:00Z",
    }


def test_texts_that_are_all_days_are_a_range_of_days(db):
    fact = fact_of("2024-06-01", "2021-01-01")
    assert (fact["format"], fact["minimum"], fact["maximum"]) == ("date", "2021-01-01", "2024-06-01")


@pytest.mark.parametrize("odd", ["2024-02-30", "2024-06-01T00:00:00Z", "aaaa-bb-cc", "often"])
def test_texts_of_which_one_is_no_day_are_texts(db, odd):
    fact = fact_of("2024-06-01", odd)
    assert (fact.get("format"), fact["type"], len(fact["enum"])) == (None, "string", 2)


def test_times_of_the_core_are_ranges_and_never_lists(db):
    put(an_item("a", properties={"title": "A", "created": "2020-01-01T00:00:00Z"}), an_item("b"))
    properties = facts()["properties"]
    assert properties["created"]["maximum"] == "2020-01-01T00:00:00Z"
    assert properties["title"] == {"count": 1, "type": "string"}


@pytest.mark.parametrize(("count", "is_listed"), [(50, True), (51, False), (1001, False)])
def test_more_than_fifty_texts_are_no_list(db, count, is_listed):
    assert ("enum" in fact_of(*map(str, range(count)))) == is_listed


@pytest.mark.parametrize(("count", "is_listed"), [(50, True), (51, False)])
def test_more_than_fifty_texts_in_arrays_are_no_list(db, count, is_listed):
    names = list(map(str, range(count)))
    assert ("enum" in fact_of(names[:25], names[25:])["items"]) == is_listed
    assert ("enum" in fact_of(*([name] for name in names))["items"]) == is_listed


def test_texts_are_listed_beside_various_arrays(db):
    fact_of("a", *([str(number)] for number in range(60)))
    assert facts()["summaries"]["x:y"] == ["a"]


def test_what_is_various_only_later_is_no_list(db, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.facts.VARIOUS", "SELECT 'none', 'string' WHERE %s = %s")
    assert fact_of(*(f"2024-01-01T00:00:{number:02}Z" for number in range(60)))["format"] == "date-time"
    assert "enum" not in fact_of(*map(str, range(60)))


@pytest.mark.parametrize(("length", "is_listed"), [(200, True), (201, False)])
def test_long_texts_are_no_list(db, length, is_listed):
    assert ("enum" in fact_of("é" * length, "b")) == is_listed
    assert ("x:y" in facts()["summaries"]) == is_listed


def test_at_most_five_hundred_properties_are_kept_those_of_most_items(db):
    put(an_item("a", properties={f"x:{number}": number for number in range(600)}), an_item("b", **{"x:599": 1}))
    found = facts()
    assert (len(found["properties"]), found["is_partial"]) == (500, True)
    assert {"datetime", "x:599"} <= found["properties"].keys()


def test_names_without_end_are_not_kept(db):
    put(an_item("a", **{"x:" + "y" * 198: 1, "x:" + "y" * 199: 2}))
    assert (len(facts()["properties"]), facts()["is_partial"]) == (2, True)


def test_hidden_items_say_nothing(db):
    put(an_item("a", **{"x:y": "shown"}))
    put(an_item("b", **{"x:y": "secret", "x:secret": 1}), published=False)
    assert facts()["properties"]["x:y"] == {"count": 1, "type": "string", "enum": ["shown"]}
    assert "x:secret" not in facts()["properties"]
