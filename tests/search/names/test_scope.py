"""Which collections a search looks at, and of which kind the properties are that it names."""

import pytest
from django.test import override_settings

from django_stac import transactions
from django_stac.cql2.queryables import Kind
from django_stac.models import Collection
from django_stac.search.names.scope import scope_of
from tests.factories import an_item, put, put_collection
from tests.search.names.test_vocabulary import declare
from tests.statements import statements

pytestmark = pytest.mark.django_db


def scope(*names, ids=(), collections=None):
    return scope_of(Collection.objects.all() if collections is None else collections, ids, names)


def kind(name, **options):
    transactions.derive()
    found = scope(name, **options).queryables.get(name)
    return found and found.kind


def test_homes_are_the_visible_ones_of_the_ids():
    shown, _ = put_collection("shown"), put_collection("hidden", published=False)
    found = scope_of(Collection.objects.published(), ["shown", "hidden", "none"])
    assert found.homes == {"shown": shown.pk}


def test_homes_need_not_be_listed_where_all_are_meant():
    put_collection()
    assert scope().homes == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, Kind.NUMBER),
        (0.5, Kind.NUMBER),
        ("a", Kind.TEXT),
        (True, Kind.BOOLEAN),
        ("2020-01-01T00:00:00Z", Kind.INSTANT),
        ("2020-01-01", Kind.DATE),
        ([1], Kind.ARRAY),
        ({"a": 1}, Kind.OBJECT),
        (None, Kind.ANY),
    ],
)
def test_kinds_are_what_items_show(value, expected):
    put(an_item("a", **{"x:y": value}))
    assert kind("x:y") is kind("properties.x:y") is expected


def test_a_property_may_begin_like_the_prefix():
    put(an_item("a", properties={"properties.odd": 1, "odd": "text"}))
    assert (kind("properties.odd"), kind("odd")) == (Kind.NUMBER, Kind.TEXT)


def test_other_collections_do_not_count():
    put(an_item("a", **{"x:y": 1}), an_item("b", collection="others", **{"x:y": "one", "x:z": 1}))
    assert (kind("x:y"), kind("x:y", ids=["scenes"])) == (Kind.ANY, Kind.NUMBER)
    assert kind("x:z", ids=["scenes"]) is None


def test_what_is_declared_goes_before_what_is_seen():
    put(an_item("a", **{"x:y": "2020"}))
    declare("scenes", **{"x:y": {"type": ["integer", "null"]}})
    assert kind("x:y") is Kind.NUMBER
    with override_settings(DJANGO_STAC={"QUERYABLES": {"x:y": {"type": "boolean"}}}):
        assert kind("x:y") is Kind.BOOLEAN


def test_a_summary_makes_a_name_known():
    put_collection(summaries={"x:list": ["a"]})
    assert kind("x:list") is Kind.TEXT


def test_what_extensions_define_is_known_though_no_item_has_it():
    assert kind("eo:cloud_cover") is Kind.NUMBER
    put(an_item("a", **{"eo:cloud_cover": 1}), an_item("b", collection="others", **{"eo:cloud_cover": "3.14"}))
    assert kind("eo:cloud_cover") is Kind.NUMBER


def test_an_unknown_name_comes_with_names_alike():
    put(an_item("a", **{"x:cloudiness": 1}))
    transactions.derive()
    queryables = scope("x:cloudines").queryables
    assert (queryables.get("x:cloudines"), queryables.like("x:cloudines")) == (None, ["x:cloudiness"])
    assert "eo:cloud_cover" in scope("eo:cloudcover").queryables.like("eo:cloudcover")


def test_hidden_collections_lend_no_names():
    put_collection("hidden", published=False)
    put(an_item("a", collection="hidden", **{"x:secret": 1}))
    transactions.derive()
    queryables = scope("x:secret", collections=Collection.objects.published()).queryables
    assert (queryables.get("x:secret"), "x:secret" in queryables.known) == (None, False)


def test_an_unknown_name_may_be_there_where_not_all_is_derived():
    put(an_item("a"))
    assert scope("x:y").queryables.get("x:y").kind is Kind.ANY


@pytest.mark.parametrize("name", ["\0", "\ud800", "'", '"', "%s", "{", "x" * 10_000, ""])
def test_odd_names_are_unknown(name):
    put_collection()
    transactions.derive()
    assert scope(name).queryables.get(name) is None


def test_nothing_visible_knows_what_is_defined():
    found = scope("eo:cloud_cover", "x:y", collections=Collection.objects.none())
    assert (found.homes, found.queryables.get("x:y")) == ({}, None)
    assert found.queryables.get("eo:cloud_cover").kind is Kind.NUMBER


def test_a_search_costs_one_statement_and_one_more_to_refuse_it():
    put(an_item("a", **{"x:y": 1}))
    transactions.derive()
    for name, count in (("x:y", 1), ("eo:cloud_cover", 1), ("x:z", 2)):
        with statements() as seen:
            scope(name, ids=["scenes"])
        assert len(seen) == count


def test_of_names_alike_no_more_is_fetched_than_the_names():
    put(an_item("a", **{"x:y": 1}))
    transactions.derive()
    queryables = scope("x:z").queryables
    assert (queryables.known["x:y"].kind, queryables.known["x:y"].schema) == (Kind.ANY, {})
