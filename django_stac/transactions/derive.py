"""When what the published items of a collection say is computed: as marks ask for it. What it is, is in ``facts``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connections

from django_stac.models import Collection
from django_stac.transactions.collections import PROJECTED, project
from django_stac.transactions.facts import facts
from django_stac.transactions.gate import Write, write

if TYPE_CHECKING:
    from django_stac.access import User

MARKED = """
DELETE FROM django_stac_mark
WHERE id IN (
    SELECT id FROM django_stac_mark WHERE collection_id = ANY(%(wanted)s) OR %(wanted)s IS NULL
    ORDER BY id FOR UPDATE SKIP LOCKED)
RETURNING collection_id
"""


def derive(*, collections: Iterable[str] | None = None, using: str | None = None, actor: "User" = None) -> list[str]:
    """Compute the facts of every marked collection, or of those named; return the ids of the collections.

    Marks that another process holds are left to it.
    """
    with write(using, actor) as current:
        rows = Collection.objects.using(current.using)
        if collections is None:
            wanted = rows.filter(pk__in=marked(current))
        else:
            wanted = rows.filter(collection_id__in=filter(str.isprintable, collections))
            marked(current, list(wanted.values_list("pk", flat=True)))
        # Two that derive one collection take turns, and the second sees all that the first has seen.
        found = list(wanted.order_by("pk").select_for_update(no_key=True))
        for collection in found:
            collection.derived = facts(collection.pk, current.using)
            project(collection)
            collection.save(using=current.using, update_fields=["derived", *PROJECTED])
    return [collection.collection_id for collection in found]


def marked(current: Write, wanted: list[int] | None = None) -> set[int]:
    """Consume the marks, or those of some collections, that nobody else is consuming; return whose they were."""
    with connections[current.using].cursor() as cursor:
        cursor.execute(MARKED, {"wanted": wanted})
        return {collection for (collection,) in cursor.fetchall()}
