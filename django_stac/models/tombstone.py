"""Tombstones: what has left the sight of readers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from django_stac.models.changed import ChangedField, CurrentTransaction
from django_stac.models.collection import Visibility
from django_stac.models.thing import Thing, ThingQuerySet


class TombstoneQuerySet(ThingQuerySet["Tombstone"]):
    """Tombstones."""


class Tombstone(Thing):
    """A thing was deleted, or hidden from somebody who could see it. It stays when the thing comes back.

    ``published``, ``visibility``, ``viewer_groups`` and ``owner_groups`` are what the collection had until then, under
    the names that it has them, so that one condition serves both; ``item_published`` is the item's own. What has none
    of them was published, for everybody.
    """

    id = models.BigAutoField(primary_key=True)
    deleted = models.BooleanField(_("deleted"))
    published = models.BooleanField(_("collection published"), default=True)
    visibility = models.CharField(_("visible to"), max_length=9, choices=Visibility.choices, default=Visibility.PUBLIC)
    viewer_groups = ArrayField(models.IntegerField(), verbose_name=_("groups that saw it"), default=list)
    owner_groups = ArrayField(models.IntegerField(), verbose_name=_("groups that owned it"), default=list)
    item_published = models.BooleanField(_("item published"), default=True)
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
