"""Which rows a verb of many takes, and in which database."""

import pytest

from django_stac.models import Collection, Item
from django_stac.transactions.gate import write
from django_stac.transactions.rows import alias_of, chosen
from tests.factories import an_item, put


@pytest.mark.parametrize(
    ("rows", "using", "alias"),
    [
        (list, None, None),
        (Item.objects.all, None, None),
        (lambda: Item.objects.using("archive"), None, "archive"),
        (lambda: Item.objects.using("replica"), "default", "default"),
    ],
)
def test_rows_are_written_where_the_caller_says_or_where_they_were_asked_for(rows, using, alias):
    assert alias_of(rows(), using) == alias


def taken(model, rows):
    with write(None) as current:
        return sorted(row.pk for row in chosen(model, rows, current))


def test_rows_and_keys_are_taken(db):
    one, other = put(an_item("a"), an_item("b"))
    assert taken(Item, [one, other.pk]) == taken(Item, (one.pk, other)) == [one.pk, other.pk]
    assert taken(Item, {one}) == taken(Item, iter([one, one])) == [one.pk]


def test_more_keys_than_a_statement_has_parameters_are_taken(db):
    (item,) = put(an_item("a"))
    assert taken(Item, range(item.pk, item.pk + 100_000)) == [item.pk]


@pytest.mark.parametrize("rows", [lambda: [Collection.objects.get()], Collection.objects.all])
def test_rows_of_another_model_are_refused(db, rows):
    put(an_item("a"))
    with pytest.raises(TypeError, match="Rows of Item are wanted"):
        taken(Item, rows())


@pytest.mark.parametrize("key", ["a", "1", None, True, 2.7, 1.5j, [1]])
def test_what_is_no_key_is_refused(db, key):
    with pytest.raises(TypeError, match="Rows of Item are wanted, or their primary keys, not"):
        taken(Item, [key])


@pytest.mark.parametrize("key", [0, -1, 10**30, -(10**30), Item()])
def test_keys_that_no_row_has_are_passed_over(db, key):
    (item,) = put(an_item("a"))
    assert taken(Item, [key, item]) == [item.pk]
