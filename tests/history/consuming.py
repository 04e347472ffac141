"""Short words for asking the feed in tests, and for transactions that are held open beside them."""

from contextlib import contextmanager

from django.db import connection

from django_stac.access import policy
from django_stac.history.feed import changes
from django_stac.history.sight import Sight
from django_stac.history.statement import ELSEWHERE, FIRST_RUNNING


def sight_of(user=None, named=()):
    """What the built-in policy shows to somebody."""
    rules = policy()
    return Sight(
        catalogs=rules.visible_catalogs(user),
        collections=rules.visible_collections(user),
        items=rules.visible_items(user),
        tombstones=rules.visible_tombstones(user),
        mark=rules.sight(user),
        named=named,
    )


def page(user=None, since=None, *, named=(), limit=100):
    """One page of the feed."""
    return changes(sight_of(user, named), since, limit)


def told(user=None, since=None, *, named=(), limit=100, is_settled=False):
    """What the feed tells until its end, in short, and where to go on: ([(type, id)], token)."""
    if not is_settled:
        settle()
    found, is_end = [], False
    while not is_end:
        stretch = page(user, since, named=named, limit=limit)
        found += [(change.type, change.id) for change in stretch.changes]
        since, is_end = stretch.next, stretch.is_end
    return found, since


def settle():
    """Wait until all that has begun in the database is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (begun,), first = cursor.fetchone(), 0
        while first < begun:
            cursor.execute(ELSEWHERE.as_string())
            (elsewhere,) = cursor.fetchone()
            cursor.execute(f"SELECT {FIRST_RUNNING}", {"elsewhere": elsewhere})
            (first,) = cursor.fetchone()


@contextmanager
def another_connection():
    """A connection beside the test's own, as psycopg gives it, in autocommit."""
    beside = connection.get_new_connection(connection.get_connection_params())
    beside.autocommit = True
    try:
        yield beside
    finally:
        beside.close()
