"""An order is asked for in two ways, understood in one, and only by what can be sorted by."""

import pytest

from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.exceptions import InvalidParameter
from django_stac.search.query import SortKey
from django_stac.search.sorting import is_along_time, read_sort, refuse_unsortable, sort_keys

KNOWN = {
    "platform": Kind.TEXT,
    "eo:cloud_cover": Kind.NUMBER,
    "geometry": Kind.GEOMETRY,
    "instruments": Kind.ARRAY,
    "mixed": Kind.ANY,
}
QUERYABLES = Queryables({name: Queryable(name, kind) for name, kind in KNOWN.items()})


@pytest.mark.parametrize(
    "text", ["-datetime,+eo:cloud_cover", "-datetime, eo:cloud_cover", " -datetime , eo:cloud_cover,"]
)
def test_a_sign_stands_before_a_name_and_a_plus_may_arrive_as_a_space(text):
    assert sort_keys(read_sort(text)) == (SortKey("datetime", descending=True), SortKey("eo:cloud_cover"))


def test_a_body_names_fields_and_directions():
    asked = [{"field": "a"}, {"field": "b", "direction": "desc"}, {"field": "c", "direction": None}]
    assert sort_keys(asked) == (SortKey("a"), SortKey("b", descending=True), SortKey("c"))


def test_both_spellings_are_one_name():
    assert sort_keys([{"field": "properties.datetime"}]) == (SortKey("datetime"),)


def test_of_a_name_given_twice_the_first_counts():
    assert sort_keys(read_sort("a,-b,-properties.a,b")) == (SortKey("a"), SortKey("b", descending=True))


@pytest.mark.parametrize("text", ["", ",", " "])
def test_what_is_empty_is_no_order(text):
    assert sort_keys(read_sort(text)) == ()


@pytest.mark.parametrize("text", ["+", "-", "a,-", '[{"field": "a"}]', "a\0", "a,b,c,d,e,f,g,h,i", "\ud800"])
def test_a_text_that_is_no_order_is_refused(text):
    with pytest.raises(ValueError, match=r"key|JSON"):
        sort_keys(read_sort(text))


@pytest.mark.parametrize(
    "value",
    [
        "a",
        {},
        5,
        ["a"],
        [{}],
        [{"field": ""}],
        [{"field": 5}],
        [{"field": "a", "direction": "up"}],
        [{"field": "a", "direction": ["asc"]}],
        [{"field": "a", "order": "asc"}],
        [{"field": f"{number}"} for number in range(9)],
    ],
)
def test_a_body_that_holds_no_order_is_refused(value):
    with pytest.raises(ValueError, match=r"key|array"):
        sort_keys(value)


@pytest.mark.parametrize(
    ("text", "answer"), [("", True), ("datetime", True), ("-properties.datetime", True), ("datetime,id", False)]
)
def test_the_order_of_time_is_known(text, answer):
    assert is_along_time(sort_keys(read_sort(text))) is answer


def test_what_has_an_order_may_be_sorted_by():
    refuse_unsortable((SortKey("platform"), SortKey("eo:cloud_cover")), QUERYABLES)


def test_an_unknown_sortable_is_refused_with_those_alike():
    with pytest.raises(
        InvalidParameter, match=r"^sortby: there is no sortable 'eo:clout_cover'; alike are eo:cloud_cover"
    ):
        refuse_unsortable((SortKey("eo:clout_cover"),), QUERYABLES)


@pytest.mark.parametrize(
    ("name", "values"), [("geometry", "kind geometry"), ("instruments", "kind array"), ("mixed", "several kinds")]
)
def test_what_has_no_order_is_refused(name, values):
    with pytest.raises(InvalidParameter, match=f"cannot be sorted by: its values are .*{values}"):
        refuse_unsortable((SortKey(name),), QUERYABLES)
