"""Writers at the same time, over HTTP: nothing is lost or there twice, and every answer is a documented one."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from django_stac.api.writing import bulk
from django_stac.models import Collection, GivenAnswer, Item
from tests.api.asking import ask
from tests.api.sending import a_user, send
from tests.factories import a_collection, an_item, put, put_collection

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


def together(work):
    """Let every writer do its work, each as a client and on a connection of its own; return what they return."""
    user, gate = a_user(), threading.Barrier(WRITERS)

    def run(number):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        try:
            gate.wait()
            return work(client, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS), timeout=120))


def test_of_several_who_create_one_id_one_does():
    put_collection()
    statuses = together(lambda client, number: send(client, "POST", "items", "scenes", body=an_item("a")).status_code)
    assert sorted(statuses) == [201] + [409] * (WRITERS - 1)


def test_of_several_who_have_read_one_state_one_overwrites_it():
    put(an_item("a"))
    tag = ask("item", "scenes", "a")["ETag"]

    def write(client, number):
        return send(
            client, "PUT", "item", "scenes", "a", body=an_item("a", title=str(number)), if_match=tag
        ).status_code

    statuses = together(write)
    assert sorted(statuses) == [204] + [412] * (WRITERS - 1)
    assert Item.objects.get().document["title"] == str(statuses.index(204))


def test_patches_of_different_members_are_all_kept():
    put(an_item("a"))
    together(lambda client, number: send(client, "PATCH", "item", "scenes", "a", body={f"member-{number}": number}))
    assert {f"member-{number}" for number in range(WRITERS)} <= Item.objects.get().document.keys()


def test_of_several_with_one_key_one_writes_and_all_are_told_the_same():
    put_collection()

    def write(client, number):
        answer = send(client, "POST", "items", "scenes", body=an_item("a"), idempotency_key="one")
        return answer.status_code, answer.content

    told = together(write)
    assert {status for status, _ in told} == {201}
    assert (len(set(told)), Item.objects.count(), GivenAnswer.objects.count()) == (1, 1, 1)


def test_loads_in_any_order_beside_deletions_and_single_writes_lose_nothing():
    put_collection()
    names = [f"item-{number}" for number in range(40)]

    def write(client, number):
        dice, statuses = random.Random(number), []
        for _ in range(5):
            chosen = dice.sample(names, 20)
            items = {name: an_item(name, title=f"{number}") for name in chosen}
            body = {"items": items, "method": "upsert"}
            statuses.append(send(client, "POST", "bulk-items", "scenes", body=body).status_code)
            statuses.append(send(client, "DELETE", "item", "scenes", chosen[0]).status_code)
            statuses.append(send(client, "PUT", "item", "scenes", chosen[1], body=items[chosen[1]]).status_code)
        own = [an_item(f"own-{number}-{each}") for each in range(3)]
        several = {"type": "FeatureCollection", "features": own}
        return [*statuses, send(client, "POST", "items", "scenes", body=several).status_code]

    statuses = [status for each in together(write) for status in each]
    assert set(statuses) <= {200, 201, 204, 404, 410}
    assert Item.objects.filter(item_id__startswith="own-").count() == 3 * WRITERS
    assert Item.objects.count() == Item.objects.values("item_id").distinct().count()


def test_who_loads_while_the_collection_is_deleted_hears_of_it():
    put_collection()

    def write(client, number):
        if number == 0:
            return send(client, "DELETE", "collection", "scenes", query="?cascade=true").status_code
        items = {f"{number}-{each}": an_item(f"{number}-{each}") for each in range(20)}
        return send(client, "POST", "bulk-items", "scenes", body={"items": items}).status_code

    deleted, *loaded = together(write)
    assert (deleted, set(loaded) <= {200, 400, 404, 410}) == (204, True)
    assert (Collection.objects.count(), Item.objects.count()) == (0, 0)


def test_of_several_who_create_the_same_collections_in_any_order_one_does():
    names = [f"collection-{number:02}" for number in range(20)]

    def write(client, number):
        shuffled = random.Random(number).sample(names, len(names))
        body = {"collections": [a_collection(name) for name in shuffled]}
        return send(client, "POST", "collections", body=body).status_code

    assert sorted(together(write)) == [201] + [409] * (WRITERS - 1)


def test_loads_of_several_batches_with_a_key_that_end_in_a_ring_are_done_when_sent_again(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 1)
    put_collection()
    names = [f"item-{number}" for number in range(8)]

    def write(client, number):
        shuffled = random.Random(number).sample(names, len(names))
        body = {"items": {name: an_item(name, title=str(number)) for name in shuffled}, "method": "upsert"}
        statuses = [503] if number < 3 else []
        while statuses[-1:] == [503]:
            answer = send(client, "POST", "bulk-items", "scenes", body=body, idempotency_key=str(number))
            assert ("Retry-After" in answer) == (answer.status_code == 503)
            statuses.append(answer.status_code)
        return statuses

    assert {status for statuses in together(write) for status in statuses} == {200, 503}
    assert Item.objects.count() == len(names)
    assert len({item.document["title"] for item in Item.objects.all()}) == 1
