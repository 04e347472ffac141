"""Logic, names and kinds in conditions: what rows may hold, and what is refused before a row is read."""

import pytest
from django.db.models import Index

from django_stac.cql2 import json
from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.comparisons import HINTS
from django_stac.cql2.compile import condition, value
from django_stac.cql2.queryables import Kind, Queryables
from django_stac.cql2.tree import Array, CQL2Error, Operation, Property, Value
from django_stac.models import Item
from tests.cql2.asking import TARGET, answers, found, refusal, some_rows

pytestmark = pytest.mark.django_db

CLOUDS = [{"eo:cloud_cover": 10}, {"eo:cloud_cover": 0.5}, {"eo:cloud_cover": "10"}, {"eo:cloud_cover": None}, {}]


# Values of other kinds


def test_a_value_of_another_kind_says_neither_yes_nor_no():
    some_rows(*CLOUDS)
    assert answers('"eo:cloud_cover" = 10') == [True, False, None, None, None]
    assert answers('NOT "eo:cloud_cover" = 10') == [False, True, None, None, None]


def test_absent_null_and_of_another_kind_are_null():
    some_rows(*CLOUDS)
    assert found('"eo:cloud_cover" IS NULL') == ["2", "3", "4"]
    assert found('"eo:cloud_cover" IS NOT NULL') == ["0", "1"]


def test_of_a_property_of_no_known_kind_absent_and_null_are_null():
    some_rows({"odd": 1}, {"odd": "1"}, {"odd": [None]}, {"odd": None}, {})
    assert found("odd IS NULL") == ["3", "4"]


def test_an_object_is_null_where_it_is_none():
    some_rows({"proj": {}}, {"proj": "x"}, {})
    assert found("proj IS NULL") == ["1", "2"]


def test_null_decides_nothing_where_the_other_side_does():
    some_rows({})
    assert answers("gsd = 1 AND FALSE") == [False]
    assert answers("gsd = 1 OR TRUE") == [True]
    assert answers("gsd = 1 OR FALSE") == [None]


@pytest.mark.parametrize("odd", ["NaN", True, [1], {"a": 1}, "1e400", 10**30, -0.0])
def test_no_value_makes_a_comparison_fail(odd):
    some_rows({"gsd": odd, "platform": odd, "cloudy": odd, "created": odd, "day": odd, "instruments": odd, "odd": odd})
    for text in ("gsd < 1", "platform < 'a'", "cloudy = TRUE", "created < DATE('2020-01-01')", "odd < 1", "odd = gsd",
                 "day > DATE('2020-01-01')", "A_CONTAINS(instruments, ('a'))", "gsd * 2 ^ gsd = 1"):  # fmt: skip
        assert len(answers(text)) == 1


# Names


def test_a_property_may_have_the_prefix_of_its_place():
    some_rows({"gsd": 5})
    assert found("properties.gsd = 5") == ["0"]


def test_an_unknown_name_is_refused_with_the_nearest_ones():
    assert refusal("platfrom = 'a'") == (0, "`platfrom` is no queryable here. Did you mean `platform`?")
    assert refusal("gsd = 1 AND zzz = 1") == (12, "`zzz` is no queryable here.")


def test_where_further_names_may_exist_they_take_the_kind_they_are_compared_with():
    some_rows({"new": 1}, {"new": "1"}, {})
    target = Target(Queryables({}, is_open=True), ITEMS)
    assert answers("new = 1", target) == [True, None, None]
    assert answers("properties.new LIKE '1'", target) == [None, True, None]


# Kinds


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("\"eo:cloud_cover\" = '10'", 19, "a number is needed here; got a text, '10'."),
        ("platform > 10", 11, "a text is needed here; got a number, 10."),
        ("platform = gsd", 11, "a text is needed here; `gsd` is a number."),
        ("gsd LIKE '1%'", 0, "a text is needed here; `gsd` is a number."),
        ("CASEI(gsd) = 'a'", 6, "a text is needed here; `gsd` is a number."),
        ("gsd + platform = 1", 6, "a number is needed here; `platform` is a text."),
        ("gsd IN (1, 'a')", 11, "a number is needed here; got a text, 'a'."),
        ("gsd = TRUE", 6, "a number is needed here; got a truth value, True."),
        ("gsd BETWEEN 1 AND platform", 18, "a number is needed here; `platform` is a text."),
        ("instruments = 'a'", 0, f"`instruments` is a list and has no value to compare.{HINTS[Kind.ARRAY]}"),
        ("proj = 'a'", 0, "`proj` is an object and has no value to compare."),
        ("geometry = 'a'", 0, f"`geometry` is a geometry and has no value to compare.{HINTS[Kind.GEOMETRY]}"),
        ("upper(platform)", 0, "a truth value is needed here; upper gives a text."),
        ("NOT year(created)", 4, "a truth value is needed here; year gives a number."),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_at_its_place(text, place, reason):
    assert refusal(text) == (place, reason)


def test_a_place_in_json_is_a_pointer():
    tree = json.parse({"op": "not", "args": [{"op": "=", "args": [{"property": "gsd"}, "x"]}]})
    with pytest.raises(CQL2Error, match="at /args/0/args/1: a number is needed here"):
        condition(tree, TARGET)


def test_a_list_has_no_value_to_compare():
    with pytest.raises(CQL2Error, match="at /args/1: a list has no value to compare"):
        condition(Operation("=", (Property("gsd"), Array((), "/args/1"))), TARGET)


def test_a_text_that_cannot_be_stored_is_refused():
    for text in ("a\0", "\ud800"):
        with pytest.raises(CQL2Error, match="stands for no text"):
            condition(Operation("=", (Property("platform"), Value(text, 7))), TARGET)


# Values by themselves


def test_a_value_orders_what_has_it_and_leaves_the_rest_last():
    some_rows({"gsd": 10}, {"gsd": "1"}, {"gsd": 2}, {})
    ordered = Item.objects.order_by(value("properties.gsd", TARGET).desc(nulls_last=True), "id")
    assert [item.item_id for item in ordered] == ["0", "2", "1", "3"]


@pytest.mark.parametrize("name", ["id", "collection", "datetime", "end_datetime", "geometry", "cloudy", "instruments"])
def test_a_value_can_be_selected(name):
    some_rows({"cloudy": True, "instruments": ["a"]})
    expected = {"id": "0", "collection": "scenes", "cloudy": True, "instruments": ["a"]}
    item = Item.objects.annotate(found=value(name, TARGET)).get()
    assert item.found == expected.get(name, getattr(item, name, None))


def test_there_is_no_value_of_what_nothing_is_known_of():
    with pytest.raises(CQL2Error, match="`odd` holds is not known"):
        value("odd", TARGET)
    with pytest.raises(CQL2Error, match="`gds` is no queryable here"):
        value("gds", TARGET)


def test_a_value_makes_an_index_that_is_named_by_hand():
    assert Index(value("gsd", TARGET), name="gsd").expressions == (value("gsd", TARGET),)
