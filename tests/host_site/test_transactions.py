"""The site's own transactions around what the catalogue does."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client

from django_stac.access import policy
from django_stac.models import Item
from django_stac.search import parse
from django_stac.search.run import search_items
from tests.factories import an_item, put, put_collection
from tests.host_site.asking import JSON, ROOT
from tests.host_site.models import Parcel

pytestmark = pytest.mark.django_db(databases=["default", "geo"], transaction=True)
POLYGON = {"limit": 1, "intersects": an_item()["geometry"]}


@pytest.fixture(autouse=True)
def scenes():
    put_collection()


def test_a_view_of_the_site_writes_to_both_databases():
    assert Client().post("/surveys/7").status_code == 201
    assert (Parcel.objects.get().number, Item.objects.get().item_id) == ("7", "7")


def test_a_view_that_fails_takes_back_both():
    assert Client(raise_request_exception=False).post("/surveys/7?fail").status_code == 500
    assert (Parcel.objects.count(), Item.objects.count()) == (0, 0)


def test_a_verb_that_is_refused_leaves_the_sites_transaction_usable():
    put(an_item("7"))
    assert Client().post("/resurveys/7").content == b"stands"
    assert set(Item.objects.values_list("item_id", flat=True)) == {"7", "7-before"}


def timeout():
    with connections["geo"].cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def searched():
    return search_items(
        parse.from_body(POLYGON), visible=policy().visible_items(None), collections=policy().visible_collections(None)
    )


def test_a_search_leaves_no_timeout_on_the_sites_connection():
    put(an_item("a"), an_item("b"))
    before = timeout()
    with transaction.atomic(using="geo"):
        assert searched().matched == 2
        assert timeout() == before
    assert timeout() == before


def test_a_search_within_the_sites_transaction_sees_what_is_written_there():
    with transaction.atomic(using="geo"):
        put(an_item("a"))
        assert [row.item_id for row in searched().rows] == ["a"]
        transaction.set_rollback(True, using="geo")
    assert not Item.objects.exists()


def test_many_clients_at_once_get_the_same_answer():
    put(*(an_item(name) for name in "abcdef"))
    start = threading.Barrier(8)

    def ask(_):
        start.wait(30)
        try:
            answer = Client().post(f"{ROOT}search", POLYGON | {"limit": 6}, content_type=JSON)
            return answer.status_code, len(answer.json()["features"]), timeout()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {(200, 6, timeout())}
