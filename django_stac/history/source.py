"""Where changes are read: tables, and what of a row is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django_stac.history.place import Rank
from django_stac.history.sight import Sight
from django_stac.models import Kind
from django_stac.models.where import Where, compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The changes of one rank."""

    rank: Rank
    table: str
    thing: str
    """Kind, STAC id of the collection, and of the thing itself, time and digest."""
    type: str
    changed: str = "changed"
    """The column that tells the transaction."""
    beside: str = "true"
    """What holds of them, whoever asks."""
    stands: bool = True
    """Whether it tells of something that is there."""
    is_large: bool = False
    """Whether a page must not look at all rows."""


# Columns bear the name of their table: the conditions of a policy may join others.
BORN = "CASE WHEN {table}.updated > {table}.created THEN 'updated' ELSE 'created' END"
STANDING = "'{kind}' AS kind, {home} AS home, {table}.{kind}_id AS thing, {table}.updated AS at, {table}.digest"
GONE = "{table}.kind, {table}.collection_id AS home, {table}.thing_id AS thing, {table}.at, '' AS digest"
HOME = "(SELECT home.collection_id FROM django_stac_collection AS home WHERE home.id = django_stac_item.collection_id)"
TOMBSTONE = "django_stac_tombstone"
COLLECTION = "django_stac_collection.collection_id"
UNLIKE = "django_stac_collection.shown IS DISTINCT FROM django_stac_collection.changed"


def standing(rank: Rank, kind: Kind, home: str, **further: Any) -> Source:
    """What stands in the table of a kind."""
    table = f"django_stac_{kind}"
    thing = STANDING.format(kind=kind, home=home, table=table)
    return Source(rank=rank, table=table, thing=thing, **{"type": BORN.format(table=table), **further})


SOURCES = (
    Source(
        rank=Rank.TOMBSTONE,
        table=TOMBSTONE,
        thing=GONE.format(table=TOMBSTONE),
        type="'deleted'",
        stands=False,
        is_large=True,
    ),
    standing(Rank.CATALOG, Kind.CATALOG, "''"),
    standing(Rank.SHOWN, Kind.COLLECTION, COLLECTION, type="'created'", changed="shown", stands=False),
    standing(Rank.COLLECTION, Kind.COLLECTION, COLLECTION, beside=UNLIKE),
    standing(Rank.ITEM, Kind.ITEM, HOME, is_large=True),
)

Part = tuple[Source, Where]


def parts_of(sight: Sight) -> Iterator[Part]:
    """Yield the sources that may hold something for the user, with the conditions on their rows."""
    sight = sight.narrowed()
    collections = compiled(sight.collections, prefix="collections")
    wheres = {
        Rank.TOMBSTONE: compiled(sight.departed(), prefix="tombstones"),
        Rank.CATALOG: compiled(sight.catalogs, prefix="catalogs"),
        Rank.SHOWN: collections,
        Rank.COLLECTION: collections,
        Rank.ITEM: compiled(sight.items, prefix="items"),
    }
    for source in SOURCES:
        if where := wheres[source.rank]:
            yield source, where
