"""Publishing and hiding, one row or many: all or none, announced and marked once."""

import pytest
from django.db import OperationalError

from django_stac import signals, transactions
from django_stac.models import Catalog, Collection, Item, Mark
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """What the receivers hear of a verb."""
    news = []
    for signal in (signals.items_changed, signals.collections_changed):
        signal.connect(lambda **said: news.append(said["updated"]), weak=False, dispatch_uid="test")

    def of(verb):
        with django_capture_on_commit_callbacks(execute=True):
            verb()
        return news

    yield of
    for signal in (signals.items_changed, signals.collections_changed):
        signal.disconnect(dispatch_uid="test")


def hidden():
    return set(Item.objects.filter(published=False).values_list("item_id", flat=True))


def hide(rows, **options):
    return transactions.set_published(rows, published=False, **options)


def test_one_item_is_hidden():
    (item,) = put(an_item("a"))
    assert hide(item) == 1
    assert (hidden(), item.published) == ({"a"}, False)


def test_items_of_a_queryset_are_hidden_and_those_that_differ_are_counted():
    put(an_item("a"), an_item("b"), an_item("c"))
    put(an_item("d"), published=False)
    assert hide(Item.objects.exclude(item_id="a")) == 2
    assert hidden() == {"b", "c", "d"}


def test_items_of_an_iterable_are_hidden_and_know_it():
    rows = put(an_item("a"), an_item("b"), an_item("c"))
    assert hide(iter(rows[:2])) == 2
    assert [row.published for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Item.objects.order_by("item_id")[:2],
        lambda: Item.objects.filter(item_id__lt="c").distinct(),
        lambda: Item.objects.filter(collection__title="Scenes", item_id__lt="c").select_related("collection"),
        lambda: Item.objects.filter(item_id="a").union(Item.objects.filter(item_id="b")),
    ],
)
def test_any_queryset_will_do(rows):
    put(an_item("a"), an_item("b"), an_item("c"))
    assert hide(rows()) == 2
    assert hidden() == {"a", "b"}


@pytest.mark.parametrize("rows", [list, Item.objects.none, Collection.objects.none])
def test_nothing_is_hidden_of_nothing(rows):
    put(an_item("a"))
    assert hide(rows()) == 0
    assert hidden() == set()


def test_collections_are_hidden_and_their_items_keep_their_own_word():
    put(an_item("a"), an_item("b", collection="others"))
    assert hide(Collection.objects.all()) == 2
    assert (Collection.objects.published().count(), hidden()) == (0, set())


def test_items_and_collections_are_hidden_together():
    (item,) = put(an_item("a"))
    assert hide([item, put_collection("others")]) == 2
    assert hidden() == {"a"}
    assert not Collection.objects.get(collection_id="others").published


def test_many_rows_are_announced_and_marked_once(monkeypatch, heard):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 2)
    put(*(an_item(name) for name in "abcde"))
    Mark.objects.all().delete()
    assert heard(lambda: hide(Item.objects.all())) == [[("scenes", name) for name in "abcde"]]
    assert Mark.objects.count() == 1


def test_what_does_not_change_is_neither_announced_nor_marked(heard):
    put(an_item("a"), published=False)
    Mark.objects.all().delete()
    assert heard(lambda: hide(Item.objects.all())) == []
    assert not Mark.objects.exists()


def test_a_failure_changes_nothing(monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 1)
    rows, original = put(an_item("a"), an_item("b")), transactions.gate.Write.note_item

    def note(current, what, collection, item_id):
        if item_id == "b":
            raise OperationalError("the server has gone")
        original(current, what, collection, item_id)

    monkeypatch.setattr(transactions.gate.Write, "note_item", note)
    with pytest.raises(OperationalError):
        hide(rows)
    assert (hidden(), rows[0].published) == (set(), True)


def test_a_row_that_is_gone_is_passed_over():
    gone, stays = put(an_item("a"), an_item("b"))
    transactions.delete_item("scenes", "a")
    assert hide([gone, stays]) == 1


@pytest.mark.parametrize("rows", [lambda: [Item.objects.get(), 5], Catalog.objects.all, lambda: ["a"], lambda: [None]])
def test_what_is_neither_item_nor_collection_is_refused_before_anything_changes(rows):
    put(an_item("a"))
    with pytest.raises(TypeError, match="Items or collections"):
        hide(rows())
    assert hidden() == set()
