"""Items."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from django_stac.models.changed import ChangedField, CurrentTransaction, UpdatedField
from django_stac.models.collection import Collection
from django_stac.models.document import DocumentField
from django_stac.models.gate import Action, GatedModel
from django_stac.models.placed import PlacedQuerySet
from django_stac.models.words import WordsOfItem

if TYPE_CHECKING:
    from pystac import Item as PystacItem

HAS_RANGE = Q(end_datetime__isnull=False)


class ItemQuerySet(PlacedQuerySet["Item"]):
    """Items."""

    def published(self) -> Self:
        """Those that everybody may see: the item is published, and so is its collection, for everybody."""
        return self.filter(published=True, collection__in=Collection.objects.published())

    def in_collections(self, ids: Iterable[str]) -> Self:
        """Those of the collections with these STAC ids."""
        return self.filter(collection__collection_id__in=list(ids))

    def overlapping(self, start: dt.datetime | None, end: dt.datetime | None) -> Self:
        """Those whose time meets the closed interval; None is an open end.

        An item with a range matches by its range, otherwise by its ``datetime``.
        """
        instant, span = Q(end_datetime=None), Q(end_datetime__isnull=False)
        if start is not None:
            instant, span = instant & Q(datetime__gte=start), span & Q(end_datetime__gte=start)
        if end is not None:
            instant, span = instant & Q(datetime__lte=end), span & Q(start_datetime__lte=end)
        return self.filter(instant | span)

    def newest_first(self) -> Self:
        """In the order of the API's pages."""
        return self.order_by("-datetime", "-id")


class Item(GatedModel):
    """A STAC Item. Its document is the truth; the other columns are projections that find it.

    ``words`` is made by the database from ``properties``, in the text search configuration of when it was migrated.
    ``datetime`` is the start where the document has only a range. In ``properties`` every RFC 3339 text is fixed-width
    UTC, so that times compare as text.
    """

    id = models.BigAutoField(primary_key=True)
    collection = models.ForeignKey(
        "Collection", models.PROTECT, related_name="items", db_index=False, verbose_name=_("collection")
    )
    item_id = models.TextField(_("id"), editable=False, db_collation="C")
    geometry = models.GeometryField(_("geometry"), srid=4326, null=True, spatial_index=False, editable=False)
    datetime = models.DateTimeField(_("datetime"), editable=False)
    start_datetime = models.DateTimeField(_("start"), null=True, editable=False)
    end_datetime = models.DateTimeField(_("end"), null=True, editable=False)
    properties = models.JSONField(_("properties"), editable=False)
    words = models.GeneratedField(
        verbose_name=_("words"),
        expression=WordsOfItem(),
        output_field=SearchVectorField(),
        db_persist=True,
        serialize=False,
    )
    document = DocumentField(_("document"))
    digest = models.CharField(_("digest"), max_length=32, editable=False)
    published = models.BooleanField(_("published"), default=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = UpdatedField(_("updated"))
    written_by = models.TextField(_("written by"), null=True, editable=False)
    changed = ChangedField(_("changed in transaction"), db_default=CurrentTransaction())

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [models.UniqueConstraint(fields=["collection", "item_id"], name="stac_item_unique")]
        indexes = [
            # Of this collation it serves orders by id, and finds ids by their beginning, too.
            models.Index(fields=["item_id"], name="stac_item_id"),
            models.Index(fields=["-datetime", "-id"], name="stac_item_newest"),
            models.Index(fields=["collection", "-datetime", "-id"], name="stac_item_coll_newest"),
            models.Index(fields=["-datetime", "-id"], name="stac_item_hidden", condition=Q(published=False)),
            GistIndex(fields=["geometry", "datetime", "collection"], name="stac_item_place"),
            models.Index(fields=["changed", "id"], name="stac_item_changed", condition=Q(changed__isnull=False)),
            GinIndex(fields=["words"], name="stac_item_words"),
            models.Index(fields=["-datetime", "-id"], name="stac_range_newest", condition=HAS_RANGE),
            models.Index(fields=["collection", "-datetime", "-id"], name="stac_range_coll_newest", condition=HAS_RANGE),
            GistIndex(
                fields=["geometry", "datetime", "end_datetime", "collection"],
                name="stac_range_place",
                condition=HAS_RANGE,
            ),
        ]

    def __str__(self) -> str:
        return self.item_id

    @classmethod
    def verb(cls, action: Action) -> str:
        return "upsert_items" if action == "bulk" else super().verb(action)

    def to_pystac(self) -> "PystacItem":
        """Return the stored document as a pystac Item, without the links that the server makes."""
        from pystac import Item as PystacItem  # noqa: PLC0415 - slow to import

        return PystacItem.from_dict(self.document, migrate=False, preserve_dict=True)
