"""Catalogues, and what they list: other catalogues and collections."""

from typing import Self

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from django_stac.models.changed import ChangedField, CurrentTransaction, UpdatedField
from django_stac.models.document import DocumentField
from django_stac.models.gate import Action, GatedModel, GatedQuerySet


class CatalogQuerySet(GatedQuerySet["Catalog"]):
    """Catalogues."""

    def roots(self) -> Self:
        """Those that no catalogue lists: children of the landing page."""
        return self.filter(parents=None)


class Catalog(GatedModel):
    """A STAC Catalog. Its document is the truth; the other columns are read from it at every write."""

    id = models.AutoField(primary_key=True)
    catalog_id = models.TextField(_("id"), unique=True, editable=False)
    title = models.TextField(_("title"), null=True, editable=False)
    description = models.TextField(_("description"), editable=False)
    document = DocumentField(_("document"))
    digest = models.CharField(_("digest"), max_length=32, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = UpdatedField(_("updated"))
    written_by = models.TextField(_("written by"), null=True, editable=False)
    changed = ChangedField(_("changed in transaction"), db_default=CurrentTransaction())

    objects = CatalogQuerySet.as_manager()

    class Meta:
        ordering = ["catalog_id"]
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def __str__(self) -> str:
        return self.title or self.catalog_id


class CatalogChildQuerySet(GatedQuerySet["CatalogChild"]):
    """Places in the graph of catalogues."""


class CatalogChild(GatedModel):
    """One line of a catalogue's list: a catalogue or a collection. The graph has no cycles."""

    id = models.BigAutoField(primary_key=True)
    parent = models.ForeignKey(Catalog, models.CASCADE, related_name="children")
    catalog = models.ForeignKey(Catalog, models.CASCADE, null=True, related_name="parents")
    collection = models.ForeignKey("Collection", models.CASCADE, null=True, related_name="parents")

    objects = CatalogChildQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("child of a catalogue")
        verbose_name_plural = _("children of catalogues")
        constraints = [
            models.UniqueConstraint(fields=["parent", "catalog"], name="stac_child_catalog"),
            models.UniqueConstraint(fields=["parent", "collection"], name="stac_child_collection"),
            models.CheckConstraint(
                condition=models.Q(catalog=None, collection__isnull=False)
                | models.Q(catalog__isnull=False, collection=None),
                name="stac_child_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent} / {self.catalog or self.collection}"

    @classmethod
    def verb(cls, action: Action) -> str:
        return "remove_child" if action == "delete" else "add_child"
