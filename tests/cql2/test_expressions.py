"""SQL in pieces."""

import pytest
from django.db import connection
from django.db.models import F

from django_stac.cql2.expressions import (
    FALSE,
    NUMBER,
    TRUE,
    Parameter,
    Sql,
    any_of,
    collated,
    joined,
    negated,
    number,
    numeric,
    text,
)
from django_stac.models import Item
from tests.search.asking import a_home, a_row, at, store

pytestmark = pytest.mark.django_db

JUNE = at("2024-06-01")


def written(expression):
    """The SQL of an expression, and its parameters."""
    query = Item.objects.all().query
    return query.get_compiler(connection=connection).compile(expression)


def test_pieces_in_pieces_are_one_flat_piece_whose_parameters_keep_their_order():
    inner = Sql("({} + {})", number(1), number(2), output=NUMBER)
    outer = Sql("{} < {} + {}", number(0), inner, number(3))
    assert len(outer.get_source_expressions()) == 4
    assert written(outer) == ("%s::numeric < (%s::numeric + %s::numeric) + %s::numeric", [0, 1, 2, 3])


def test_a_gap_without_a_filling_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        Sql("{} = {}", text("a"))


def test_the_depth_of_a_condition_costs_no_stack():
    condition = Sql("{} = {}", text("a"), text("b"))
    for _ in range(5_000):
        condition = negated(condition)
    assert written(condition)[0].count("NOT") == 5_000


def test_conditions_stand_in_filters_and_are_negated_as_sql_negates():
    store(a_row("a", a_home(), JUNE))
    unknown = Sql("{} = NULL", text("a"))
    assert [Item.objects.filter(each).count() for each in (TRUE, FALSE, unknown, negated(unknown))] == [1, 0, 0, 0]
    assert Item.objects.filter(joined("OR", [unknown, TRUE])).count() == 1
    assert Item.objects.filter(joined("AND", [TRUE])).count() == 1


def test_a_list_is_one_parameter():
    assert written(any_of(text("a"), ["a", "b"], "text")) == ("(%s::text = ANY(%s::text[]))", ["a", ["a", "b"]])
    assert Item.objects.filter(any_of(text("a"), [], "text")).count() == 0


def test_texts_are_collated_whatever_the_database_says():
    store(a_row("a", a_home(), JUNE))
    assert Item.objects.filter(Sql("{} > {}", collated(text("a")), collated(text("B")))).count() == 1


def test_numbers_are_the_decimals_that_they_are_written_as():
    assert [str(numeric(value)) for value in (0.1, 1e-7, 10**20, 5e-324)] == [
        "0.1", "1E-7", "100000000000000000000", "5E-324"
    ]  # fmt: skip


def test_equal_pieces_are_equal():
    assert Sql("{}", Parameter(1, "int4")) == Sql("{}", Parameter(1, "int4"))
    assert Sql("{}", Parameter(1, "int4")) != Sql("{}", Parameter(2, "int4"))
    assert len({Sql("{}", Parameter([1], "int4[]")), Sql("{}", Parameter([1], "int4[]"))}) == 1


def test_pieces_move_into_subqueries():
    store(a_row("a", a_home(), JUNE), a_row("b", a_home("other"), JUNE))
    inner = Item.objects.filter(Sql("{} = {}", F("item_id"), text("a")))
    assert [item.item_id for item in Item.objects.filter(pk__in=inner.values("pk"))] == ["a"]


def test_what_fills_many_gaps_is_resolved_once():
    column = F("item_id")
    repeated = Sql("{} = {} AND {} = {}", column, text("a"), column, text("b"))
    resolved = repeated.resolve_expression(Item.objects.all().query)
    first, _, second, _ = resolved.get_source_expressions()
    assert first is second
    assert written(resolved)[1] == ["a", "b"]
