"""Consumers of ``/changes`` beside writers of all kinds: in the end each has exactly what they may see."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from django_stac import transactions as verbs
from django_stac.access import policy
from django_stac.exceptions import StacError
from django_stac.models import Collection, Item
from tests.api.consumer import Consumer, catalogue
from tests.api.people import group, person
from tests.factories import a_catalog, a_collection, an_item, put_collection
from tests.history.consuming import settle

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12
IDS = [f"item-{number}" for number in range(15)]
SHARED = ("scenes", "guarded")
revs = count(1)


def item(name, collection):
    return an_item(name, collection=collection, rev=next(revs))


def creates(dice, own):
    verbs.create_item(item(f"{own}-{next(revs)}", dice.choice(SHARED)), published=dice.random() < 0.8)


def loads(dice, own):
    home = dice.choice(SHARED)
    verbs.upsert_items([item(name, home) for name in dice.sample(IDS, 8)], published=dice.random() < 0.8)


def replaces(dice, own):
    verbs.replace_item(item(dice.choice(IDS), dice.choice(SHARED)))


def deletes_and_creates_anew(dice, own):
    home, name = dice.choice(SHARED), dice.choice(IDS)
    verbs.delete_item(home, name)
    if dice.random() < 0.4:
        verbs.create_item(item(name, home))
    elif dice.random() < 0.6:
        verbs.restore_item(home, name, 1)


def publishes(dice, own):
    some = Item.objects.filter(collection__collection_id=dice.choice(SHARED), item_id__in=dice.sample(IDS, 6))
    verbs.set_published(some, published=dice.random() < 0.5)


def guards(dice, own):
    groups = {
        kind: [group(name).pk for name in ("member", "owner") if dice.random() < 0.4]
        for kind in ("viewer_groups", "owner_groups")
    }
    verbs.set_rights("guarded", visibility=dice.choice(["public", "signed-in", "groups"]), **groups)
    verbs.set_published(Collection.objects.filter(collection_id="guarded"), published=dice.random() < 0.7)


def makes_and_drops_collections(dice, own):
    name = f"{own}-{dice.randrange(3)}"
    with suppress(StacError):
        verbs.create_collection(a_collection(name, rev=next(revs)), published=dice.random() < 0.6)
    verbs.upsert_items([item(each, name) for each in dice.sample(IDS, 5)])
    with suppress(StacError):
        verbs.delete_item(name, dice.choice(IDS))
    if dice.random() < 0.5:
        verbs.set_published(Collection.objects.filter(collection_id=name), published=dice.random() < 0.5)
    elif dice.random() < 0.5:
        verbs.delete_collection(name, cascade=True)
        if dice.random() < 0.5:
            verbs.restore_collection(name, 1)
    else:
        verbs.replace_collection(a_collection(name, rev=next(revs)))


def keeps_catalogues(dice, own):
    document = a_catalog(f"{own}-{dice.randrange(4)}", rev=next(revs))
    try:
        verbs.create_catalog(document)
    except StacError:
        verbs.delete_catalog(document["id"]) if dice.random() < 0.5 else verbs.replace_catalog(document)


WRITERS = [
    creates, loads, replaces, deletes_and_creates_anew, publishes, guards, makes_and_drops_collections,
    keeps_catalogues,
]  # fmt: skip


def write(kind, seed, half):
    """Do one kind of write again and again; what is refused, and who waits in a ring, has changed nothing."""
    dice, own = random.Random(seed), f"own-{seed}"
    try:
        for number in range(ROUNDS):
            if number == ROUNDS // 2:
                half.set()
            try:
                kind(dice, own)
            except StacError:
                continue
            except OperationalError as error:
                assert isinstance(error.__cause__, DeadlockDetected)  # noqa: PT017 - any other is raised again
    finally:
        connection.close()


def write_slowly(held, go_on):
    """Hold one transaction open, from before the others until told to go on, with something of everything in it."""
    try:
        with transaction.atomic():
            verbs.create_item(item("slow", "scenes"))
            verbs.delete_item("scenes", "doomed")
            verbs.create_collection(a_collection("slow", rev=next(revs)))
            verbs.create_item(item("slow", "slow"), published=False)
            held.set()
            assert go_on.wait(300)
    finally:
        connection.close()


def keep_polling(consumer, done):
    try:
        while not done.is_set():
            consumer.step()
            done.wait(0.1)
    finally:
        connection.close()


def visible(user):
    rules = policy()
    return catalogue(rules.visible_catalogs(user), rules.visible_collections(user), rules.visible_items(user))


@pytest.mark.parametrize("begins_before", [True, False])
def test_who_polls_beside_eight_writers_and_one_that_is_held_open_has_in_the_end_what_they_may_see(begins_before):
    people = [person(who) for who in ("anonymous", "member", "owner", "reader", "superuser")]
    for name in SHARED:
        put_collection(name, rev=next(revs))
    verbs.upsert_items([item(name, home) for home in SHARED for name in (*IDS, "doomed")])
    consumers = [Consumer(user, limit=7) for user in people]
    held, half, done = threading.Event(), threading.Event(), threading.Event()
    with ThreadPoolExecutor(len(WRITERS) + len(consumers) + 1) as pool:
        slow = pool.submit(write_slowly, held, half)
        assert held.wait(300)
        for consumer in consumers if begins_before else ():
            consumer.poll()
        polling = [pool.submit(keep_polling, consumer, done) for consumer in consumers]
        writing = [pool.submit(write, kind, f"{begins_before}-{place}", half) for place, kind in enumerate(WRITERS)]
        try:
            for each in writing:
                each.result(timeout=300)
        finally:
            done.set()
        for each in (slow, *polling):
            each.result(timeout=300)
    settle()
    for user, consumer in zip(people, consumers, strict=True):
        assert consumer.poll() == visible(user) == Consumer(user).poll()
