"""Rows as writers take them: locked, held against deletion, or inserted. What is written to them is told elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, connections, models, transaction
from django.db.models.expressions import RawSQL
from django.db.models.query import QuerySet

from django_stac.exceptions import AlreadyExists, NotFound
from django_stac.history.tombstones import share_sight
from django_stac.models import Collection, Item
from django_stac.transactions.gate import Write

M = TypeVar("M", bound=models.Model)

BATCH = 1000
"""Rows that a verb of many changes by one statement."""

KEYS = range(1, 2**63)
"""The primary keys that a column can hold."""

# The lock that a foreign key takes at the commit, taken before: only who deletes the collection waits for it.
HELD = "SELECT * FROM django_stac_collection WHERE collection_id = ANY(%s) ORDER BY id FOR KEY SHARE"


def held(names: Iterable[str], current: Write) -> list[Collection]:
    """Return the collections of these ids, which nobody deletes before this write ends."""
    return list(Collection.objects.using(current.using).raw(HELD, [list(filter(str.isprintable, names))]))


def locked(rows: QuerySet[M], missing: str, **names: str) -> M:
    """Return the one row of these ids, which no other writer changes meanwhile. Raises NotFound with a sentence."""
    # The database refuses to look for some characters that no id has, NUL for one.
    found = rows.filter(**names).first() if all(map(str.isprintable, names.values())) else None
    if found is None:
        raise NotFound(missing)
    return found


def insert(row: Any, current: Write, taken: str) -> None:
    """Insert a row. Raises AlreadyExists with a sentence."""
    try:
        with transaction.atomic(using=current.using):
            row.save(using=current.using, force_insert=True)
    except IntegrityError as error:
        raise AlreadyExists(taken) from error


def alias_of(rows: object, using: str | None) -> str | None:
    """Return the database to write to: the one that is named, or the one that a queryset was bound to."""
    # The public ``db`` of one that was bound to none is the router's for reading, maybe a replica.
    return using or getattr(rows, "_db", None)


def chosen(model: type[M], rows: Iterable[Any], current: Write) -> QuerySet[M]:
    """Return the rows of a queryset, or of an iterable of rows or primary keys, as a queryset that can be locked.

    The given one may have joins, DISTINCT or bounds, which forbid locks. Raises TypeError for rows of another model,
    and for keys that are no integers.
    """
    keys: Any
    if isinstance(rows, QuerySet):
        if not issubclass(rows.model, model):
            raise TypeError(f"Rows of {model.__name__} are wanted, not {rows.model.__name__}.")
        keys = rows.using(current.using).values("pk")
    else:
        keys = RawSQL("SELECT unnest(%s::bigint[])", [list(keys_of(model, rows))])
    return model._default_manager.using(current.using).filter(pk__in=keys)


def keys_of(model: type[M], rows: Iterable[Any]) -> Iterator[int]:
    """Yield the primary keys of rows, or the keys themselves; not those that no row has. Raises TypeError."""
    for row in rows:
        key = row.pk if isinstance(row, model) else row
        # Not isinstance: True and 2.0 would be the keys of rows that nobody meant.
        if type(key) is int:
            yield from [key] if key in KEYS else []
        elif key is not None or key is row:
            raise TypeError(f"Rows of {model.__name__} are wanted, or their primary keys, not {row!r}.")


def change_items(
    what: str, items: QuerySet[Item], current: Write, change: Callable[[list[int]], object], *, leaving: bool
) -> int:
    """Lock items in the order of loaders, and let ``change`` take the primary keys of some at a time.

    What becomes of them, ``updated`` or ``deleted``, is announced, and their collections are marked. Return how many.
    Those that are ``leaving`` somebody's sight may be buried.
    """
    if leaving:
        share_sight(homes_of(items), current.using)
    rows = items.order_by("collection_id", "item_id").select_for_update(no_key=what == "updated")
    query = rows.values_list("pk", "collection_id", "item_id").query
    count, names = 0, dict[int, str]()
    # Not by iterator(), which leaves its cursor open when a change fails.
    with suppress(EmptyResultSet), connections[current.using].chunked_cursor() as cursor:
        cursor.execute(*query.get_compiler(current.using).as_sql())
        while batch := cursor.fetchmany(BATCH):
            fresh = {collection for _, collection, _ in batch} - names.keys()
            if leaving:  # again, for one that had no such item when the sights were shared
                share_sight(fresh, current.using)
            names |= names_of(fresh, current)
            change([pk for pk, *_ in batch])
            for _, collection, item_id in batch:
                current.note_item(what, names[collection], item_id)
            count += len(batch)
    current.mark(*names)
    return count


def homes_of(items: QuerySet[Item]) -> set[int]:
    """The collections of items, by primary key."""
    return set(items.order_by().values_list("collection_id", flat=True).distinct())


def names_of(collections: set[int], current: Write) -> dict[int, str]:
    """The STAC ids of collections, by primary key."""
    rows = Collection.objects.using(current.using).filter(pk__in=collections)
    return dict(rows.values_list("pk", "collection_id"))
