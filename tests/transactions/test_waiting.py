"""Loaders never wait for each other, nor for those who derive, publish or change a collection."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from django_stac import transactions
from django_stac.models import Collection, Item
from django_stac.transactions.purging import purge_versions
from tests.factories import a_collection, an_item, put, put_collection

pytestmark = pytest.mark.django_db(transaction=True)

STANDING = ["a", "b", "c", "d"]


@pytest.fixture(autouse=True)
def items():
    put(*map(an_item, STANDING))


@contextmanager
def open_write(verb):
    """Let somebody write, and not commit before the block ends."""
    is_done, may_commit = threading.Event(), threading.Event()

    def write():
        try:
            with transaction.atomic():
                verb()
                is_done.set()
                may_commit.wait(120)
        finally:
            is_done.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write)
        try:
            assert is_done.wait(30)
            yield
        finally:
            may_commit.set()
            writer.result(30)


def waits(verb):
    """Whether a verb meets a lock that somebody holds; what it does is undone."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '400ms'")
            verb()
            transaction.set_rollback(True)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        return True
    return False


def changed(*names):
    return [an_item(name, **{"x:y": 1}) for name in names]


def named(*names):
    return Item.objects.filter(item_id__in=names)


HOLDERS = {
    "load": lambda: transactions.upsert_items(changed("a", "new")),
    "create": lambda: transactions.create_item(an_item("new")),
    "replace": lambda: transactions.replace_item(*changed("a")),
    "patch": lambda: transactions.patch_item("scenes", "a", {"title": "A"}),
    "delete": lambda: transactions.delete_item("scenes", "a"),
    "delete several": lambda: transactions.delete_items(named("a", "b")),
    "publish several": lambda: transactions.set_published(named("a", "b"), published=False),
    "derive": transactions.derive,
    "derive one": lambda: transactions.derive(collections=["scenes"]),
    "publish": lambda: transactions.set_published(Collection.objects.get(), published=False),
    "change the collection": lambda: transactions.patch_collection("scenes", {"title": "Other"}),
    "give rights": lambda: transactions.set_rights("scenes", owner_groups=[1]),
    "create a collection": lambda: transactions.create_collection(a_collection("others")),
}
LOADERS = {
    "load": lambda: transactions.upsert_items(changed("c", "newer")),
    "create": lambda: transactions.create_item(an_item("newer")),
    "replace": lambda: transactions.replace_item(*changed("c")),
    "patch": lambda: transactions.patch_item("scenes", "c", {"title": "C"}),
    "delete": lambda: transactions.delete_item("scenes", "c"),
    "delete several": lambda: transactions.delete_items(named("c", "d")),
    "publish several": lambda: transactions.set_published(named("c", "d"), published=False),
}
LEAVING = ["delete", "delete several", "publish several"]
"""Those that take items out of somebody's sight."""


@pytest.mark.parametrize("holder", HOLDERS)
def test_who_writes_other_items_waits_for_nobody_but_to_delete_while_sight_changes(holder):
    """A tombstone tells who saw the item: who sees the collection must be settled."""
    with open_write(HOLDERS[holder]):
        waiting = [name for name, loader in LOADERS.items() if waits(loader)]
    assert waiting == (LEAVING if holder in ("publish", "give rights") else [])


@pytest.mark.parametrize("loader", LOADERS)
def test_who_derives_waits_for_no_loader_and_comes_back_for_what_it_missed(loader):
    with open_write(LOADERS[loader]):
        assert not waits(transactions.derive)
        transactions.derive()
    assert transactions.derive() == ["scenes"]


def test_who_derives_leaves_marks_that_another_consumes_and_takes_the_rest():
    transactions.derive()
    transactions.upsert_items(changed("a"))
    with open_write(transactions.derive):
        put_collection("others")
        assert transactions.derive() == ["others"]


def test_who_derives_a_collection_that_another_derives_takes_turns():
    with open_write(transactions.derive):
        assert waits(lambda: transactions.derive(collections=["scenes"]))


@pytest.mark.parametrize("holder", [*LEAVING, "derive", "change the collection"])
def test_who_changes_sight_waits_for_who_takes_items_out_of_it_or_changes_the_collection(holder):
    with open_write(HOLDERS[holder]):
        assert waits(HOLDERS["give rights"])


def test_loaders_of_one_item_take_turns():
    with open_write(HOLDERS["load"]):
        assert waits(lambda: transactions.upsert_items(changed("a")))


@pytest.mark.parametrize("holder", ["load", "create", "delete", "derive"])
def test_who_deletes_a_collection_waits_for_who_writes_in_it(holder):
    with open_write(HOLDERS[holder]):
        assert waits(lambda: transactions.delete_collection("scenes", cascade=True))


def test_who_purges_waits_for_who_brings_a_version_back():
    """Its files are deleted where nothing names them after the commit: a restored row does, which is not seen yet."""
    transactions.replace_item(*changed("a"))
    with open_write(lambda: transactions.restore_item("scenes", "a", 1)):
        assert waits(lambda: list(purge_versions(timezone.now())))
    assert Item.objects.get(item_id="a").document["properties"].get("x:y") is None
