"""Rows as writers take them: locked, held against deletion, or inserted. What is written to them is told elsewhere."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models.query import QuerySet

from django_stac.exceptions import AlreadyExists, NotFound
from django_stac.models import Collection
from django_stac.transactions.gate import Write

M = TypeVar("M", bound=models.Model)

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
