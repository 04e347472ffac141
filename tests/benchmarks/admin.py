"""``python -m tests.benchmarks.admin``: how long the admin's lists take over a million items, over HTTP.

Some items are stored through the gate and copied by the server, with ids and times of their own. DATABASE_URL names the
server; the benchmark makes a database of its own there.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median, quantiles

from tests.benchmarks import database
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.serving import HOST, served

SEED = 7
ORIGINALS = 2_000
EACH = 15
"""Requests of each kind that are counted; three more come before."""
LIST = "/admin/django_stac/item/"
COPY = """
INSERT INTO django_stac_item (collection_id, item_id, geometry, datetime, start_datetime, end_datetime,
                              properties, document, digest, published, created, updated)
SELECT collection_id, item_id || '-' || n, geometry, datetime + n * interval '1 minute', start_datetime, end_datetime,
       properties, document, digest, (n * 31 + item.id) %% 5000 <> 0, created, updated
FROM generate_series(1, %(copies)s) AS n CROSS JOIN (SELECT * FROM django_stac_item ORDER BY id) AS item
"""


def questions() -> dict[str, str]:
    """Path by what it asks; ids and years are those of the archive."""
    from django_stac.models import Collection, Item

    item = Item.objects.order_by("pk")[ORIGINALS // 2]
    first = Collection.objects.order_by("pk").first()
    assert first is not None
    return {
        "first page": LIST,
        "last page": f"{LIST}?p=200",
        "oldest first": f"{LIST}?o=3",
        "one collection": f"{LIST}?collection={first.collection_id}",
        "empty collection": f"{LIST}?collection=no-such-collection",
        "hidden": f"{LIST}?published__exact=0",
        "published": f"{LIST}?published__exact=1",
        "one year": f"{LIST}?year=2019",
        "hidden of a collection and year": f"{LIST}?published__exact=0&year=2019&collection={first.collection_id}",
        "exact id": f"{LIST}?q={item.item_id}",
        "beginning of one id": f"{LIST}?q={item.item_id}-77",
        "beginning of many ids": f"{LIST}?q={item.item_id[:3]}",
        "no such id": f"{LIST}?q=zzzz",
        "one item": f"{LIST}{item.pk}/change/",
        "before a deletion": f"{LIST}{item.pk}/delete/",
        "collections": "/admin/django_stac/collection/",
        "one collection's page": f"/admin/django_stac/collection/{first.pk}/change/",
        "before a collection's deletion": f"/admin/django_stac/collection/{first.pk}/delete/",
    }


def fill(items: int) -> None:
    """Migrate and fill the database of DATABASE_URL."""
    from django.core.management import call_command
    from django.db import connection

    from django_stac import transactions
    from tests.benchmarks.dataset import collections

    call_command("migrate", verbosity=0)
    for document in collections():
        transactions.create_collection(document)
    report = transactions.upsert_items(list(Dataset(total=ORIGINALS, seed=SEED).items(0, ORIGINALS)))
    if report.created != ORIGINALS:
        raise RuntimeError(f"{ORIGINALS - report.created} items were not stored: {report.failures[:3]}")
    with connection.cursor() as cursor:
        cursor.execute(COPY, {"copies": max(0, items // ORIGINALS - 1)})


@contextmanager
def filled(url: str, items: int, *, keep: bool) -> Iterator[None]:
    """A filled database, made unless an earlier run kept it."""
    kept = database.stands(url, items=items, seed=SEED)
    try:
        if not kept:
            database.create(url)
            fill(items)
            database.finish(url, items=items, seed=SEED)
        yield
    finally:
        from django.db import connections

        connections.close_all()
        if not keep:
            database.drop(url)


def cookie() -> str:
    """Sign somebody in who may do everything; return the Cookie header."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    users = get_user_model().objects
    user = users.filter(username="bench").first() or users.create_superuser("bench", password=None)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def timed(connection: HTTPConnection, path: str, cookies: str) -> float:
    """Milliseconds of one request; what is no page exits."""
    started = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookies})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        sys.exit(f"{path}: {response.status}")
    return (time.perf_counter() - started) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.admin")
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="keep the database for the next run")
    options = parser.parse_args()
    url = database.url_for(f"{os.environ['DATABASE_URL']}_admin", options.items)
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "example_project.settings"}
    import django

    django.setup()
    with filled(url, options.items, keep=options.keep), served(url) as port:
        connection, cookies = HTTPConnection(HOST, port, timeout=300), cookie()
        sys.stdout.write(f"{'question':36} {'p50 ms':>8} {'p95 ms':>8}\n")
        for name, path in questions().items():
            times = [timed(connection, path, cookies) for _ in range(EACH + 3)][3:]
            sys.stdout.write(f"{name:36} {median(times):8.1f} {quantiles(times, n=20)[-1]:8.1f}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
