"""Things that may be gone: they are named by their ids, for there may be no row of them any more."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

T_co = TypeVar("T_co", bound=models.Model, covariant=True)


class Kind(models.TextChoices):
    """What a thing is."""

    ITEM = "item", _("item")
    COLLECTION = "collection", _("collection")
    CATALOG = "catalog", _("catalogue")


class ThingQuerySet(models.QuerySet[T_co]):
    """Rows that tell of things."""

    def of_item(self, collection_id: str, item_id: str) -> Self:
        """Those of one item, by STAC ids."""
        return self.of(Kind.ITEM, collection_id, item_id)

    def of_collection(self, collection_id: str) -> Self:
        """Those of a collection itself, without its items."""
        return self.of(Kind.COLLECTION, collection_id, collection_id)

    def of_catalog(self, catalog_id: str) -> Self:
        """Those of a catalogue."""
        return self.of(Kind.CATALOG, "", catalog_id)

    def of(self, kind: Kind, collection_id: str, thing_id: str) -> Self:
        """Those of one thing; the database refuses to look for some characters that no id has, NUL for one."""
        if not f"{collection_id}{thing_id}".isprintable():
            return self.none()
        return self.filter(kind=kind, collection_id=collection_id, thing_id=thing_id)


class Thing(models.Model):
    """A row that tells of an item, a collection or a catalogue.

    ``collection_id`` is the STAC id of the item's collection, or of the collection itself, and empty for a catalogue;
    ``thing_id`` is the thing's own.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, editable=False)
    collection_id = models.TextField(_("collection"), editable=False, blank=True)
    # As ids of items are compared: else no index would find the one by the other.
    thing_id = models.TextField(_("id"), editable=False, db_collation="C")

    class Meta:
        abstract = True
