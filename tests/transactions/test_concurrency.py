"""Writers at the same time: nothing is lost, nobody waits in a ring, and the facts are right at the end."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.db import connection

from django_stac import transactions
from django_stac.exceptions import InvalidDocument
from django_stac.models import Catalog, CatalogChild, Collection, Item, Mark
from tests.factories import an_item, put, put_catalog, put_collection

bulk, catalogs, deriving, items, rows = (
    import_module(f"django_stac.transactions.{name}") for name in ("bulk", "catalogs", "derive", "items", "rows")
)

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 0.5
"""Seconds after which somebody is taken to wait for a lock."""


def together(*verbs):
    """Call all at once, each on a connection of its own; return what they return."""
    gate = threading.Barrier(len(verbs))

    def call(verb):
        try:
            gate.wait()
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(call, verb) for verb in verbs]]


class Pause:
    """Stops the first thread that comes by after a function, until told to go on."""

    def __init__(self, monkeypatch, module, name):
        self.original, self.reached, self.go_on = getattr(module, name), threading.Event(), threading.Event()
        monkeypatch.setattr(module, name, self)

    def __call__(self, *args, **kwargs):
        result = self.original(*args, **kwargs)
        if not self.reached.is_set():
            self.reached.set()
            self.go_on.wait(PATIENCE)
        return result

    def meanwhile(self, *verbs):
        assert self.reached.wait(10)
        for verb in verbs:
            verb()
        self.go_on.set()


def test_a_later_derivation_is_not_overwritten_by_an_earlier_one(monkeypatch):
    put(an_item("a"))
    pause = Pause(monkeypatch, deriving, "facts")
    together(
        transactions.derive,
        lambda: pause.meanwhile(lambda: transactions.upsert_items([an_item("b")]), transactions.derive),
    )
    assert Collection.objects.get().derived["count"] == 2


def test_deriving_and_deleting_a_collection_do_not_wait_in_a_ring(monkeypatch):
    put_collection()
    pause = Pause(monkeypatch, deriving, "marked")
    together(transactions.derive, lambda: pause.meanwhile(lambda: transactions.delete_collection("scenes")))
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("module", "name", "delete"),
    [
        (items, "locked_item", lambda: transactions.delete_item("scenes", "a")),
        (rows, "names_of", lambda: transactions.delete_items(Item.objects.filter(item_id="a"))),
    ],
)
def test_deleting_an_item_and_hiding_it_with_its_collection_do_not_wait_in_a_ring(monkeypatch, module, name, delete):
    put(an_item("a"), an_item("b"))
    both = [Collection.objects.get(), *Item.objects.all()]
    pause = Pause(monkeypatch, module, name)
    together(delete, lambda: pause.meanwhile(lambda: transactions.set_published(both, published=False)))
    assert list(Item.objects.values_list("item_id", "published")) == [("b", False)]


def test_marks_of_a_deleted_collection_go_with_the_next_derivation():
    put_collection()
    transactions.delete_collection("scenes")
    assert transactions.derive() == []
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    "load", [lambda: transactions.upsert_items([an_item()]), lambda: transactions.create_item(an_item())]
)
def test_a_collection_is_not_deleted_under_a_loader(monkeypatch, load):
    put_collection()
    pause = Pause(monkeypatch, bulk, "prepare_item")
    monkeypatch.setattr(items, "prepare_item", pause)
    together(load, lambda: pause.meanwhile(lambda: transactions.delete_collection("scenes", cascade=True)))
    assert not Item.objects.exists()
    assert not Collection.objects.exists()


def test_loaders_of_the_same_items_lose_nothing_and_the_facts_are_those_of_all():
    for name in ("scenes", "others"):
        put_collection(name)

    def load(cloud_cover):
        shuffled = random.Random(cloud_cover)
        for start in range(0, 200, 40):
            batch = [
                an_item(str(number), collection=name, **{"eo:cloud_cover": cloud_cover})
                for name in ("scenes", "others")
                for number in range(start, start + 60)
            ]
            shuffled.shuffle(batch)
            report = transactions.upsert_items(batch)
            assert report.failed == 0
            transactions.derive()

    together(*(lambda number=number: load(number) for number in range(6)))
    assert Item.objects.count() == 440
    assert not Mark.objects.exists()
    assert [collection.derived["count"] for collection in Collection.objects.all()] == [220, 220]
    standing = {item.properties["eo:cloud_cover"] for item in Item.objects.filter(collection__collection_id="scenes")}
    summary = Collection.objects.get(collection_id="scenes").derived["summaries"]["eo:cloud_cover"]
    assert (summary["minimum"], summary["maximum"]) == (min(standing), max(standing))


def test_writers_of_one_item_are_served_one_after_the_other():
    put(an_item())
    together(*(lambda number=number: transactions.replace_item(an_item(**{"x:y": number})) for number in range(6)))
    item = Item.objects.get()
    assert item.properties["x:y"] == item.document["properties"]["x:y"]


def test_two_writers_build_no_cycle_together():
    one, other = put_catalog("one"), put_catalog("other")

    def add(parent, child):
        try:
            transactions.add_child(parent, child)
        except InvalidDocument:
            return "refused"
        return "added"

    assert sorted(together(lambda: add(one, other), lambda: add(other, one))) == ["added", "refused"]
    assert (Catalog.objects.count(), CatalogChild.objects.count()) == (2, 1)


def test_a_catalogue_is_not_deleted_while_something_is_listed_under_it(monkeypatch):
    one, other = put_catalog("one"), put_catalog("other")
    pause = Pause(monkeypatch, catalogs, "keep")
    together(
        lambda: transactions.add_child(one, other),
        lambda: pause.meanwhile(lambda: transactions.delete_catalog("one")),
    )
    assert (Catalog.objects.get(), CatalogChild.objects.count()) == (other, 0)


def test_the_mark_of_a_writer_that_commits_while_facts_are_computed_survives(monkeypatch):
    put(an_item("a"))
    pause = Pause(monkeypatch, deriving, "facts")
    together(transactions.derive, lambda: pause.meanwhile(lambda: transactions.upsert_items([an_item("b")])))
    assert (Collection.objects.get().derived["count"], Mark.objects.count()) == (1, 1)
    assert transactions.derive() == ["scenes"]
    assert Collection.objects.get().derived["count"] == 2


def test_the_mark_of_a_writer_that_commits_after_the_derivation_is_left_to_the_next(monkeypatch):
    put(an_item("a"))
    transactions.derive()
    pause = Pause(monkeypatch, bulk, "merge")
    together(
        lambda: transactions.upsert_items([an_item("b")]),
        lambda: pause.meanwhile(lambda: transactions.derive(collections=["scenes"])),
    )
    assert (Collection.objects.get().derived["count"], Mark.objects.count()) == (1, 1)
    assert transactions.derive() == ["scenes"]
    assert Collection.objects.get().derived["count"] == 2


def test_many_rows_are_locked_in_the_order_of_loaders(monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 3)
    put_collection()
    documents = [an_item(f"{number:02}") for number in range(30)]
    transactions.upsert_items(documents)

    def load(value):
        changed = [{**document, "properties": {**document["properties"], "x:y": value}} for document in documents]
        random.Random(value).shuffle(changed)
        transactions.upsert_items(changed)

    def repeat(verb):
        for value in range(8):
            verb(value)

    together(
        lambda: repeat(load),
        lambda: repeat(lambda value: transactions.delete_items(Item.objects.order_by("-item_id")[:25])),
        lambda: repeat(lambda value: transactions.set_published(reversed(Item.objects.all()), published=value % 2)),
        lambda: repeat(lambda value: transactions.set_published(Item.objects.order_by("?"), published=value % 2)),
    )
    transactions.upsert_items(documents)
    assert Item.objects.count() == 30
