"""Comparisons of values, of one kind with itself."""

import pytest

from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.compile import condition
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.cql2.tree import Operation, Property, Value
from django_stac.models import Item
from tests.cql2.asking import answers, found, refusal, some_rows
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db


def test_numbers_are_decimals():
    some_rows({"gsd": 0.1}, {"gsd": 0.30000000000000004}, {"gsd": 10**17 + 1})
    assert found("gsd = 0.1") == ["0"]
    assert found("gsd = 0.1 + 0.2") == []
    assert found(f"gsd = {10**17 + 1}") == ["2"]
    assert found(f"gsd = {10**17}") == []


def test_texts_are_in_the_order_of_their_code_points():
    some_rows({"platform": "Z"}, {"platform": "a"}, {"platform": "É"})
    assert found("platform < 'a'") == ["0"]
    assert found("platform BETWEEN 'a' AND 'É'") == ["1", "2"]


def test_ids_are_in_the_order_of_their_code_points_too():
    put(an_item("Z"), an_item("a"), an_item("É"))
    assert found("id < 'a'") == ["Z"]
    assert found("id > collection") == ["É"]
    assert found("id IN ('a', 'É') AND id LIKE 'a%'") == ["a"]


def test_between_of_ends_in_the_wrong_order_is_false():
    some_rows({"gsd": 5})
    assert answers("gsd BETWEEN 10 AND 1") == [False]
    assert answers("gsd NOT BETWEEN 10 AND 1") == [True]


def test_nothing_is_in_an_empty_list():
    some_rows({"gsd": 5}, {})
    assert answers("gsd IN ()") == [False, False]


def test_a_list_may_be_computed():
    some_rows({"gsd": 5, "platform": "A"})
    assert answers("gsd IN (2 + 3)") == [True]
    assert answers("CASEI(platform) IN (CASEI('a'), CASEI('b'))") == [True]
    assert answers('gsd IN ("eo:cloud_cover", 6)') == [None]


def test_literals_compare_with_literals():
    some_rows({})
    assert answers("'a' < 'B'") == [False]
    assert answers("1 = 1.0 AND TRUE = TRUE") == [True]


def test_two_properties_of_no_known_kind_compare_where_they_hold_the_same_one():
    some_rows({"odd": 1, "strange": 1.0}, {"odd": "1", "strange": 1}, {"odd": "a", "strange": "b"}, {"odd": []})
    assert answers("odd = strange") == [True, None, False, None]
    assert answers("odd < strange") == [False, None, True, None]
    assert answers("odd BETWEEN strange AND strange") == [True, None, False, None]
    assert answers("odd IN (strange)") == [True, None, False, None]


def test_a_text_that_is_a_time_is_compared_as_it_is_stored():
    some_rows({"platform": "2024-06-01T02:00:00+02:00", "odd": "2024-06-01T00:00:00Z"})
    assert found("platform = '2024-06-01T00:00:00.0Z' AND odd = '2024-06-01T00:00:00Z'") == ["0"]
    assert found("platform IN ('2024-06-01T00:00:00Z')") == ["0"]


def test_quotes_percents_and_braces_are_values_like_others():
    some_rows({"platform": "%s{}'\"%(a)s"}, {"platform": "x"})
    assert found("platform = '%s{}''\"%(a)s'") == ["0"]
    known = Queryable("%s{}'\"", Kind.NUMBER)
    put(an_item("odd", properties={known.name: 1}))
    tree = Operation("=", (Property(known.name), Value(1)))
    target = Target(Queryables({known.name: known}), ITEMS)
    assert [item.item_id for item in Item.objects.filter(condition(tree, target))] == ["odd"]


# Collections of items


def test_a_collection_is_compared_by_its_id():
    put(an_item("a", collection="landsat"), an_item("b", collection="sentinel"))
    assert found("collection = 'landsat'") == found("'landsat' = collection") == ["a"]
    assert found("collection <> 'landsat'") == ["b"]
    assert found("collection IN ('landsat', 'absent')") == ["a"]
    assert found("collection LIKE 's%' OR collection < 'm'") == ["a", "b"]
    assert found("collection IN (lower('LANDSAT'), id)") == ["a"]


def test_a_collection_that_is_not_there_is_another_one():
    put(an_item("a"))
    assert answers("collection = 'absent'") == [False]
    assert answers("NOT collection IN ('absent', 'neither')") == [True]
    assert refusal("collection = 1") == (13, "a text is needed here; got a number, 1.")
