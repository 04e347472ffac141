"""Tombstones: what has left the sight of readers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from django_stac.models.changed import ChangedField, CurrentTransaction
from django_stac.models.seen import Seen
from django_stac.models.thing import ThingQuerySet


class TombstoneQuerySet(ThingQuerySet["Tombstone"]):
    """Tombstones."""


class Tombstone(Seen):
    """A thing was deleted, or hidden from somebody who could see it. It stays when the thing comes back."""

    id = models.BigAutoField(primary_key=True)
    deleted = models.BooleanField(_("deleted"))
    at = models.DateTimeField(_("at"))
    by = models.TextField(_("by"), null=True)
    changed = ChangedField(_("changed in transaction"), db_default=CurrentTransaction())

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        indexes = [
            models.Index(fields=["changed", "id"], name="stac_tombstone_changed"),
            models.Index(fields=["kind", "collection_id", "thing_id", "id"], name="stac_tombstone_thing"),
        ]

    def __str__(self) -> str:
        return self.thing_id
