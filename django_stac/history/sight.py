"""What somebody may be told of: what they see now, and what they saw before it went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from django_stac.models import Kind
from django_stac.models.where import plain

if TYPE_CHECKING:
    from django_stac.models.querysets import CatalogQuerySet, CollectionQuerySet, ItemQuerySet, TombstoneQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one user may see, as the policy says it."""

    catalogs: "CatalogQuerySet"
    collections: "CollectionQuerySet"
    items: "ItemQuerySet"
    tombstones: "TombstoneQuerySet"
    mark: str
    """Tells those apart who may see other things: places in the feed are not for them."""
    named: Sequence[str] = ()
    """STAC ids of the collections that are asked for; empty asks for all, and for the catalogues."""

    @property
    def using(self) -> str:
        return self.items.db

    def narrowed(self) -> "Sight":
        """Only the collections that are asked for, and their items."""
        if not self.named:
            return self
        named = list(self.named)
        return replace(
            self,
            catalogs=self.catalogs.none(),
            collections=plain(self.collections).filter(collection_id__in=named),
            items=plain(self.items).filter(collection__collection_id__in=named),
            tombstones=plain(self.tombstones).filter(collection_id__in=named),
        )

    def departed(self) -> "TombstoneQuerySet":
        """Tombstones of what is not seen now. What is seen again has changed later, and is told then."""
        standing = {
            Kind.CATALOG: plain(self.catalogs).filter(catalog_id=OuterRef("thing_id")),
            Kind.COLLECTION: plain(self.collections).filter(collection_id=OuterRef("thing_id")),
            Kind.ITEM: plain(self.items).filter(
                item_id=OuterRef("thing_id"), collection__collection_id=OuterRef("collection_id")
            ),
        }
        gone = Q()
        for kind, rows in standing.items():
            # Not by Exists, of which the planner would make a hash of all that is seen; and it should expect few.
            seen = Coalesce(Subquery(rows.values_list(Value(1))[:1]), 0)
            gone |= Q(kind=kind) & ~Q(Exact(seen, 1))
        return plain(self.tombstones).filter(gone)
