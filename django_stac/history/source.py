"""Where changes are read: tables, and what of a row is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from django_stac.history.place import Rank
from django_stac.history.sight import Sight
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


HOME = "(SELECT collection_id FROM django_stac_collection AS home WHERE home.id = django_stac_item.collection_id)"
BORN = "CASE WHEN updated > created THEN 'updated' ELSE 'created' END"
COLLECTION = "'collection' AS kind, collection_id AS home, collection_id AS thing, updated AS at, digest"

SOURCES = (
    Source(
        rank=Rank.TOMBSTONE,
        table="django_stac_tombstone",
        thing="kind, collection_id AS home, thing_id AS thing, at, '' AS digest",
        type="'deleted'",
        stands=False,
        is_large=True,
    ),
    Source(
        rank=Rank.CATALOG,
        table="django_stac_catalog",
        thing="'catalog' AS kind, '' AS home, catalog_id AS thing, updated AS at, digest",
        type=BORN,
    ),
    Source(
        rank=Rank.SHOWN,
        table="django_stac_collection",
        thing=COLLECTION,
        type="'created'",
        changed="shown",
        stands=False,
    ),
    Source(
        rank=Rank.COLLECTION,
        table="django_stac_collection",
        thing=COLLECTION,
        type=BORN,
        beside="shown IS DISTINCT FROM changed",
    ),
    Source(
        rank=Rank.ITEM,
        table="django_stac_item",
        thing=f"'item' AS kind, {HOME} AS home, item_id AS thing, updated AS at, digest",
        type=BORN,
        is_large=True,
    ),
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
